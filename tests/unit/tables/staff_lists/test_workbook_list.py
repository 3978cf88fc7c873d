"""Workbooks of staff: sheets, headers, merged cells, and what a workbook hides and computes."""

import io
import re
import zipfile

import pytest

from tables.staff_lists.staff_list import ColumnsUnclear, ListChoice
from tests.fixtures.messy_drafts import workbook_of
from tests.fixtures.messy_files import with_parts
from tests.fixtures.staff_sources import opened_list, reasons, refusal, remarks, resident, rows_of

HEADER = ("姓名", "证件号码", "部门")
ONE, TWO = ("张伟", resident(1), "一"), ("王芳", resident(2), "一")
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows, finish=None):
    return workbook_of({"名单": [HEADER, *rows]}, finish)


def test_hidden_rows_are_read_and_named():
    data = book(ONE, TWO, finish=lambda _, sheet: sheet.set_row(2, None, None, {"hidden": True}))
    assert ({2: "", 3: ""}, ("3",)) == (reasons(data, "xlsx"), remarks(data, "xlsx")["hidden_rows"])


def test_hidden_columns_are_named_by_their_letters():
    data = book(ONE, finish=lambda _, sheet: sheet.set_column(1, 2, None, None, {"hidden": True}))
    assert ("B", "C") == remarks(data, "xlsx")["hidden_columns"]


def test_other_sheets_are_named_by_their_numbers_and_hidden_ones_apart():
    sheets = {"a": [("x", 1)], "b": [HEADER, ONE], "c": [("y", 2)]}
    data = workbook_of(sheets, lambda _, sheet: sheet.hide())
    found = remarks(data, "xlsx")
    assert (("1",), ("3",)) == (found["other_sheets"], found["hidden_sheets"])


def test_a_sheet_whose_names_are_not_certain_may_be_the_list_too():
    unclear = [("姓名", "证件姓名", "证件号码"), ("甲", "周诗诺", "A123456(7)")]
    data = workbook_of({"a": unclear, "b": [HEADER, ONE]})
    assert ("several_sheets", ("1", "2")) == (
        refusal(data, "xlsx").code,
        refusal(data, "xlsx").choices,
    )


def test_two_sheets_that_may_be_the_list_are_asked_about():
    data = workbook_of({"a": [HEADER, ONE], "b": [("x",)], "c": [HEADER, TWO]})
    assert ("several_sheets", ("1", "3")) == (
        (error := refusal(data, "xlsx")).code,
        error.choices,
    )
    assert ["王芳"] == [row.person.name for row in rows_of(data, "xlsx", ListChoice(sheet=3))]


@pytest.mark.parametrize("sheet", [0, 2, 9])
def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(sheet):
    data = workbook_of({"a": [HEADER, ONE], "b": []})
    error = refusal(data, "xlsx", ListChoice(sheet=sheet))
    assert ("no_such_sheet", ("1",)) == (error.code, error.choices)


def test_a_hidden_sheet_that_is_the_list_is_read_and_said_to_be_hidden():
    data = workbook_of({"a": [("x",)], "b": [HEADER, ONE]}, lambda _, sheet: sheet.hide())
    assert ("2",) == remarks(data, "xlsx")["list_hidden"]


def test_a_header_that_somebody_chose_is_taken():
    data = workbook_of({"a": [("甲", "乙"), ("丙", "丁"), (resident(1), "张伟")]})
    with pytest.raises(ColumnsUnclear) as error:
        opened_list(data, "xlsx")
    assert (1, {}) == (error.value.header_row, {})
    choice = ListChoice(header_row=2, columns={"id_number": 0, "name": 1})
    assert [3] == [row.row for row in rows_of(data, "xlsx", choice)]


def test_a_number_merged_over_two_names_is_nobodys():
    data = book(
        ONE,
        ("王芳", "", "二"),
        ("李娜", resident(3), "二"),
        finish=lambda _, sheet: sheet.merge_range(1, 1, 2, 1, resident(1)),
    )
    assert {2: "cells_merged", 3: "cells_merged", 4: ""} == reasons(data, "xlsx")


def test_a_department_merged_over_a_blank_row_makes_no_row_of_it():
    data = book(
        ONE,
        TWO,
        (None,),
        finish=lambda _, sheet: sheet.merge_range(1, 2, 3, 2, "一"),
    )
    assert [("张伟", "一"), ("王芳", "一")] == [
        (row.cells[0], row.cells[2]) for row in rows_of(data, "xlsx")
    ]


def test_formulas_are_read_by_their_results_and_counted():
    def finish(_, sheet):
        sheet.write_formula(1, 0, "=A3", None, "张伟")

    data = book(ONE, TWO, finish=finish)
    assert "张伟" == rows_of(data, "xlsx")[0].person.name
    assert 1 == next(
        one.count for one in opened_list(data, "xlsx").remarks if one.code == "formulas"
    )


@pytest.mark.parametrize("value", [b"", b"<v></v>", b"<v/>"])
def test_a_formula_without_a_result_is_not_taken_for_a_blank_cell(value):
    def finish(_, sheet):
        for column in range(3):
            sheet.write_formula(2, column, "=A1")

    def change(name, content):
        return content.replace(b"</f><v>0</v>", b"</f>" + value) if name == SHEET else content

    data = with_parts(book(ONE, ("", "", ""), TWO, finish=finish), change)
    assert {2: "", 3: "formula", 4: ""} == reasons(data, "xlsx")


def test_formulas_of_no_known_place_refuse_the_workbook():
    def finish(_, sheet):
        sheet.write_formula(1, 0, "=A1")

    def change(name, content):
        return (
            content.replace(b'<c r="A2"><f>A1</f><v>0</v>', b"<c><f>A1</f>")
            if name == SHEET
            else content
        )

    assert "formulas" == refusal(with_parts(book(ONE, finish=finish), change), "xlsx").code


@pytest.mark.parametrize("number", [123, 9_901_011, 990101196001010174, -12345678, 12345678.5])
def test_a_number_in_a_numeric_cell_that_is_no_whole_document_has_lost_digits(number):
    assert {2: "digits_lost"} == reasons(book(("张伟", number, "一")), "xlsx")


def test_a_number_of_eight_digits_in_a_numeric_cell_is_read():
    (row,) = rows_of(book(("Wang Fang", 12345678, "一")), "xlsx")
    assert ("12345678", "") == (row.person.id_number, row.reason)


def test_long_numbers_in_other_columns_are_no_reason():
    data = workbook_of({"a": [(*HEADER, "银行卡"), (*ONE, 6222021001116245702)]})
    assert {2: ""} == reasons(data, "xlsx")


def test_a_cell_of_a_megabyte_makes_its_row_unreadable():
    data = book(ONE, TWO)
    data = with_parts(
        data,
        lambda name, content: (
            content.replace("一".encode(), b"x" * (1 << 20), 1)
            if name == "xl/sharedStrings.xml"
            else content
        ),
    )
    assert {2: "row_unreadable", 3: "row_unreadable"} == reasons(data, "xlsx")
    assert 32_768 == max(len(cell) for row in rows_of(data, "xlsx") for cell in row.cells)


@pytest.mark.parametrize("second", [b'<row r="2"', b"<row spans='1:3' r='2'"])
def test_a_row_that_stands_in_the_file_twice_refuses_it(second):
    data = book(ONE, TWO)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    twice = sheet.replace(b'<row r="3"', second).replace(b'r="A3"', b'r="A2"')
    assert twice != sheet
    assert (
        "damaged"
        == refusal(
            with_parts(data, lambda name, part: twice if name == SHEET else part), "xlsx"
        ).code
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="3" spans="1:3"><c r="A3"', b'<row spans="1:3"><c r="A2"'),
        (b'<row r="3" spans="1:3"><c r="A3"', b'<row r="3" spans="1:3"><c r="A2"'),
        (b'<row r="2" spans="1:3"><c r="A2"', b'<row r="9" spans="1:3"><c r="A3"'),
    ],
)
def test_cells_of_a_row_that_stands_in_the_file_already_refuse_it(old, new):
    data = book(ONE, TWO)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    assert old in sheet
    twice = sheet.replace(old, new)
    changed = with_parts(data, lambda name, part: twice if name == SHEET else part)
    assert "damaged" == refusal(changed, "xlsx").code


def test_rows_and_cells_without_numbers_are_read_in_their_order():
    data = book(ONE, TWO)
    sheet = re.sub(
        rb'<(row|c) r="[A-Z]?[0-9]+"', rb"<\1", zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    )
    changed = with_parts(data, lambda name, part: sheet if name == SHEET else part)
    assert {2: "", 3: ""} == reasons(changed, "xlsx")


@pytest.mark.parametrize(("number", "reason"), [(1234567890, "digits_lost"), (990101600101017, "")])
def test_ten_digits_or_more_in_a_numeric_cell_may_have_lost_a_zero(number, reason):
    rows = [("姓名", "证件类型", "证件号码"), ("张伟", "身份证" if not reason else "护照", number)]
    assert {2: reason} == reasons(workbook_of({"a": rows}), "xlsx")
