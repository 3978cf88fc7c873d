from datetime import date

import pytest
from sqlalchemy import select

from app.records.kiosks.enrolments import (
    KioskEnrolment,
    add_enrolment,
    delete_enrolments_of,
    enrolment_of,
    kiosk_enrolments,
    open_enrolments_of,
    purge_enrolments,
    use_enrolment,
    withdraw_enrolment,
)
from tests.fixtures.kiosk_records import KIOSK_ID, keep_organisation

ENDS_AT = 86_400_000
CODE = KioskEnrolment(b"d" * 32, 1, KIOSK_ID, "东门", ENDS_AT)


@pytest.fixture
def kept(records):
    keep_organisation(records)
    with records.writing() as connection:
        add_enrolment(connection, records.cipher, CODE)
    return records


@pytest.fixture
def writing(kept):
    with kept.writing() as connection:
        yield connection


def test_a_code_comes_back_as_it_was_kept(kept, writing):
    assert CODE == enrolment_of(writing, kept.cipher, CODE.digest)
    assert enrolment_of(writing, kept.cipher, b"e" * 32) is None


def test_a_code_is_used_once(writing):
    assert use_enrolment(writing, CODE.digest, 1)
    assert not use_enrolment(writing, CODE.digest, 2)


def test_a_code_is_not_used_after_its_end(writing):
    assert not use_enrolment(writing, CODE.digest, ENDS_AT)


def test_only_good_codes_are_listed_and_for_their_organisation(kept, writing):
    assert [CODE] == open_enrolments_of(writing, kept.cipher, 1, ENDS_AT - 1)
    assert [] == open_enrolments_of(writing, kept.cipher, 1, ENDS_AT)
    assert [] == open_enrolments_of(writing, kept.cipher, 2, 0)


def test_a_used_code_is_listed_no_more_and_not_withdrawn(kept, writing):
    use_enrolment(writing, CODE.digest, 1)
    assert [] == open_enrolments_of(writing, kept.cipher, 1, 1)
    assert not withdraw_enrolment(writing, 1, KIOSK_ID)


def test_a_code_is_withdrawn_by_its_own_organisation(writing):
    assert not withdraw_enrolment(writing, 2, KIOSK_ID)
    assert withdraw_enrolment(writing, 1, KIOSK_ID)


def test_no_name_stands_in_the_database_in_clear(writing):
    row = writing.execute(select(kiosk_enrolments)).one()
    assert "东门".encode() not in row.name


def test_codes_are_deleted_after_the_day_of_their_end(writing):
    assert 0 == purge_enrolments(writing, date(1970, 1, 2))
    assert 1 == purge_enrolments(writing, date(1970, 1, 3))


def test_codes_are_deleted_by_their_organisation(writing):
    assert (0, 1) == (delete_enrolments_of(writing, 2), delete_enrolments_of(writing, 1))
