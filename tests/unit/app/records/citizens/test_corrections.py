from datetime import timedelta

import pytest

from app.records.citizens.corrections import (
    REASONS,
    State,
    add_correction,
    correction_of,
    count_by_state,
    decide,
    mark_exported,
    to_export,
    withdraw,
)
from app.records.retention import purge
from app.settings import read_settings

ONE, OTHER = b"1" * 32, b"2" * 32


@pytest.fixture
def requests(records, today):
    with records.writing() as connection:
        add_correction(connection, ONE, b"sealed", today)
    return records


def state_of(records, digest=ONE):
    with records.reading() as connection:
        return correction_of(connection, digest)


def exported(records, today, *, again=False):
    with records.writing() as connection:
        exports = to_export(connection, again=again)
        mark_exported(connection, [each.reference for each in exports], today)
    return exports


def test_a_request_is_found_by_its_receipt_only(requests, today):
    assert (State.RECEIVED, today) == (state_of(requests).state, state_of(requests).received_on)
    assert state_of(requests, OTHER) is None


def test_a_request_is_exported_once_and_again_when_asked(requests, today):
    assert [b"sealed"] == [each.sealed for each in exported(requests, today)]
    assert State.IN_REVIEW == state_of(requests).state
    assert [] == exported(requests, today)
    assert 1 == len(exported(requests, today, again=True))


def test_a_request_withdrawn_before_an_export_never_leaves(requests, today):
    with requests.writing() as connection:
        withdraw(connection, ONE, today)
    assert State.WITHDRAWN == state_of(requests).state
    assert [] == exported(requests, today, again=True)


def test_one_withdrawn_after_an_export_is_told_in_the_next(requests, today):
    reference = exported(requests, today)[0].reference
    with requests.writing() as connection:
        withdraw(connection, ONE, today)
    assert [(reference, None)] == [(e.reference, e.sealed) for e in exported(requests, today)]


@pytest.mark.parametrize(("reason", "state"), REASONS.items())
def test_a_decision_tells_its_reason_and_forgets_the_content(requests, today, reason, state):
    reference = state_of(requests).reference
    with requests.writing() as connection:
        assert decide(connection, reference, reason, today)
        assert [] == to_export(connection, again=True)
    assert (state, reason) == (state_of(requests).state, state_of(requests).reason)


def test_what_was_withdrawn_is_not_decided_and_what_was_decided_not_withdrawn(requests, today):
    reference = state_of(requests).reference
    with requests.writing() as connection:
        withdraw(connection, ONE, today)
        assert not decide(connection, reference, "confirmed", today)
        add_correction(connection, OTHER, b"sealed", today)
        decide(connection, correction_of(connection, OTHER).reference, "confirmed", today)
        withdraw(connection, OTHER, today)
        assert State.DECLINED == correction_of(connection, OTHER).state
        assert not decide(connection, "NOBODY", "confirmed", today)


def test_counts_tell_the_oldest_of_each_state(requests, today):
    with requests.writing() as connection:
        add_correction(connection, OTHER, b"sealed", today + timedelta(1))
        assert {"received": (2, today)} == count_by_state(connection)


def test_a_purge_deletes_what_is_past_its_days_and_nothing_else(requests, today):
    settings = read_settings(corrections_days=90)
    assert 0 == purge(requests, settings, today + timedelta(90))["corrections"]
    assert 1 == purge(requests, settings, today + timedelta(91))["corrections"]
    assert state_of(requests) is None
