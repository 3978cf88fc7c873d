import re

import pytest
from sqlalchemy import select

from app.records.kiosks.settings import (
    delete_settings_of,
    kiosk_settings,
    organisation_code,
    put_settings,
    stored_settings,
)
from tests.fixtures.kiosk_records import keep_organisation


@pytest.fixture
def writing(records):
    keep_organisation(records)
    with records.writing() as connection:
        yield connection


def test_a_public_code_is_made_once(records, writing):
    code = organisation_code(writing, records.cipher, 1)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code)
    assert code == organisation_code(writing, records.cipher, 1)


def test_nothing_is_set_at_first(records, writing):
    assert {} == stored_settings(writing, records.cipher, 1)


def test_what_is_set_replaces_what_was_set_and_leaves_the_code(records, writing):
    code = organisation_code(writing, records.cipher, 1)
    for celsius in (37.2, 37.5):
        put_settings(writing, records.cipher, 1, {"fever_celsius": celsius})
    assert {"fever_celsius": 37.5} == stored_settings(writing, records.cipher, 1)
    assert code == organisation_code(writing, records.cipher, 1)


def test_what_is_set_does_not_stand_in_the_database_in_clear(records, writing):
    put_settings(writing, records.cipher, 1, {"fever_celsius": 37.2})
    assert b"fever" not in writing.execute(select(kiosk_settings.c.settings)).scalar_one()


def test_settings_are_deleted_by_their_organisation(records, writing):
    organisation_code(writing, records.cipher, 1)
    assert (0, 1) == (delete_settings_of(writing, 2), delete_settings_of(writing, 1))
