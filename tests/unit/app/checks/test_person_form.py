from dataclasses import replace

import pytest

from app.checks.person_form import (
    PersonForm,
    TooManyPeople,
    kind_may_differ,
    parse_people,
    without_blanks,
)
from exposure_index.identity.parsing import FieldFault


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


@pytest.mark.parametrize("number", ["M01234567", "01234567", "X001"])
def test_a_name_in_neither_script_is_asked_for_in_another_one(number):
    for name in ("김민수", "Иван Петров"):
        form = PersonForm(id_number=number, name=name, whole_name=f"{name}|")
        assert {"name": FieldFault("latin_name_needed")} == form.faults_or_doubts()
        assert kind_may_differ(form.faults_or_doubts())
        assert {} == PersonForm("other", number, name).faults_or_doubts()
    assert {} == PersonForm("", number, "김민수", "Kim Minsu").faults_or_doubts()


def test_a_name_in_neither_script_is_told_at_its_field():
    assert {"name_latin"} == set(PersonForm("", "X001", "", "김민수").faults_or_doubts())


def test_a_number_with_a_letter_for_a_digit_is_asked_about_until_its_kind_is_chosen():
    faults = PersonForm("", "HO1234567", "舒小满").faults_or_doubts()
    assert {"id_number": FieldFault("letter_for_digit")} == faults
    assert kind_may_differ(faults)
    assert {} == PersonForm("hk_mo_permit", "HO1234567", "舒小满").faults_or_doubts()


@pytest.mark.parametrize(
    ("number", "doubt"),
    [
        ("No. H01234567", "words"),
        ("H01234567 2030-01-01", "several_numbers"),
        ("H01234567 H01234568", "several_numbers"),
        ("990000198001011230 H01234567", "several_numbers"),
        ("123456789 123456789", "several_numbers"),  # its check digit is wrong too
    ],
)
@pytest.mark.parametrize("kind", ["", "resident", "passport", "hk_mo_permit"])
def test_more_than_a_number_is_asked_about_until_it_is_another_document_s(number, doubt, kind):
    faults = PersonForm(kind, number, "舒小满", "Shu Xiaoman").faults_or_doubts()
    assert {"id_number": FieldFault(doubt)} == faults
    assert kind_may_differ(faults)
    other = PersonForm("other", number, "舒小满").faults_or_doubts()
    assert doubt not in {fault.reason for fault in other.values()}


def test_a_name_that_a_chosen_kind_needs_is_told_beside_a_number_in_doubt():
    faults = PersonForm("passport", "No. E01234567", "舒小满").faults_or_doubts()
    assert {"id_number": "words", "name_latin": "latin_name_needed"} == {
        field: fault.reason for field, fault in faults.items()
    }


def test_a_letter_in_a_number_of_eighteen_characters_is_told_before_their_count():
    faults = PersonForm("", "99000O198001011230", "舒小满").faults_or_doubts()
    assert "letter_for_digit" == faults["id_number"].reason


def test_what_was_said_of_a_name_counts_for_no_other():
    form = PersonForm("other", "X001", "Silva", whole_name="Silva|")
    assert ({}, form) == (form.faults_or_doubts(), form.printable())
    for other in (replace(form, name="旅客张伟"), replace(form, name_latin="Ana")):
        assert other.faults_or_doubts()
        assert "" == other.printable().whole_name
