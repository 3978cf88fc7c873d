"""A workbook is read as its program would have saved it as CSV, or refused with the way out."""

import datetime
import zipfile
from contextlib import suppress
from random import Random

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from index_builder.sources.reject_list import RejectList
from tables.header import HeaderNaming
from tables.table_faults import TableUnreadable
from tables.xlsx_table import XlsxTable

HEADER = ["mode", "number", "service_date", "id_number", "seat"]
NAMING = HeaderNaming(tuple(HEADER), required=tuple(HEADER[:4]), known_columns=frozenset(HEADER))
ROW = ["train", "G1", "2020-01-20", "X0000001", "1A"]


class Reading:
    def __init__(self, folder):
        self.file = folder / "legs.xlsx"
        self.rejects = RejectList(folder, folder)

    def write(self, fill, sheet="Sheet1"):
        with xlsxwriter.Workbook(self.file) as book:
            fill(book, book.add_worksheet(sheet))
        return self

    def __call__(self, rows, **options):
        def fill(book, sheet):
            for place, cells in enumerate(rows):
                sheet.write_row(place, 0, cells)

        return self.write(fill, **options).rows()

    def rows(self):
        self.table = XlsxTable(self.file, self.rejects, "legs", NAMING)
        read = {}
        for batch in self.table:
            for row, *cells in zip(batch.rows, *batch.columns.values(), strict=True):
                read[row] = cells
        return read

    @property
    def reasons(self):
        return [(column, reason) for _, column, reason in self.rejects.reasons]


@pytest.fixture
def read(tmp_path):
    return Reading(tmp_path)


def test_rows_are_numbered_as_the_spreadsheet_shows_them_and_blank_rows_are_none(read):
    rows = read([HEADER, ROW, [], ROW, ["", " ", "", "", ""]])
    assert {2: ROW, 4: ROW} == rows
    assert (2, HEADER) == (read.table.rows_read, read.table.header)


def test_a_title_above_the_header_is_no_header(read):
    assert {4: ROW} == read([["Passengers of G1"], [], HEADER, ROW])


def test_a_table_may_stand_anywhere_in_its_sheet(read):
    def fill(book, sheet):
        sheet.write_row("C4", HEADER)
        sheet.write_row("C5", ROW)

    assert {5: ROW} == read.write(fill).rows()


def test_a_document_number_stored_as_a_long_number_rejects_its_row_and_says_why(read):
    rows = read([HEADER, ROW, [*ROW[:3], 99000019800101123, "2A"]])
    assert {2: ROW} == rows
    ((column, reason),) = read.reasons
    assert "id_number" == column
    assert "more than 15 digits" in reason


def test_dates_and_times_of_a_workbook_are_read_by_their_format(read):
    def fill(book, sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROW)
        day, clock = (book.add_format({"num_format": each}) for each in ("yyyy/m/d", "h:mm"))
        sheet.write_datetime(1, 2, datetime.datetime(2020, 1, 20), day)  # noqa: DTZ001
        sheet.write_number(1, 4, 25 / 24, clock)

    assert ["2020-01-20", "25:00:00"] == [read.write(fill).rows()[2][place] for place in (2, 4)]


def test_cells_merged_downwards_hold_for_every_row_and_are_reported(read):
    def fill(book, sheet):
        sheet.write_row(0, 0, HEADER)
        for row in (1, 2, 3):
            sheet.write_row(row, 0, ROW if row == 3 else [*ROW[:2], None, *ROW[3:]])
        sheet.merge_range(1, 2, 2, 2, "2020-01-21")

    rows = read.write(fill).rows()
    assert ["2020-01-21", "2020-01-21", "2020-01-20"] == [cells[2] for cells in rows.values()]
    assert any("merged" in remark for remark in read.table.remarks)


def test_cells_merged_across_columns_reject_their_row(read):
    def fill(book, sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROW)
        sheet.merge_range(2, 0, 2, 4, "two passengers in all")

    assert {2: ROW} == read.write(fill).rows()
    assert [("", "cells merged across columns")] == read.reasons


def test_titles_and_notes_are_told_by_row_merged_or_not(read):
    def fill(book, sheet):
        sheet.merge_range(0, 0, 0, 4, "名单：2020年1月")
        sheet.write_row(1, 0, ["填报日期：", "2020-02-03"])
        sheet.write_row(2, 0, HEADER)
        sheet.merge_range(3, 0, 3, 4, "一、列车")
        sheet.write_row(4, 0, ROW)
        sheet.write_row(5, 0, ["注：以上信息来自官方发布"])

    assert {5: ROW} == read.write(fill).rows()
    assert (1, []) == (read.table.rows_read, read.reasons)
    assert [
        "legs.xlsx: titles above the header, not read: rows 1-2",
        "legs.xlsx: rows taken as titles, notes or totals and not read: 4, 6",
    ] == read.table.remarks


def test_dates_under_a_seat_or_a_number_are_told_as_made_by_the_spreadsheet(read):
    def fill(book, sheet):
        sheet.write_row(0, 0, HEADER)
        day = book.add_format({"num_format": "d-mmm"})
        for row in (1, 2):
            sheet.write_row(row, 0, ROW)
        for column in (2, 4):
            sheet.write_datetime(1, column, datetime.datetime(2020, 3, 12), day)  # noqa: DTZ001

    assert "2020-03-12" == read.write(fill).rows()[2][4]
    assert [
        "legs.xlsx: seat holds dates or times, which the spreadsheet may have made of text such as "
        "3-12: rows 2"
    ] == read.table.remarks


def test_errors_of_the_spreadsheet_are_unknown_and_their_places_told(read):
    def fill(book, sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 4, "=NA()", None, "#N/A")

    assert {2: [*ROW[:4], ""]} == read.write(fill).rows()
    (remark,) = read.table.remarks
    assert "1 cells hold an error" in remark
    assert "(E2)" in remark


def test_the_sheet_named_as_the_table_is_read_and_the_others_are_told_by_place(read):
    def fill(book, sheet):
        sheet.write(0, 0, "notes on 甲某")
        legs = book.add_worksheet("LEGS")
        legs.write_row(0, 0, HEADER)
        legs.write_row(1, 0, ROW)
        hidden = book.add_worksheet("甲某")
        hidden.write(0, 0, "x")
        hidden.hide()

    assert {2: ROW} == read.write(fill).rows()
    assert ["legs.xlsx: sheets not read: 1, 3 (hidden)"] == read.table.remarks


@pytest.mark.parametrize("hidden", [False, True])
def test_two_sheets_that_may_both_be_the_table_are_refused(read, hidden):
    def fill(book, sheet):
        for each in (sheet, book.add_worksheet("legs")):
            each.write_row(0, 0, HEADER)
            each.write_row(1, 0, ROW)
        sheet = book.add_worksheet("notes")
        if hidden:
            book.get_worksheet_by_name("legs").hide()

    with pytest.raises(TableUnreadable, match="sheets 1 and 2 may all be the table"):
        read.write(fill).rows()


def test_a_header_that_names_a_column_twice_is_refused(read):
    with pytest.raises(TableUnreadable, match=r"twice: columns 1 and 6 \(mode\)"):
        read([[*HEADER, "mode"], [*ROW, "x"]])


def test_formulas_without_results_are_refused_with_the_way_out(read):
    read([HEADER, ROW])
    change_sheet(read.file, b'<c r="E2" t="s"><v>9</v></c>', b'<c r="E2"><f>A1</f></c>')
    with pytest.raises(TableUnreadable, match="open it in the spreadsheet program and save"):
        read.rows()


@pytest.mark.parametrize(
    "place", [b'r="XFD1048576"', b"r='XFD1048576'", b'r = "xfd1048576"', b'\nr="XFD1048576"']
)
def test_one_cell_far_away_is_refused_before_a_reader_lays_out_all_before_it(read, place):
    read([HEADER, ROW])
    change_sheet(read.file, b'r="E2"', place)
    with pytest.raises(TableUnreadable, match="reaches to row 1,048,576 and column 16,384"):
        read.rows()


@pytest.mark.parametrize("count", ["1999999999999", " 1999999999999", "+1999999999999"])
def test_more_texts_than_a_part_has_bytes_for_are_refused_before_a_reader_makes_room(read, count):
    read([HEADER, ROW])
    with zipfile.ZipFile(read.file) as archive:
        texts = archive.read("xl/sharedStrings.xml")
    begin = texts.index(b'uniqueCount="') + len(b'uniqueCount="')
    end = texts.index(b'"', begin)
    huge = texts[:begin] + count.encode() + texts[end:]
    change_sheet(read.file, texts, huge, "xl/sharedStrings.xml")
    with pytest.raises(TableUnreadable, match="not a whole XLSX file"):
        read.rows()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read, monkeypatch):
    monkeypatch.setattr("tables.workbooks.check.UNPACKED_MAX_BYTES", 10_000)
    with zipfile.ZipFile(read.file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 10_001)
    with pytest.raises(TableUnreadable, match="unpacked; save it as CSV or Parquet"):
        read.rows()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0rest", "locked by a password, or an old .xls"),
        (b"", "not a whole XLSX file"),
        (b"case_id\nC1\n", "not a whole XLSX file"),
        (b"PK\x03\x04rest", "not a whole XLSX file"),
    ],
)
def test_what_is_no_workbook_is_refused(read, data, words):
    read.file.write_bytes(data)
    with pytest.raises(TableUnreadable, match=words):
        read.rows()


def test_an_empty_workbook_is_refused(read):
    with pytest.raises(TableUnreadable, match="empty"):
        read([])


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_or_cut_workbook_is_refused(read, seed):
    read([HEADER, *[ROW] * 50])
    data, random = bytearray(read.file.read_bytes()), Random(seed)  # noqa: S311
    if seed % 2:
        del data[random.randrange(1, len(data)) :]
    else:
        for _ in range(len(data) // 100):
            data[random.randrange(len(data))] = random.randrange(256)
    read.file.write_bytes(data)
    with pytest.raises(TableUnreadable, match=r"legs\.xlsx"):
        read.rows()


@given(st.data())
def test_any_change_within_a_whole_workbook_is_read_or_refused(tmp_path_factory, data):
    read = Reading(tmp_path_factory.mktemp("book"))
    read([HEADER, ROW, ROW])
    with zipfile.ZipFile(read.file) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/")]
        name = data.draw(st.sampled_from(names))
        part = archive.read(name).decode()
    at = data.draw(st.integers(0, len(part) - 1))
    to = data.draw(st.integers(at, min(at + 60, len(part))))
    new = data.draw(st.sampled_from(["", "<c>", "</c>", "r=", "99999999999", '"', "A1", "s"]))
    change_sheet(read.file, part.encode(), f"{part[:at]}{new}{part[to:]}".encode(), name)
    with suppress(TableUnreadable):
        read.rows()


def change_sheet(file, old, new, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(file) as archive:
        parts = {member.filename: archive.read(member) for member in archive.infolist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    with zipfile.ZipFile(file, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
