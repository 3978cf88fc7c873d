import io
import tempfile
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from app.bulk.results.workbook import (
    CELL_MAX_CHARACTERS,
    COLUMNS_MAX,
    ROWS_MAX,
    SHEET,
    WorkbookTooSmall,
    workbook,
)

HEADINGS = ["姓名", "证件号码"]


def content_of(rows):
    return b"".join(workbook(HEADINGS, rows, len(rows)))


def cells_of(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_one_row_for_each_row_in_order_every_cell_a_text(row_of, listed):
    rows = [listed, row_of(("白露未", "99"), "duplicate", duplicate_of=2)]
    assert [
        ["姓名", "证件号码", "status", "tier", "act_until", "reason", "duplicate_of"],
        ["舒小满", "990000198001011234", "exposed", "close", "2020-02-05", "", ""],
        ["白露未", "99", "duplicate", "", "", "", "2"],
    ] == cells_of(content_of(rows))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(row_of, start):
    content = content_of([row_of((f"{start}1+1", "b"), f"{start}1", reason=f"{start}1")])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    assert b"<f>" not in sheet
    [_, row] = sheet.split(b'<row r="2">')
    assert row.count(b"<c r=") == row.count(b't="inlineStr"') == 4


def test_what_xml_cannot_hold_is_written_as_excel_writes_it(row_of):
    cells = ("a\x01<&>\"'_x0041_", "  b\n ")
    assert [*cells, "not_found"] == cells_of(content_of([row_of(cells)]))[1][:3]


def test_a_cell_longer_than_excel_holds_is_cut(row_of):
    [_, cells] = cells_of(content_of([row_of(("x" * 40_000, "y"))]))
    assert CELL_MAX_CHARACTERS == len(cells[0])


def test_more_than_a_sheet_holds_is_refused_at_once():
    with pytest.raises(WorkbookTooSmall):
        workbook(HEADINGS, [], ROWS_MAX + 1)
    with pytest.raises(WorkbookTooSmall):
        workbook(["x"] * COLUMNS_MAX, [], 1)


def test_no_temporary_file_is_made(row_of, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    rows = [row_of(("x" * 100, "y"))] * 3_000
    assert 3_001 == len(cells_of(content_of(rows)))


def test_a_long_sheet_comes_in_blocks(row_of):
    rows = (row_of((f"{number * 7919:050x}"[::-1], f"{number}")) for number in range(20_000))
    assert len(list(workbook(HEADINGS, rows, 20_000))) > 3
