import pytest

from app.records.kiosks.checkin_counts import (
    QUARTER_MS,
    QuarterCount,
    SequenceSpan,
    count_unconfirmed,
    counts_by_quarter,
    latest_of_each_person,
    sequence_spans,
)
from tests.fixtures.kiosk_records import KIOSK_ID, keep_checkin


def number_of(number):
    return f"{number:032x}"


@pytest.fixture
def kept(records):
    keep_checkin(records, b"p", id=number_of(1), sequence=1, made_at=1)
    keep_checkin(records, b"p", id=number_of(2), sequence=2, made_at=2, unconfirmed=True)
    keep_checkin(records, id=number_of(5), sequence=5, made_at=QUARTER_MS, word="wait")
    keep_checkin(records, b"q", id=number_of(6), organisation=2, kiosk="0f" * 16)
    return records


def test_checkins_are_counted_by_quarter_and_word(kept):
    with kept.reading() as connection:
        found = counts_by_quarter(connection, 1, 0, 2 * QUARTER_MS)
    assert {QuarterCount(0, "come_in", 2), QuarterCount(QUARTER_MS, "wait", 1)} == {*found}


def test_what_is_missing_between_first_and_last_is_counted(kept):
    with kept.reading() as connection:
        found = sequence_spans(connection, 1)
    assert {KIOSK_ID: SequenceSpan(1, 5, 3)} == found
    assert 2 == found[KIOSK_ID].missing


def test_unconfirmed_checkins_are_counted(kept):
    with kept.reading() as connection:
        numbers = [count_unconfirmed(connection, organisation) for organisation in (1, 2)]
    assert [1, 0] == numbers


def test_the_last_checkin_of_each_person_is_found(kept):
    with kept.reading() as connection:
        assert {b"p": (KIOSK_ID, number_of(2))} == latest_of_each_person(connection, 1, 0)
        assert {} == latest_of_each_person(connection, 1, 3)
