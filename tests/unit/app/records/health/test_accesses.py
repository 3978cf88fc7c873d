from dataclasses import replace
from datetime import date

import pytest

from app.records.health.accesses import (
    HealthAccess,
    add_access,
    newest_accesses,
    purge_accesses,
)

FIRST = HealthAccess("01" * 16, 1, 86_399, "guan.li", "health_person_seen", 1, "体温升高，复核")
SECOND = replace(FIRST, id="02" * 16, at=86_400)
OTHERS = replace(FIRST, id="03" * 16, organisation=2)


@pytest.fixture
def kept(records):
    with records.writing() as connection:
        for access in (FIRST, SECOND, OTHERS):
            add_access(connection, records.cipher, access)
    return records


def newest(records, limit=9):
    with records.reading() as connection:
        return newest_accesses(connection, records.cipher, 1, limit)


def test_an_organisation_reads_its_own_reasons_the_newest_first(kept):
    assert [SECOND, FIRST] == newest(kept)
    assert [SECOND] == newest(kept, 1)


def test_reasons_are_deleted_by_their_day(kept):
    with kept.writing() as connection:
        assert 2 == purge_accesses(connection, date(1970, 1, 2))
    assert [SECOND] == newest(kept)
