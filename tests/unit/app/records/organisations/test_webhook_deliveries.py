from datetime import date

import pytest

from app.records.organisations.webhook_deliveries import (
    Delivery,
    DeliveryState,
    add_delivery,
    claim_due,
    deliveries_of,
    note_outcome,
    purge_deliveries,
)

FIRST = Delivery("msg_1", 1, "j1", b'{"a":1}', 0, 1_000)


@pytest.fixture
def kept(records):
    with records.writing() as connection:
        add_delivery(connection, records.cipher, FIRST)
    return records


def claim(records, now):
    with records.writing() as connection:
        return claim_due(connection, records.cipher, now, 60)


def test_what_is_due_is_claimed_whole_and_by_one_alone(kept):
    assert Delivery("msg_1", 1, "j1", b'{"a":1}', 1, 1_000) == claim(kept, 1_000)
    assert claim(kept, 1_059) is None


def test_nothing_is_claimed_before_it_is_due(kept):
    assert claim(kept, 999) is None


def test_what_a_dead_process_claimed_is_due_again(kept):
    claim(kept, 1_000)
    assert 2 == claim(kept, 1_060).attempts


def test_a_first_attempt_comes_before_the_tenth_of_another(kept):
    claim(kept, 1_000)
    second = Delivery("msg_2", 2, "j2", b"{}", 0, 1_050)
    with kept.writing() as connection:
        add_delivery(connection, kept.cipher, second)
    assert ["msg_2", "msg_1"] == [claim(kept, 2_000).id, claim(kept, 2_000).id]


def test_an_organisation_is_told_of_its_own_deliveries(kept):
    with kept.writing() as connection:
        note_outcome(connection, "msg_1", DeliveryState.WAITING, "503", 1_005)
        assert [] == deliveries_of(connection, 2)
        [report] = deliveries_of(connection, 1)
    assert ("j1", "waiting", "503", 1_005) == (
        report.job,
        report.state,
        report.outcome,
        report.due_at,
    )


def test_what_has_ended_is_not_due_again(kept):
    with kept.writing() as connection:
        note_outcome(connection, "msg_1", DeliveryState.DELIVERED, "200", 1_000)
    assert claim(kept, 90_000) is None


def test_deliveries_are_deleted_by_their_day(kept):
    with kept.writing() as connection:
        assert 0 == purge_deliveries(connection, date(1970, 1, 1))
        assert 1 == purge_deliveries(connection, date(1970, 1, 2))
