from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from app.records.health.readings import (
    HealthReading,
    add_reading,
    count_readings_since,
    purge_readings,
    readings_of,
)

FIRST = HealthReading("01" * 16, 1, "0a" * 16, 1_000, 37.8, ("cough",), "morning")
SECOND = replace(FIRST, id="02" * 16, taken_at=2_000, slot="evening")
OTHERS = replace(FIRST, id="03" * 16, organisation=2)


@pytest.fixture
def kept(records):
    with records.writing() as connection:
        for reading in (SECOND, FIRST, OTHERS):
            add_reading(connection, records.cipher, reading)
    return records


def readings(records, organisation=1):
    with records.reading() as connection:
        return readings_of(connection, records.cipher, organisation, [FIRST.observation])


def test_readings_come_back_in_order_of_their_own_organisation_alone(kept):
    assert [FIRST, SECOND] == readings(kept)


def test_a_reading_is_kept_once(kept):
    with pytest.raises(IntegrityError), kept.writing() as connection:
        add_reading(connection, kept.cipher, FIRST)


def test_readings_are_counted_from_a_moment_on(kept):
    with kept.reading() as connection:
        numbers = [count_readings_since(connection, FIRST.observation, at) for at in (0, 2_000)]
    assert [3, 1] == numbers


def test_readings_are_deleted_of_one_organisation_by_their_time(kept):
    with kept.writing() as connection:
        assert 1 == purge_readings(connection, 1, 2_000)
    assert ([SECOND], [OTHERS]) == (readings(kept), readings(kept, 2))
