"""Listed, unlisted, another name: the same steps, so that time tells nothing (see make bench)."""

import io
import json
import sys
from dataclasses import replace

import pytest

# how many pages are guessed before the right one is found depends on the place, not on the answer
ON_THE_WAY_TO_THE_PAGE = {"from_bytes", "min", "max"}


def steps_of(app, person) -> list[str]:
    """Return every function that one check calls, in order."""
    body = json.dumps(person.as_form(), ensure_ascii=False).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/checks",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body),
    }
    called: list[str] = []

    def note(frame, event, argument):
        if event == "call":
            called.append(frame.f_code.co_qualname)
        elif event == "c_call" and argument.__name__ not in ON_THE_WAY_TO_THE_PAGE:
            called.append(argument.__name__)

    sys.setprofile(note)
    try:
        answered = app.wsgi_app(environ, lambda *_: None)
    finally:
        sys.setprofile(None)
    assert [4096] == list(map(len, answered))
    return called


LISTED = {
    "with a name in characters": lambda people: people.close,
    "with a name in letters": lambda people: people.general,
    "by the document alone": lambda people: people.nameless,
}
OTHERS = {
    "unlisted": lambda person: replace(person, id_number=UNLISTED_NUMBERS[person.id_type]),
    "wrong name": lambda person: replace(
        person, name=person.name[:-1] + chr(ord(person.name[-1]) + 1)
    ),
}
UNLISTED_NUMBERS = {"resident": "990000197506152468", "passport": "X00000033"}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("listed", LISTED)
def test_every_check_takes_the_steps_of_a_listed_one(app_of, published, people, listed, other):
    app = app_of(published)
    person = LISTED[listed](people)
    pair = person, OTHERS[other](person)
    # the second time: whatever is remembered of an identity or an index is remembered now
    expected, found = [[steps_of(app, each) for _ in range(2)][1] for each in pair]
    assert expected == found


def test_the_headers_are_the_same_in_the_same_order(client, people):
    answers = [
        client.post("/api/v1/checks", json=person.as_form())
        for person in (people.close, people.unlisted, people.wrong_name)
    ]
    assert 1 == len({tuple(answer.headers.items()) for answer in answers})
    assert 1 == len({(answer.status, len(answer.data)) for answer in answers})
