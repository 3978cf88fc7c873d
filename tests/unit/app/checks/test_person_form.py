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


def test_a_row_with_a_name_in_letters_alone_is_somebody():
    row = PersonForm(name_latin="B", place=2)
    assert [("B", 1)] == [
        (row.name_latin, row.place) for row in without_blanks([PersonForm(), row])
    ]


def test_both_names_of_each_row_are_read():
    rows = parse_people({"name": "甲", "name_latin": "A", "name_latin_2": "B"}, 6)
    assert [("甲", "A"), ("B",)] == [row.names for row in rows]


def test_the_names_of_a_form_are_one_claim():
    form = PersonForm("passport", "X00000017", "安娜", "Ana Silva")
    assert 2 == len(form.identity().names)
