from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.records.encrypted_fields import FieldUnreadable
from app.records.kiosks.kiosks import (
    delete_kiosks_of,
    kiosk_of_id,
    kiosks,
    kiosks_of,
    lock_kiosk,
    note_report,
    note_seen,
    rename_kiosk,
    revoke_kiosk,
)
from tests.fixtures.kiosk_records import GATE, KIOSK_ID, keep_kiosk, keep_organisation

SECOND = replace(GATE, id="0c" * 16, name="西门", enrolled_at=2_000)


@pytest.fixture
def gate(records):
    keep_organisation(records)
    return keep_kiosk(records)


def found(records, kiosk_id=KIOSK_ID):
    with records.reading() as connection:
        return kiosk_of_id(connection, records.cipher, kiosk_id)


def test_a_kiosk_comes_back_as_it_was_kept(records, gate):
    assert gate == found(records)
    assert found(records, "ff" * 16) is None


def test_kiosks_are_listed_by_their_organisation(records, gate):
    other = keep_organisation(records, "school", "某某小学")
    keep_kiosk(records, SECOND)
    keep_kiosk(records, replace(GATE, id="0d" * 16, organisation=other))
    with records.reading() as connection:
        assert [gate, SECOND] == kiosks_of(connection, records.cipher, 1)


def test_a_report_is_kept_with_its_time(records, gate):
    with records.writing() as connection:
        note_report(connection, records.cipher, KIOSK_ID, 5_000, {"waiting": 3})
    assert replace(gate, report={"waiting": 3}, last_seen_at=5_000) == found(records)


def test_a_kiosk_that_is_heard_of_keeps_its_report(records, gate):
    with records.writing() as connection:
        note_seen(connection, KIOSK_ID, 6_000)
    assert replace(gate, last_seen_at=6_000) == found(records)


def test_a_kiosk_is_renamed_by_its_own_organisation_alone(records, gate):
    with records.writing() as connection:
        assert not rename_kiosk(connection, records.cipher, 2, KIOSK_ID, "北门")
        assert rename_kiosk(connection, records.cipher, 1, KIOSK_ID, "北门")
    assert "北门" == found(records).name


def test_a_kiosk_is_revoked_once_and_by_its_own_organisation(records, gate):
    with records.writing() as connection:
        assert (True, None) == lock_kiosk(connection, KIOSK_ID)
        assert not revoke_kiosk(connection, 2, KIOSK_ID, 7_000)
        assert revoke_kiosk(connection, 1, KIOSK_ID, 7_000)
        assert not revoke_kiosk(connection, 1, KIOSK_ID, 8_000)
        assert (True, 7_000) == lock_kiosk(connection, KIOSK_ID)
        assert (False, None) == lock_kiosk(connection, "ff" * 16)


def test_no_name_stands_in_the_database_in_clear(records, gate):
    with records.reading() as connection:
        row = connection.execute(select(kiosks)).one()
    assert "东门".encode() not in row.name


def test_keys_of_another_kiosk_are_not_believed(records, gate):
    keep_kiosk(records, SECOND)
    with records.writing() as connection:
        theirs = select(kiosks.c["keys"]).where(kiosks.c.id == SECOND.id).scalar_subquery()
        mine = kiosks.c.id == KIOSK_ID
        connection.execute(update(kiosks).where(mine).values({kiosks.c["keys"]: theirs}))
    with pytest.raises(FieldUnreadable):
        found(records)


def test_kiosks_are_deleted_by_their_organisation(records, gate):
    with records.writing() as connection:
        assert (0, 1) == (delete_kiosks_of(connection, 2), delete_kiosks_of(connection, 1))
