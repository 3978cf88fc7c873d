import re
from dataclasses import replace

import pytest

from app.accounts.audience import AccountEvent, Purposes
from app.counter.audience import COUNTER
from app.records.accounts.counter_audit import Event


@pytest.mark.parametrize("name", ["Counter", "clerk password", "a" * 17, "a-b"])
def test_a_name_that_could_be_taken_for_something_else_is_refused(name):
    with pytest.raises(ValueError, match=re.escape(name)):
        replace(COUNTER, name=name)


def test_the_purposes_of_an_audience_are_its_own(guests):
    assert Purposes("guests account password", "guests account session") == (
        guests.audience.purposes
    )
    assert Purposes("clerk password", "counter session") == COUNTER.purposes


@pytest.mark.parametrize(("https", "name"), [(True, "__Secure-counter"), (False, "counter")])
def test_a_cookie_is_for_the_pages_of_its_audience(https, name):
    cookie = COUNTER.cookie(https=https)
    expected = {"path": "/counter", "httponly": True, "samesite": "Strict", "secure": https}
    assert (name, expected) == (cookie.name, cookie.attributes)


def test_the_audit_of_the_counter_knows_what_happens_to_accounts():
    assert {event.value for event in AccountEvent} < {event.value for event in Event}
