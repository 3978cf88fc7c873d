from datetime import timedelta

import pytest

from app.records.corrections import (
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
from app.records.purging import PURGES, purge

ONE, OTHER = b"1" * 32, b"2" * 32


@pytest.fixture
def kept(records, today):
    with records.writing() as connection:
        add_correction(connection, ONE, b"sealed", today)
    return records


def state_of(records, digest=ONE):
    with records.reading() as connection:
        return correction_of(connection, digest)


def exported(records, today, *, again=False):
    with records.writing() as connection:
        found = to_export(connection, again=again)
        mark_exported(connection, [each.reference for each in found], today)
    return found


def test_a_request_is_found_by_its_receipt_only(kept, today):
    assert (State.RECEIVED, today) == (state_of(kept).state, state_of(kept).received_on)
    assert state_of(kept, OTHER) is None


def test_a_request_is_exported_once_and_again_when_asked(kept, today):
    assert [b"sealed"] == [each.sealed for each in exported(kept, today)]
    assert State.IN_REVIEW == state_of(kept).state
    assert [] == exported(kept, today)
    assert 1 == len(exported(kept, today, again=True))


def test_a_request_withdrawn_before_an_export_never_leaves(kept, today):
    with kept.writing() as connection:
        withdraw(connection, ONE, today)
    assert State.WITHDRAWN == state_of(kept).state
    assert [] == exported(kept, today, again=True)


def test_one_withdrawn_after_an_export_is_told_in_the_next(kept, today):
    reference = exported(kept, today)[0].reference
    with kept.writing() as connection:
        withdraw(connection, ONE, today)
    assert [(reference, None)] == [(e.reference, e.sealed) for e in exported(kept, today)]


@pytest.mark.parametrize(("reason", "state"), REASONS.items())
def test_a_decision_tells_its_reason_and_forgets_the_content(kept, today, reason, state):
    reference = state_of(kept).reference
    with kept.writing() as connection:
        assert decide(connection, reference, reason, today)
        assert [] == to_export(connection, again=True)
    assert (state, reason) == (state_of(kept).state, state_of(kept).reason)


def test_what_was_withdrawn_is_not_decided_and_what_was_decided_not_withdrawn(kept, today):
    reference = state_of(kept).reference
    with kept.writing() as connection:
        withdraw(connection, ONE, today)
        assert not decide(connection, reference, "confirmed", today)
        add_correction(connection, OTHER, b"sealed", today)
        decide(connection, correction_of(connection, OTHER).reference, "confirmed", today)
        withdraw(connection, OTHER, today)
        assert State.DECLINED == correction_of(connection, OTHER).state
        assert not decide(connection, "NOBODY", "confirmed", today)


def test_counts_tell_the_oldest_of_each_state(kept, today):
    with kept.writing() as connection:
        add_correction(connection, OTHER, b"sealed", today + timedelta(1))
        assert {"received": (2, today)} == count_by_state(connection)


def test_a_purge_deletes_what_is_past_its_days_and_nothing_else(kept, today):
    kept_days = dict.fromkeys(PURGES, 90)
    assert 0 == purge(kept, kept_days, today + timedelta(90))["corrections"]
    assert 1 == purge(kept, kept_days, today + timedelta(91))["corrections"]
    assert state_of(kept) is None
