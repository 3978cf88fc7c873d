from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from app.records.health.alarms import (
    Alarm,
    add_alarms,
    alarm_of_id,
    alarms_since,
    open_alarms,
    purge_alarms,
    put_resolution,
)

FEVER = Alarm("01" * 16, 1, "0a" * 16, "0b" * 16, 1_000, ("fever",))
LATER = replace(FEVER, id="02" * 16, entry="0c" * 16, raised_at=2_000)
OTHERS = replace(FEVER, id="03" * 16, organisation=2)
RESOLVED = replace(FEVER, resolved_at=3_000, resolver="guan.li", note="体温复测")


@pytest.fixture
def kept(records):
    with records.writing() as connection:
        add_alarms(connection, records.cipher, [FEVER, LATER, OTHERS])
    return records


def unresolved(records, organisation=1):
    with records.reading() as connection:
        return open_alarms(connection, records.cipher, organisation)


def test_the_latest_alarm_of_an_organisation_comes_first(kept):
    assert [LATER, FEVER] == unresolved(kept)


def test_an_alarm_that_is_resolved_is_open_no_more_and_says_by_whom(kept):
    with kept.writing() as connection:
        assert put_resolution(connection, kept.cipher, RESOLVED)
        assert RESOLVED == alarm_of_id(connection, kept.cipher, 1, FEVER.id)
    assert [LATER] == unresolved(kept)


def test_another_organisation_resolves_nothing(kept):
    with kept.writing() as connection:
        assert not put_resolution(connection, kept.cipher, replace(RESOLVED, id=OTHERS.id))
        assert alarm_of_id(connection, kept.cipher, 1, OTHERS.id) is None
    assert [OTHERS] == unresolved(kept, 2)


def test_a_checkin_is_one_alarm(kept):
    with pytest.raises(IntegrityError), kept.writing() as connection:
        add_alarms(connection, kept.cipher, [replace(FEVER, id="04" * 16)])


def test_alarms_are_found_by_their_time(kept):
    with kept.reading() as connection:
        assert [LATER] == alarms_since(connection, kept.cipher, 1, 2_000)


def test_alarms_are_deleted_of_one_organisation_by_their_time(kept):
    with kept.writing() as connection:
        assert 1 == purge_alarms(connection, 1, 2_000)
    assert ([LATER], [OTHERS]) == (unresolved(kept), unresolved(kept, 2))
