import pytest

from app.checks.person_form import PersonForm, TooManyPeople, parse_people, without_blanks


def test_rows_are_numbered_without_gaps():
    rows = parse_people({"name": "A", "name_5": "C", "name_3": "B", "name_x": "D"}, 6)
    assert [("A", 1), ("B", 2), ("C", 3)] == [(row.name, row.place) for row in rows]


def test_a_first_row_left_blank_is_left_out_too():
    rows = without_blanks([PersonForm(), PersonForm(name="B", place=2)])
    assert [("B", 1)] == [(row.name, row.place) for row in rows]


def test_a_wholly_blank_form_keeps_one_row():
    assert (PersonForm(),) == without_blanks([PersonForm(), PersonForm(place=2)])


def test_people_beyond_the_limit_are_not_dropped_silently():
    with pytest.raises(TooManyPeople):
        parse_people({"name_3": "A"}, 2)
