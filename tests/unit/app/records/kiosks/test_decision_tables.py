from datetime import date

import pytest

from app.records.kiosks.decision_tables import (
    StoredTable,
    delete_table_of,
    give_lease_back,
    note_roster_change,
    put_table,
    roster_revision,
    stored_table,
    table_data,
    take_lease,
)
from app.records.organisations.organisations import add_organisation

TABLE = StoredTable("a" * 32, b"s" * 32, 5_000, 3)


@pytest.fixture
def connection(records):
    with records.writing() as connection:
        for slug in ("works", "mill"):
            values = {"title": slug, "headcount": 9, "quota": 9, "policy": "individuals"}
            add_organisation(connection, {"slug": slug, "created_on": date(2020, 2, 1), **values})
        yield connection


def test_an_organisation_begins_without_a_table(connection):
    assert stored_table(connection, 1) is None
    assert 0 == roster_revision(connection, 1)


def test_each_change_of_a_roster_is_a_revision_of_its_own(connection):
    note_roster_change(connection, 1)
    note_roster_change(connection, 1)
    assert (2, 0) == (roster_revision(connection, 1), roster_revision(connection, 2))


def test_a_table_is_kept_under_the_lease_of_its_maker(connection):
    assert take_lease(connection, 1, "mine", 1_000, 2_000)
    assert put_table(connection, 1, "mine", TABLE, b"file")
    assert TABLE == stored_table(connection, 1)
    assert b"file" == table_data(connection, 1, TABLE.id)
    assert stored_table(connection, 2) is None


def test_a_second_maker_waits_for_the_first(connection):
    take_lease(connection, 1, "mine", 1_000, 2_000)
    assert not take_lease(connection, 1, "yours", 1_999, 3_000)
    assert take_lease(connection, 2, "yours", 1_999, 3_000)


def test_a_lease_ends_by_its_time_and_its_late_maker_keeps_nothing(connection):
    take_lease(connection, 1, "mine", 1_000, 2_000)
    assert take_lease(connection, 1, "yours", 2_000, 3_000)
    assert not put_table(connection, 1, "mine", TABLE, b"file")


def test_a_lease_given_back_is_free(connection):
    take_lease(connection, 1, "mine", 1_000, 2_000)
    give_lease_back(connection, 1, "mine")
    assert take_lease(connection, 1, "yours", 1_001, 2_001)


def test_the_file_of_a_table_that_was_replaced_is_gone(connection):
    take_lease(connection, 1, "mine", 1_000, 2_000)
    put_table(connection, 1, "mine", TABLE, b"file")
    assert table_data(connection, 1, "b" * 32) is None


def test_a_table_is_deleted_with_its_organisation(connection):
    note_roster_change(connection, 1)
    assert 1 == delete_table_of(connection, 1)
    assert stored_table(connection, 1) is None
