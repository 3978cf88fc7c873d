from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.records.kiosks.checkins import (
    add_checkins,
    bodies_of,
    checkins,
    checkins_between,
    checkins_of,
    delete_checkins_of,
    identity_digest,
    purge_checkins,
    roster_digest,
)
from tests.fixtures.kiosk_records import CHECKIN, KIOSK_ID, keep_checkin

SECOND_ID = "02" * 16


def between(records, *, organisation=1, start=0, end=10_000):
    with records.reading() as connection:
        return list(checkins_between(connection, records.cipher, organisation, start, end))


def test_a_checkin_comes_back_as_it_was_kept(records):
    keep_checkin(records)
    assert [CHECKIN] == between(records)


def test_checkins_are_found_by_organisation_and_time_in_order(records):
    later = keep_checkin(records, id=SECOND_ID, made_at=2_500)
    first = keep_checkin(records)
    assert [first, later] == between(records)
    assert [first] == between(records, start=2_000, end=2_500)
    assert [] == between(records, organisation=2)


def test_the_checkins_of_one_person_are_found_by_a_digest(records):
    mine = roster_digest(records.cipher, 1, "0b" * 16)
    keep_checkin(records, mine)
    keep_checkin(records, id=SECOND_ID)
    with records.reading() as connection:
        assert [CHECKIN] == list(checkins_of(connection, records.cipher, 1, mine))
        assert [] == list(checkins_of(connection, records.cipher, 2, mine))


def test_one_person_has_another_digest_at_another_organisation(records):
    first, second = (identity_digest(records.cipher, number, b"x0") for number in (1, 2))
    assert first != second


def test_a_checkin_is_kept_once(records):
    keep_checkin(records)
    with pytest.raises(IntegrityError):
        keep_checkin(records)


def test_another_kiosk_may_use_the_same_id(records):
    keep_checkin(records)
    keep_checkin(records, kiosk="0c" * 16)
    assert 2 == len(between(records))


def test_what_is_kept_already_is_known_by_its_bytes(records):
    keep_checkin(records)
    with records.reading() as connection:
        known = bodies_of(connection, KIOSK_ID, [CHECKIN.id, SECOND_ID])
        assert {CHECKIN.id: b"b" * 32} == known
        assert {} == bodies_of(connection, "0c" * 16, [CHECKIN.id])


def test_nothing_of_nobody_is_kept_for_an_empty_batch(records):
    with records.writing() as connection:
        add_checkins(connection, records.cipher, [])
    assert [] == between(records)


def test_no_content_stands_in_the_database_in_clear(records):
    keep_checkin(records)
    with records.reading() as connection:
        field = connection.execute(select(checkins.c.content)).scalar_one()
    assert not any(word in field for word in ("林晓岚".encode(), b"cough", b"0b" * 16))


def test_checkins_are_purged_by_their_time_and_organisation(records):
    for place, organisation in enumerate((1, 1, 2)):
        keep_checkin(records, id=f"{place:032x}", organisation=organisation, made_at=place * 1_000)
    with records.writing() as connection:
        assert 1 == purge_checkins(connection, 1_000)
        assert 1 == purge_checkins(connection, 9_000, organisation=1)
    assert [replace(CHECKIN, id=f"{2:032x}", organisation=2, made_at=2_000)] == between(
        records, organisation=2
    )


def test_checkins_are_deleted_by_their_organisation(records):
    keep_checkin(records)
    with records.writing() as connection:
        assert (0, 1) == (delete_checkins_of(connection, 2), delete_checkins_of(connection, 1))
