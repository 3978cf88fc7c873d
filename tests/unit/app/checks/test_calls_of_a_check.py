"""How many calls one check of the API makes, so that layers do not come back unseen.

The time of a check is a benchmark (`make bench-check-cost`); the calls that cause it are counted
here, without those of the limits.
"""

import gc
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import app.limits
from app.query.check.api import PATH
from app.server.fast.api_routes import FAST_ROUTES
from app.services import EXTENSION

LIMITS = str(Path(app.limits.__file__).parent)
# how many pages are guessed before the right one is found depends on the place, not on the answer
ON_THE_WAY_TO_THE_PAGE = {"from_bytes", "min", "max"}
CALLS_MAX = 200  # about 250 on 28 November 2026
CALLS_OF_A_SECOND_NAME_MAX = 93  # reading it, one more entry, two more exposures


@pytest.fixture
def calls_of(app_of, published):
    """Count the calls of the check of a person, of Python's functions and of compiled ones."""
    services = app_of(published).extensions[EXTENSION]

    def respond(body):
        return FAST_ROUTES[PATH].respond(services, "127.0.0.1", None, body)

    def count(person):
        body = json.dumps(person.as_form(), ensure_ascii=False).encode()
        assert 200 == respond(body).status  # what is made once is made by now
        calls = 0

        def note(frame, event, argument):
            nonlocal calls
            caller = frame.f_back if event == "call" else frame
            if event in ("call", "c_call") and not caller.f_code.co_filename.startswith(LIMITS):
                name = frame.f_code.co_name if event == "call" else argument.__name__
                calls += name not in ON_THE_WAY_TO_THE_PAGE

        gc.disable()
        sys.setprofile(note)
        try:
            respond(body)
        finally:
            sys.setprofile(None)
            gc.enable()
        return calls

    return count


def test_a_check_makes_few_calls(calls_of, people):
    assert calls_of(people.close) <= CALLS_MAX


def test_a_second_name_adds_one_entry_and_no_layer(calls_of, people):
    one, two = calls_of(people.general), calls_of(people.general.with_han_name("安娜"))
    assert two - one <= CALLS_OF_A_SECOND_NAME_MAX


def test_whoever_is_asked_about_as_many_calls_are_made(calls_of, people):
    unlisted = replace(people.close, id_number="990000197506152468")
    counts = {calls_of(person) for person in (people.close, unlisted, people.wrong_name)}
    assert 1 == len(counts)
