"""Adding to and taking from a roster, on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.kiosk.roster.people import AddedAgain, NewPerson, NoSuchPerson, Roster, RosterFull
from app.organisations.audit import newest_lines
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.records.kiosks.decision_tables import roster_revision
from app.records.kiosks.roster import roster as roster_table
from tables.people_csv import PersonRow
from tests.fixtures.bulk import traces_of
from tests.fixtures.people import CLOSE, GENERAL, UNLISTED

DAY = date(2020, 2, 1)
MOST = 100


def row(person, number=1, **changed):
    fields = {**person.as_form(), **changed}
    cells = PersonRow(
        fields["id_type"], fields["id_number"], fields["name"], fields.get("name_latin", "")
    )
    return NewPerson(number, cells, "仓库")


@pytest.fixture
def works(records):
    directory = OrganisationDirectory(records)
    return [directory.create(NewOrganisation(slug, slug, 9), DAY).id for slug in ("works", "mill")]


@pytest.fixture
def roster(records, works):
    return Roster(records, works[0], "admin")


def names(roster):
    return [person.name for person in roster.people()]


def test_people_are_added_with_the_day_of_their_agreement(roster):
    roster.add([row(CLOSE), row(GENERAL, 2)], DAY, MOST)
    people = roster.people()
    assert [(CLOSE.name, "仓库", DAY), (GENERAL.name, "仓库", DAY)] == [
        (each.name, each.department, each.agreed_on) for each in people
    ]
    assert 2 == len({each.secret for each in people})


def test_a_document_is_on_a_roster_once_under_whatever_name(roster):
    roster.add([row(CLOSE)], DAY, MOST)
    addition = roster.add([row(CLOSE, 7, name="舒大满"), row(UNLISTED, 8)], DAY, MOST)
    assert (1, (7,)) == (addition.added, addition.known)


def test_a_document_is_found_however_it_is_written(roster):
    roster.add([row(CLOSE)], DAY, MOST)
    spaced = f" {CLOSE.id_number[:6]} {CLOSE.id_number[6:].lower()}"
    assert (1,) == roster.add([row(CLOSE, id_number=spaced)], DAY, MOST).known


def test_rows_that_repeat_in_one_list_are_added_once(roster):
    assert (2,) == roster.add([row(CLOSE), row(CLOSE, 2)], DAY, MOST).known


def test_two_organisations_may_have_one_person(records, works, roster):
    roster.add([row(CLOSE)], DAY, MOST)
    assert 1 == Roster(records, works[1], "admin").add([row(CLOSE)], DAY, MOST).added


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id_number": "990000198001011239"}, "check_digit"),
        ({"id_number": "9.9E+17"}, "digits_lost"),
        ({"id_number": ""}, "document_missing"),
        ({"name": ""}, "name_missing"),
        ({"name": "张某某"}, "name_filler"),
        ({"name": "Ana Silva"}, "han_name_needed"),
        ({"name": "舒\ud800满"}, "row_unreadable"),
    ],
)
def test_who_cannot_be_read_is_refused_whole_and_with_the_reason(roster, changed, reason):
    addition = roster.add([row(CLOSE, 5, **changed)], DAY, MOST)
    assert (0, ((5, reason),)) == (addition.added, addition.refused)
    assert [] == roster.people()


def test_a_row_that_the_list_calls_unclear_is_refused(roster):
    addition = roster.add([NewPerson(9, None, "", "cells_merged")], DAY, MOST)
    assert ((9, "cells_merged"),) == addition.refused


def test_a_list_past_the_limit_adds_nobody(roster):
    roster.add([row(CLOSE)], DAY, 2)
    with pytest.raises(RosterFull):
        roster.add([row(GENERAL), row(UNLISTED)], DAY, 2)
    assert [CLOSE.name] == names(roster)


def test_a_removal_can_be_undone_with_the_same_badge(roster):
    roster.add([row(CLOSE)], DAY, MOST)
    (before,) = roster.people()
    roster.remove(before.id)
    assert [] == roster.people()
    assert before == roster.restore(before.id)
    assert [before] == roster.people()


def test_whoever_was_added_again_is_not_put_back_beside(roster):
    roster.add([row(CLOSE)], DAY, MOST)
    (before,) = roster.people()
    roster.remove(before.id)
    roster.add([row(CLOSE)], DAY, MOST)
    with pytest.raises(AddedAgain):
        roster.restore(before.id)
    assert 1 == len(roster.people())


def test_a_new_badge_has_another_secret_and_was_never_printed(roster):
    roster.add([row(CLOSE)], DAY, MOST)
    (before,) = roster.people()
    roster.note_printed([before])
    renewed = roster.reissue(before.id)
    assert renewed.secret != before.secret
    assert [renewed] == roster.people()
    assert renewed.printed_at is None


@pytest.mark.parametrize("act", ["remove", "restore", "reissue", "person"])
def test_nothing_is_done_to_people_of_another_organisation(records, works, roster, act):
    roster.add([row(CLOSE)], DAY, MOST)
    (person,) = roster.people()
    with pytest.raises(NoSuchPerson):
        getattr(Roster(records, works[1], "admin"), act)(person.id)
    assert [person] == roster.people()


def test_every_change_lets_a_new_table_be_made(records, works, roster):
    def revision():
        with records.reading() as connection:
            return roster_revision(connection, works[0])

    revisions = [revision()]
    roster.add([row(CLOSE)], DAY, MOST)
    revisions.append(revision())
    (person,) = roster.people()
    for act in (roster.remove, roster.restore, roster.reissue):
        act(person.id)
        revisions.append(revision())
    assert sorted(set(revisions)) == revisions


def test_a_list_that_adds_nobody_changes_nothing(records, works, roster):
    roster.add([row(CLOSE)], DAY, MOST)
    roster.add([row(CLOSE)], DAY, MOST)
    with records.reading() as connection:
        assert 1 == roster_revision(connection, works[0])


def test_the_log_tells_how_many_and_never_whom(records, works, roster):
    roster.add([row(CLOSE), row(GENERAL, 2)], DAY, MOST)
    person = roster.people()[0]
    roster.note_printed(roster.people())
    roster.reissue(person.id)
    roster.remove(person.id)
    roster.restore(person.id)
    lines = [(line.event, line.count, line.actor) for line in newest_lines(records, works[0])]
    assert [
        ("roster_restored", 1, "admin"),
        ("roster_removed", 1, "admin"),
        ("badge_reissued", 1, "admin"),
        ("badges_printed", 2, "admin"),
        ("roster_added", 2, "admin"),
    ] == lines[:5]


def test_a_database_tells_nobody_of_the_roster(records, roster):
    roster.add([row(CLOSE)], DAY, MOST)
    with records.reading() as connection:
        values = [value for row in connection.execute(select(roster_table)) for value in row]
    # as they are: the repr of bytes escapes a name, which was never found in it
    stored = b"".join(
        value if isinstance(value, bytes) else str(value).encode() for value in values
    )
    assert [] == [trace for trace in traces_of(CLOSE) if trace in stored]


def test_a_department_is_one_line_of_limited_length(roster):
    long = replace(row(CLOSE), department="仓\n库 " + "长" * 200)
    roster.add([long], DAY, MOST)
    department = roster.people()[0].department
    assert ("仓 库 长长", 80) == (department[:6], len(department))
