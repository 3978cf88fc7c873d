import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from app.bulk.results.result_files import results_csv, results_workbook
from app.spreadsheets.csv_file import FORMULA_STARTS
from app.spreadsheets.workbook import COLUMNS_MAX, WorkbookTooSmall

HEADINGS = ["姓名", "证件号码"]


def read(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_one_row_for_each_row_in_order_with_the_columns_added(row_of, listed):
    rows = [
        listed,
        row_of(("白露未", "x"), "not_checked", reason="too_short"),
        listed._replace(duplicate_of=2),
    ]
    assert [
        ["姓名", "证件号码", "status", "tier", "act_until", "reason", "duplicate_of"],
        ["舒小满", "990000198001011234", "exposed", "close", "2020-02-05", "", ""],
        ["白露未", "x", "not_checked", "", "", "too_short", ""],
        ["舒小满", "990000198001011234", "exposed", "close", "2020-02-05", "", "2"],
    ] == read(b"".join(results_csv(HEADINGS, rows)))


def test_a_workbook_has_the_same_rows(row_of, listed):
    rows = [listed, row_of(("白露未", "99"), "duplicate", duplicate_of=2)]
    content = b"".join(results_workbook(HEADINGS, rows, 2))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert read(b"".join(results_csv(HEADINGS, rows))) == sheet.to_python()


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_added_cell_begins_a_formula(row_of, start):
    row = row_of(("a", "b"), f"{start}1", f"{start}2", None, f"{start}3")
    [_, cells] = read(b"".join(results_csv(HEADINGS, [row])))
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


def test_more_columns_than_a_sheet_holds_are_refused_at_once():
    with pytest.raises(WorkbookTooSmall):
        results_workbook(["x"] * COLUMNS_MAX, [], 1)
