"""Rows of a list: places of people, duplicates, and a list that changes while it is read."""

import pytest

from app.private_lists.list_file import row_to_check
from app.private_lists.list_rows import ListChanged, PeopleList
from tables.people_csv import PersonRow

ANA = PersonRow("passport", "X00000017", "Ana Silva", row=2)
ANA_AGAIN = PersonRow("passport", "x 0000 0017", "SILVA ANA", row=3)
BEN = PersonRow("passport", "X00000025", "Ben Silva", row=4)
NOBODY = PersonRow("passport", "X00000033", "", row=5)
DIGEST = bytes(64)


def list_of(*persons):
    return PeopleList(lambda: map(row_to_check, persons), DIGEST)


def test_every_person_has_a_place_in_order():
    assert [0, 1] == [row.place for row in list_of(ANA, BEN).rows()]


def test_the_same_person_written_otherwise_is_a_duplicate_of_the_row_above():
    rows = list(list_of(ANA, ANA_AGAIN, BEN).rows())
    assert [(0, None), (0, 2), (1, None)] == [(row.place, row.duplicate_of) for row in rows]


def test_one_document_under_another_name_is_another_person():
    other = PersonRow("passport", "X00000017", "Ana Costa", row=3)
    assert [None, None] == [row.duplicate_of for row in list_of(ANA, other).rows()]


def test_a_row_that_names_nobody_has_a_reason_and_no_place():
    (row,) = list_of(NOBODY).rows()
    assert (None, "row 5, name: missing") == (row.place, row.reason)


def test_rows_are_counted():
    counts = list_of(ANA, ANA_AGAIN, BEN, NOBODY).counts
    assert (4, 2, 1, {0}) == (counts.rows, counts.people, counts.duplicates, counts.repeated)


@pytest.mark.parametrize("later", [[BEN, ANA], [ANA], [ANA, BEN, NOBODY]], ids=len)
def test_a_list_that_changes_between_two_readings_is_refused(later):
    readings = iter([[ANA, BEN], later])
    people = PeopleList(lambda: map(row_to_check, next(readings)), DIGEST)
    assert 2 == people.counts.people
    with pytest.raises(ListChanged):
        list(people.rows())
