from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.records.encrypted_fields import FieldUnreadable
from app.records.kiosks.roster import (
    RosterPerson,
    add_people,
    delete_roster_of,
    known_documents,
    note_printed,
    purge_removed_people,
    remove_person,
    replace_content,
    restore_person,
    roster,
    roster_documents,
    roster_people,
    roster_person,
    roster_size,
)
from app.records.organisations.organisations import add_organisation

DAY = date(2020, 2, 1)
NOON = 1_580_558_400_000  # of that day
ONE, TWO = (
    RosterPerson(
        id=letter * 32,
        organisation=1,
        name=name,
        id_type="passport",
        id_number=number,
        name_latin="",
        department="仓库",
        secret=letter.encode() * 20,
        agreed_on=DAY,
        added_at=NOON + ord(letter),
    )
    for letter, name, number in (("a", "陆零一", "X0000001"), ("b", "陆零二", "X0000002"))
)
DIGESTS = {ONE: [b"1", b"1b"], TWO: [b"2"]}


@pytest.fixture
def people(records):
    """Records of two organisations; two people are on the roster of the first."""
    with records.writing() as connection:
        for slug in ("works", "mill"):
            values = {"title": slug, "headcount": 9, "quota": 9, "policy": "individuals"}
            add_organisation(connection, {"slug": slug, "created_on": DAY, **values})
        add_people(connection, records.cipher, DIGESTS)
    return records


def test_people_come_back_as_they_were_added(people):
    with people.reading() as connection:
        assert [ONE, TWO] == roster_people(connection, people.cipher, 1)
        assert 2 == roster_size(connection, 1)


def test_people_of_another_organisation_are_not_there(people):
    with people.reading() as connection:
        assert [] == roster_people(connection, people.cipher, 2)
        assert roster_person(connection, people.cipher, 2, ONE.id) is None
        assert {} == known_documents(connection, 2, [b"1"])


def test_no_name_number_or_secret_stands_in_the_database_unencrypted(people):
    with people.reading() as connection:
        rows = connection.execute(select(roster.c.content)).scalars().all()
        rows += connection.execute(select(roster_documents.c.digest)).scalars().all()
    for text in (ONE.name, ONE.id_number, ONE.department, ONE.secret.decode()):
        assert text.encode() not in b"".join(rows)


def test_the_content_of_one_row_opens_in_no_other(people):
    with people.writing() as connection:
        content = select(roster.c.content).where(roster.c.id == ONE.id).scalar_subquery()
        connection.execute(roster.update().where(roster.c.id == TWO.id).values(content=content))
        with pytest.raises(FieldUnreadable):
            roster_person(connection, people.cipher, 1, TWO.id)


def test_a_document_is_on_a_roster_once(people):
    another = replace(TWO, id="c" * 32)
    with pytest.raises(IntegrityError), people.writing() as connection:
        add_people(connection, people.cipher, {another: [b"1b"]})


def test_a_person_is_found_by_each_document(people):
    with people.reading() as connection:
        expected = {b"1": ONE.id, b"1b": ONE.id, b"2": TWO.id}
        assert expected == known_documents(connection, 1, [b"1", b"1b", b"2", b"3"])


def test_a_removed_person_is_kept_apart_and_can_come_back(people):
    with people.writing() as connection:
        assert remove_person(connection, 1, ONE.id, NOON)
        assert [TWO] == roster_people(connection, people.cipher, 1)
        removed = roster_person(connection, people.cipher, 1, ONE.id)
        assert replace(ONE, removed_at=NOON) == removed
        assert restore_person(connection, removed, DIGESTS[ONE])
        assert [ONE, TWO] == roster_people(connection, people.cipher, 1)
        assert 3 == len(known_documents(connection, 1, [b"1", b"1b", b"2"]))


def test_another_organisation_removes_nobody(people):
    with people.writing() as connection:
        assert not remove_person(connection, 2, ONE.id, NOON)
        assert 3 == len(known_documents(connection, 1, [b"1", b"1b", b"2"]))


def test_a_person_who_was_added_again_does_not_come_back_twice(people):
    with people.writing() as connection:
        remove_person(connection, 1, ONE.id, NOON)
        add_people(connection, people.cipher, {replace(ONE, id="c" * 32): [b"1"]})
    with pytest.raises(IntegrityError), people.writing() as connection:
        restore_person(connection, ONE, DIGESTS[ONE])


def test_nobody_comes_back_who_was_not_removed(people):
    with people.writing() as connection:
        assert not restore_person(connection, ONE, [])


def test_a_new_secret_replaces_the_old_one(people):
    renewed = replace(ONE, secret=b"n" * 20)
    with people.writing() as connection:
        assert replace_content(connection, people.cipher, renewed)
        assert renewed == roster_person(connection, people.cipher, 1, ONE.id)


def test_it_is_known_which_badges_were_printed(people):
    with people.writing() as connection:
        note_printed(connection, 1, [ONE.id], NOON)
        printed = [each.printed_at for each in roster_people(connection, people.cipher, 1)]
    assert [NOON, None] == printed


def test_removed_people_are_deleted_by_the_day_of_their_removal(people):
    with people.writing() as connection:
        remove_person(connection, 1, ONE.id, NOON)
        assert 0 == purge_removed_people(connection, DAY)
        assert 1 == purge_removed_people(connection, date(2020, 2, 2))
        assert roster_person(connection, people.cipher, 1, ONE.id) is None


def test_a_whole_roster_is_deleted_with_its_documents(people):
    with people.writing() as connection:
        assert 2 == delete_roster_of(connection, 1)
        assert [] == connection.execute(select(roster_documents)).all()


def test_more_people_than_one_statement_takes_are_kept(people):
    many = {replace(ONE, id=f"{n:032x}"): [n.to_bytes(4, "big")] for n in range(1_234)}
    with people.writing() as connection:
        add_people(connection, people.cipher, many)
        assert 1_236 == roster_size(connection, 1)
        assert 1_234 == len(known_documents(connection, 1, [d for (d,) in many.values()]))


def test_a_person_in_a_message_is_an_id():
    assert f"RosterPerson({'a' * 32})" == repr(ONE)
