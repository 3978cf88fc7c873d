import io
import tempfile
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from app.spreadsheets.workbook import (
    CELL_MAX_CHARACTERS,
    COLUMNS_MAX,
    ROWS_MAX,
    SHEET,
    Highlight,
    SheetText,
    WorkbookTooSmall,
    workbook,
)

COLUMNS = ("姓名", "证件号码")
TEXT = SheetText("people", COLUMNS)


def content_of(rows, text=TEXT):
    return b"".join(workbook(text, rows, len(rows)))


def cells_of(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def sheet_of(content):
    return zipfile.ZipFile(io.BytesIO(content)).read(SHEET)


def test_one_row_for_each_row_in_order_every_cell_a_text():
    rows = [["舒小满", "990000198001011234"], ["白露未", "99"]]
    assert [list(COLUMNS), *rows] == cells_of(content_of(rows))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start):
    sheet = sheet_of(content_of([(f"{start}1+1", f"{start}1")]))
    assert b"<f>" not in sheet
    [_, row] = sheet.split(b'<row r="2">')
    assert row.count(b"<c r=") == row.count(b't="inlineStr"') == 2


def test_what_xml_cannot_hold_is_written_as_excel_writes_it():
    cells = ["a\x01<&>\"'_x0041_", "  b\n "]
    assert cells == cells_of(content_of([cells]))[1]


def test_a_cell_longer_than_excel_holds_is_cut():
    [_, cells] = cells_of(content_of([("x" * 40_000, "y")]))
    assert CELL_MAX_CHARACTERS == len(cells[0])


def test_more_than_a_sheet_holds_is_refused_at_once():
    with pytest.raises(WorkbookTooSmall):
        workbook(TEXT, [], ROWS_MAX + 1)
    with pytest.raises(WorkbookTooSmall):
        workbook(SheetText("wide", ["x"] * (COLUMNS_MAX + 1)), [], 1)


def test_cells_of_the_value_to_highlight_stand_out():
    text = SheetText("people", COLUMNS, Highlight(1, "fever"))
    assert b'sqref="B2"' in sheet_of(content_of([("a", "fever")], text))


def test_no_temporary_file_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    rows = [("x" * 100, "y")] * 3_000
    assert 3_001 == len(cells_of(content_of(rows)))


def test_a_long_sheet_comes_in_blocks():
    rows = ((f"{number * 7919:050x}"[::-1], f"{number}") for number in range(20_000))
    assert len(list(workbook(TEXT, rows, 20_000))) > 3
