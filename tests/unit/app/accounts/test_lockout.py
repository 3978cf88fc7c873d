import pytest

from app.accounts.lockout import AttemptSource, CountedAttempts
from app.accounts.sign_in import Attempt, sign_in
from app.counter.audience import COUNTER
from app.limits.outcomes import LimitReached

POLICY = CountedAttempts()


@pytest.fixture
def admitted(limits):
    """Return how many of so many attempts are let through."""

    def count(attempts, audience=COUNTER, name="desk-1", organisation=None, networks=(b"net",)):
        number = 0
        for attempt in range(attempts):
            account = audience.account(name, organisation)
            try:
                POLICY.admit(limits, AttemptSource(account, networks[attempt % len(networks)]))
            except LimitReached:
                continue
            number += 1
        return number

    return count


def networks(number):
    return [b"network %d" % each for each in range(number)]


def test_a_name_is_tried_five_times_a_minute_from_one_network(admitted):
    assert 5 == admitted(6)
    assert 5 == admitted(6, name="desk-2")
    assert 5 == admitted(6, networks=[b"other"])


def test_a_network_tries_names_a_hundred_times_an_hour(admitted):
    assert 100 == sum(admitted(1, name=f"desk-{number}") for number in range(110))
    assert 1 == admitted(1, networks=[b"other"])


def test_a_name_is_tried_two_hundred_times_a_day_from_everywhere(admitted):
    assert 200 == admitted(210, networks=networks(210))
    assert 1 == admitted(1, name="desk-2")


def test_success_begins_the_waits_anew_and_not_those_of_everywhere(limits, admitted):
    source = AttemptSource(COUNTER.account("desk-1"), b"net")
    for _ in range(5):
        admitted(1)
    POLICY.settle(limits, source, proved=False)
    assert 0 == admitted(1)
    POLICY.settle(limits, source, proved=True)
    assert 5 == admitted(6)
    assert 200 - 12 == admitted(210, networks=networks(210))


def test_attempts_of_one_audience_lock_nobody_out_of_another(admitted, limits, audiences):
    counter, guests = audiences
    admitted(6, counter)
    assert 5 == admitted(6, guests)
    POLICY.settle(limits, AttemptSource(guests.account("desk-1"), b"net"), proved=True)
    assert 0 == admitted(1, counter)
    assert 5 == admitted(6, guests)


def test_attempts_of_one_organisation_lock_nobody_out_of_another(admitted, guests):
    admitted(6, guests.audience, organisation=1)
    assert [5, 5, 0] == [
        admitted(6, guests.audience, organisation=organisation) for organisation in (2, None, 1)
    ]


def test_no_name_is_counted_as_another_from_elsewhere(admitted):
    admitted(6, name="desk-1", networks=[b"net"])
    assert 5 == admitted(6, name="net\x00\x00desk-1", networks=[b""])


@pytest.mark.usefixtures("clock")
def test_an_attempt_that_is_not_admitted_is_not_looked_at(records, limits, add, code):
    account, source = add(COUNTER), b"net"
    wrong, right = Attempt("desk-1", "", ""), Attempt("desk-1", "four words of a clerk", code)
    for _ in range(5):
        assert sign_in(COUNTER, records, limits, source, wrong) is None
    with pytest.raises(LimitReached):
        sign_in(COUNTER, records, limits, source, right)
    assert account == sign_in(COUNTER, records, limits, b"other", right)
