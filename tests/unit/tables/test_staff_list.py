"""Staff lists: every row of every kind of file, and whom each asks about."""

import io
import json

import pytest
import xlsxwriter
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.parsing import InvalidIdentity
from tables.staff_list import (
    ColumnsUnclear,
    ListChoice,
    ListRefused,
    ListSource,
    claims_of,
    open_staff_list,
    reason_of,
)

HEADER = "证件类型,证件号码,姓名,部门"
RESIDENT = "99010119800101001" + calc_check_digit("990101198001010010")


def source(data, kind="csv"):
    return ListSource("list", kind, lambda: io.BytesIO(data))


def workbook(rows, **options):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    return file.getvalue()


def rows_of(data, kind="csv", choice=None):
    found = open_staff_list(source(data, kind), choice)
    return [row for block in found.blocks() for row in block]


def reasons(data, kind="csv", choice=None):
    """Row → why it is not checked, "" where it is."""
    found = {}
    for row in rows_of(data, kind, choice):
        found[row.row] = row.reason
        if row.person is not None:
            try:
                claims_of(row.person)
            except InvalidIdentity as error:
                found[row.row] = reason_of(error)
    return found


def refusal(data, kind="csv", choice=None):
    with pytest.raises(ListRefused) as error:
        open_staff_list(source(data, kind), choice)
    return error.value.code


def test_a_csv_list_gives_its_people_and_its_own_cells():
    data = f"{HEADER}\n身份证,{RESIDENT},张伟,研发\n".encode()
    (row,) = rows_of(data)
    assert (2, ("身份证", RESIDENT, "张伟", "研发"), "resident") == (
        row.row,
        row.cells,
        row.person.kind,
    )


def test_a_workbook_gives_its_people_and_its_own_cells():
    rows = [("演示工厂员工名单",), ("工号", "姓名", "证件号码"), (7, "张伟", RESIDENT)]
    (row,) = rows_of(workbook(rows), "xlsx")
    assert (3, ("7", "张伟", RESIDENT)) == (row.row, row.cells)


def test_json_lines_give_their_people_and_values():
    line = {"name": "张伟", "id_number": RESIDENT, "no": 7}
    (row,) = rows_of(json.dumps(line).encode() + b"\n", "jsonl")
    assert (1, ("张伟", RESIDENT, "7"), RESIDENT) == (row.row, row.cells, row.person.id_number)


def test_a_bad_row_keeps_its_place_and_blocks_no_other():
    data = f"{HEADER}\n身份证,{RESIDENT},张伟,一\n身份证,张伟\n身份证,{RESIDENT},王芳,二\n".encode()
    assert {2: "", 3: "row_unreadable", 4: ""} == reasons(data)


def test_a_list_without_known_headings_asks_which_column_is_which():
    data = f"甲,乙\n{RESIDENT},张伟\n{RESIDENT},王芳\n".encode()
    with pytest.raises(ColumnsUnclear) as error:
        open_staff_list(source(data))
    assert {"id_number": 0, "name": 1} == error.value.suggestion
    choice = ListChoice(columns=error.value.suggestion)
    assert ["张伟", "王芳"] == [row.person.name for row in rows_of(data, choice=choice)]


def test_a_number_in_a_numeric_cell_past_fifteen_digits_has_lost_some():
    rows = [("姓名", "证件号码"), ("张伟", 990101198001010000), ("王芳", RESIDENT)]
    assert {2: "digits_lost", 3: ""} == reasons(workbook(rows), "xlsx")


def test_a_list_that_ends_in_the_middle_of_a_row_is_refused():
    data = f"{HEADER}\n身份证,{RESIDENT},张伟,研发\n身份证,9901".encode()
    assert "cut_row" == refusal(data)
