"""The rows of a notices file: CSV in any usual form, an XLSX workbook, or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from index_builder.notices.decoding import NoticesUnreadable, decode
from index_builder.notices.notice_headings import Columns, check_mapping, recognise
from index_builder.sources.parquet_table import ParquetTable
from tables.column_mapping import MAPPING_FILE, MappingRefused, TableMapping
from tables.csv_table import TableUnreadable
from tables.workbook import Sheet
from tables.workbook_cells import Cell, DigitsLost, cell_text

# A cell over this many lines is a quotation mark that was never closed.
_CELL_MAXIMUM_LINES = 20
_MISSING_ADVICE = (
    "The first row must name the columns: kind, number, date, carriage, seats, …; where a column "
    f"has another name, say so in {MAPPING_FILE}."
)
_DELIMITERS = ",\t;"
_WORKBOOK, _PARQUET = b"PK\x03\x04", b"PAR1"


@dataclass(frozen=True, slots=True)
class NoticeRows:
    """The recognised columns, and each row that is not blank with its number (headings: row 1)."""

    columns: Columns
    rows: list[tuple[int, list[str]]]
    encoding: str


def notice_rows(file: Path, mapping: TableMapping | None = None) -> NoticeRows:
    """Return the rows of a file; mapping: the part of the mapping file about notices.

    Raises NoticesUnreadable where no row can be read, or the mapping file does not fit.
    """
    if _begins_with(file, _WORKBOOK):
        return _with_columns(file, _workbook_records(file, mapping), "xlsx", mapping)
    if _begins_with(file, _PARQUET):
        return _with_columns(file, _parquet_records(file), "parquet", mapping)
    text, encoding = decode(file)
    return _with_columns(file, _csv_records(file, text), encoding, mapping)


def _begins_with(file: Path, magic: bytes) -> bool:
    try:
        with file.open("rb") as start:
            return start.read(len(magic)) == magic
    except OSError:
        return False  # decoded() tells it


def _with_columns(
    file: Path,
    records: Iterable[tuple[int, list[str]]],
    encoding: str,
    mapping: TableMapping | None,
) -> NoticeRows:
    rows = iter(records)
    _, headings = next(rows, (0, []))
    columns = recognise(headings, mapping)
    missing = columns.missing()
    if missing:
        reason = "has no heading row" if len(missing) > 1 else f"has no column for {missing[0]}"
        raise NoticesUnreadable(file, reason, _MISSING_ADVICE)
    try:
        check_mapping(columns)
    except MappingRefused as error:
        raise NoticesUnreadable(file, str(error), "Mend the mapping file.") from error
    return NoticeRows(columns, list(rows), encoding)


def _csv_records(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            reason = f"cannot be read as CSV at row {number + 1}"
            raise NoticesUnreadable(file, reason, "Save it as CSV (UTF-8) again.") from None
        if row is None:
            return
        number += 1
        if any(cell.count("\n") > _CELL_MAXIMUM_LINES for cell in row):
            reason = f"has a quotation mark at row {number} that is never closed"
            raise NoticesUnreadable(file, reason, "Close it, or save the file as CSV again.")
        if any(cell.strip() for cell in row):
            yield number, row


def _workbook_records(file: Path, mapping: TableMapping | None) -> Iterator[tuple[int, list[str]]]:
    """The headings may stand below a title; rows above them are none."""

    def are_headings(cells: Sequence[Cell]) -> bool:
        return not recognise([_text(cell) for cell in cells], mapping).missing()

    try:
        below_title = False
        for number, cells in Sheet(file, "notices", are_headings):
            row = [_text(cell) for cell in cells]
            below_title = below_title or are_headings(cells)
            if below_title:
                yield number, row
    except TableUnreadable as error:
        _, _, reason = str(error).partition(": ")
        raise NoticesUnreadable(file, reason, "Save the sheet as CSV (UTF-8).") from error


def _parquet_records(file: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        table = ParquetTable(file, list)
        yield 1, table.headings
        for batch in table.batches(table.header):
            rows, *columns = (column.to_pylist() for column in batch.columns)
            for row, *cells in zip(rows, *columns, strict=True):
                if any(cells):
                    yield row, [cell or "" for cell in cells]
    except (TableUnreadable, pa.ArrowException, OSError) as error:
        reason = "is not readable as Parquet"
        raise NoticesUnreadable(file, reason, "Write it again, or save it as CSV.") from error


def _text(cell: Cell) -> str:
    try:
        return cell_text(cell)
    except DigitsLost:
        return str(cell)  # no column of a notice is so long a number
