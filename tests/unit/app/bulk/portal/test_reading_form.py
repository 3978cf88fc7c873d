from dataclasses import replace

import pytest

from app.bulk.jobs.views import ColumnQuestion
from app.bulk.portal import reading_form
from app.bulk.portal.reading_form import SAME_HEADER, ReadingInvalid, choice_of_form
from tables.staff_lists.columns import STAFF_COLUMNS

COLUMNS = ColumnQuestion("columns_unclear", 0, ("A", "B", "C"), (), {"name": 1})
ENCODINGS = ColumnQuestion("encoding", choices=("gb18030", "big5"))
SHEETS = ColumnQuestion("several_sheets", choices=("1", "3"))


def test_columns_are_chosen_by_their_place():
    form = {"name": "1", "id_number": "2", "id_type": "", "name_latin": ""}
    choice = choice_of_form(COLUMNS, form)
    assert ({"name": 1, "id_number": 2}, 0) == (choice.columns, choice.header_row)


def test_columns_of_former_names_are_chosen_too():
    form = {"name": "0", "former_name": "1", "id_number": "2"}
    assert {"name": 0, "former_name": 1, "id_number": 2} == choice_of_form(COLUMNS, form).columns


def test_every_column_of_a_staff_list_can_be_chosen():
    assert set(STAFF_COLUMNS) == set(reading_form.COLUMNS)


def test_columns_that_are_put_once_more_keep_the_headings_that_were_found():
    again = replace(COLUMNS, header_row=SAME_HEADER)
    assert choice_of_form(again, {"name": "1", "id_number": "2"}).header_row is None


def test_encoding_and_sheet_are_taken_of_those_that_were_offered():
    assert "big5" == choice_of_form(ENCODINGS, {"encoding": "big5"}).encoding
    assert 3 == choice_of_form(SHEETS, {"sheet": "3"}).sheet


@pytest.mark.parametrize(
    ("question", "form", "fields"),
    [
        (COLUMNS, {"name": "1"}, {"id_number"}),
        (COLUMNS, {"name": "1", "id_number": "1"}, {"id_number"}),
        (COLUMNS, {"name": "1", "id_number": "9"}, {"id_number"}),
        (COLUMNS, {"name": "-1", "id_number": "x"}, {"name", "id_number"}),
        (COLUMNS, {"surname": "1", "id_number": "2"}, {"given_name"}),
        (COLUMNS, {"name": "0", "given_name": "1", "id_number": "2"}, {"surname"}),
        (ENCODINGS, {"encoding": "utf-8"}, {"encoding"}),
        (SHEETS, {"sheet": "2"}, {"sheet"}),
        (SHEETS, {}, {"sheet"}),
    ],
)
def test_what_was_not_offered_is_refused(question, form, fields):
    with pytest.raises(ReadingInvalid) as refused:
        choice_of_form(question, form)
    assert fields == set(refused.value.faults)


def test_the_parts_of_a_name_are_a_name():
    form = {"surname": "0", "given_name": "1", "id_number": "2"}
    assert {name: int(at) for name, at in form.items()} == choice_of_form(COLUMNS, form).columns


def test_a_column_of_parts_is_refused_as_the_name():
    question = replace(COLUMNS, headings=("姓", "名", "证件号码"))
    with pytest.raises(ReadingInvalid) as refused:
        choice_of_form(question, {"name": "1", "id_number": "2"})
    assert {"name"} == set(refused.value.faults)
