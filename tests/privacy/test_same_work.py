"""Listed, unlisted, another name: the same steps, so that time tells nothing (see make bench)."""

import gc
import io
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from app.limits import check_limiter
from app.limits.windows import WindowsInMemory
from app.query.check import form as check_form
from tests.fixtures.still_clocks import standing_at

# how many pages are guessed before the right one is found depends on the place, not on the answer
ON_THE_WAY_TO_THE_PAGE = {"from_bytes", "min", "max"}

BODIES = {
    "/api/v1/checks": (
        "application/json",
        lambda form: json.dumps(form, ensure_ascii=False).encode(),
    ),
    "/check": ("application/x-www-form-urlencoded", lambda form: urlencode(form).encode()),
}


def steps_of(app, path, form) -> tuple[int, list[str]]:
    """Return the length of one answer, and every function that is called for it, in order."""
    content_type, written = BODIES[path]
    body = written(form)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    }
    called: list[str] = []

    def note(frame, event, argument):
        if event == "call":
            called.append(frame.f_code.co_qualname)
        elif event == "c_call" and argument.__name__ not in ON_THE_WAY_TO_THE_PAGE:
            called.append(argument.__name__)

    gc.disable()  # what others left behind is tidied up at any time
    sys.setprofile(note)
    try:
        answered = app.wsgi_app(environ, lambda *_: None)
    finally:
        sys.setprofile(None)
        gc.enable()
    return sum(map(len, answered)), called


LISTED = {
    "with a name in characters": lambda people: people.close,
    "with a name in letters": lambda people: people.general,
    "by the document alone": lambda people: people.nameless,
    "with two names, of which the second is listed": lambda people: people.general.with_han_name(
        "安娜"
    ),
}
OTHERS = {
    "unlisted": lambda person: replace(person, id_number=UNLISTED_NUMBERS[person.id_type]),
    "wrong name": lambda person: replace(
        person, name=another(person.name), name_latin=another(person.name_latin)
    ),
}


def another(name):
    """A name that nobody has, as long as this one."""
    return name[:-1] + chr(ord(name[-1]) + 1) if name else name


UNLISTED_NUMBERS = {"resident": "990000197506152468", "passport": "X00000033"}


@pytest.fixture(autouse=True)
def _within_a_second(monkeypatch):
    """Whoever the request is about, a new second begins a count, a new minute is written anew."""
    monkeypatch.setattr(check_form, "datetime", standing_at(datetime.now(UTC)))
    monkeypatch.setattr(
        check_limiter,
        "WindowsInMemory",
        lambda table, _clock: WindowsInMemory(table, lambda: 1_600_000_000.0),
    )


def the_second_time(app, path, form):
    """Whatever is remembered of an identity, an index or a page is remembered by now."""
    steps_of(app, path, form)
    return steps_of(app, path, form)


def the_second_name(app, path, form, first):
    """Of a document about which somebody asked under another name before."""
    steps_of(app, path, first)
    return the_second_time(app, path, form)


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("listed", LISTED)
def test_every_check_takes_the_steps_of_a_listed_one(
    app_of, published, people, listed, other, path
):
    person = LISTED[listed](people)
    pair = person, OTHERS[other](person)
    # limits take a step more for a document's second name, whichever it is: each is the first of
    # its service here; what a process remembers of languages is known after the first service
    _, expected, found = [
        the_second_time(app_of(published), path, each.as_form()) for each in (person, *pair)
    ]
    assert expected == found


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("listed", LISTED)
def test_a_second_name_takes_the_same_steps_whether_it_or_the_first_is_listed(
    app_of, published, people, listed, path
):
    person = LISTED[listed](people)
    right, wrong = person.as_form(), OTHERS["wrong name"](person).as_form()
    _, expected, found = [
        the_second_name(app_of(published), path, form, first)
        for form, first in ((right, wrong), (right, wrong), (wrong, right))
    ]
    assert expected == found


def test_every_family_takes_the_steps_of_one_in_which_somebody_is_listed(app_of, published, people):
    _, expected, found = [
        the_second_time(app_of(published), "/check", family_of(first, people.unlisted))
        for first in (people.close, people.close, people.wrong_name)
    ]
    assert expected == found


def family_of(*people):
    return {
        name if place == 1 else f"{name}_{place}": text
        for place, person in enumerate(people, start=1)
        for name, text in person.as_form().items()
    }


def test_the_answers_of_the_api_have_the_length_that_is_promised(app_of, published, people):
    length, _ = steps_of(app_of(published), "/api/v1/checks", people.close.as_form())
    assert 4096 == length


def test_the_headers_are_the_same_in_the_same_order(client, people):
    answers = [
        client.post("/api/v1/checks", json=person.as_form())
        for person in (people.close, people.unlisted, people.wrong_name)
    ]
    assert 1 == len({tuple(answer.headers.items()) for answer in answers})
    assert 1 == len({(answer.status, len(answer.data)) for answer in answers})
