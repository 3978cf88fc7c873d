"""The rows of a notices file: CSV in any usual form, an XLSX workbook, or Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from index_builder.notices.decoding import NoticesUnreadable
from index_builder.notices.heading_table import NUMBER_FIELDS
from index_builder.notices.notice_headings import Columns, check_mapping, recognise
from index_builder.notices.notice_rejects import RowRejected
from index_builder.sources.parquet_table import ParquetTable
from tables.column_mapping import MAPPING_FILE, MappingRefused, TableMapping
from tables.csv_records import CELL_TOO_LONG, NOT_TEXT, QUOTES_OPEN, ROWS_IN_QUOTES
from tables.csv_rows import ABOVE_HEADER, CsvRows, Rows
from tables.table_faults import TableUnreadable
from tables.text_encodings.encodings import EncodingRefused
from tables.xlsx_table import DIGITS_LOST, MERGED_ACROSS, XlsxRows

_WORKBOOK, _OLD_WORKBOOK, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
_CODES = {
    NOT_TEXT: "damaged_bytes",
    CELL_TOO_LONG: "cell_too_long",
    QUOTES_OPEN: "quotation_open",
    ROWS_IN_QUOTES: "quotation_open",
    ABOVE_HEADER: "above_headings",
    DIGITS_LOST: "digits_lost",
    MERGED_ACROSS: "cells_merged",
}
_ESSENTIAL = ("date", "board_time", *NUMBER_FIELDS, "description")
_MISSING_ADVICE = (
    "The header must name mode, number, service_date, carriage, seat, …, as published lists do; "
    "where a column has another name, say so in a mapping file (--columns FILE.toml; in a source "
    f"directory {MAPPING_FILE})."
)


@dataclass(frozen=True, slots=True)
class NoticeRows:
    """The recognised columns, and each row that is not blank with its number in the file.

    faults: of the rows, those that their reader could not take apart; they have no cells.
    remarks: what the file holds besides, by row.
    """

    columns: Columns
    rows: list[tuple[int, list[str]]]
    encoding: str
    faults: Mapping[int, RowRejected] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _NoticeHeader:
    """The header of notices, for the readers of tables: a number and a date are named."""

    mapping: TableMapping | None
    holds_names: bool = False
    may_hold_notes: bool = True

    @property
    def encoding(self) -> str:
        return self.mapping.encoding if self.mapping else ""

    def __call__(self, cells: Sequence[str]) -> list[str]:
        return [cell.strip() for cell in cells]

    def is_header(self, cells: Sequence[str]) -> bool:
        return not self._columns(cells).missing()

    def known(self, cells: Sequence[str]) -> int:
        places = self._columns(cells).places.values()
        return len({place.column for of_field in places for place in of_field})

    def required_places(self, headings: Sequence[str]) -> tuple[int, ...]:
        """No row of data has one cell only among these, though not every one fills them all."""
        places = self._columns(headings).places
        of_fields = (place for name in _ESSENTIAL for place in places.get(name, ()))
        return tuple(dict.fromkeys(place.column for place in of_fields))

    def _columns(self, cells: Sequence[str]) -> Columns:
        return recognise(cells, self.mapping)


@dataclass(slots=True)
class _Faults:
    """The rows that the readers of tables could not take apart."""

    rows: dict[int, RowRejected] = field(default_factory=dict)

    def reject(self, _table: str, row: int, column: str, reason: str) -> None:
        self.rows.setdefault(row, RowRejected(column, _CODES[reason]))


def notice_rows(file: Path, mapping: TableMapping | None = None) -> NoticeRows:
    """Return the rows of a file; mapping: the part of the mapping file about notices.

    Raises NoticesUnreadable where no row can be read, or the mapping file does not fit.
    """
    try:
        with file.open("rb") as start:
            magic = start.read(4)
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or 'input error'})"
        raise NoticesUnreadable(file, reason, "Check the path and its permissions.") from None
    if magic == _OLD_WORKBOOK:
        reason = "is an old or locked spreadsheet workbook"
        raise NoticesUnreadable(file, reason, "Save it as CSV (UTF-8).")
    if magic == _PARQUET:
        return _parquet_rows(file, mapping)
    header, faults = _NoticeHeader(mapping), _Faults()
    try:
        if magic == _WORKBOOK:
            sheet = XlsxRows(file, faults, "notices", header)
            table = _Table(file, sheet.headings, sheet, "xlsx", sheet.remarks)
        else:
            rows = CsvRows(file, faults, "notices", header, any_width=True)
            encoding = rows.encoding.removesuffix("-sig")
            table = _Table(file, rows.headings, rows, encoding, rows.remarks)
        return _collected(table, mapping, faults)
    except EncodingRefused as error:
        advice = f"{error.advice[:1].upper()}{error.advice[1:]}."
        raise NoticesUnreadable(file, error.reason, advice) from error
    except TableUnreadable as error:
        _, _, reason = str(error).partition(": ")
        raise NoticesUnreadable(file, reason, "Save it as CSV (UTF-8) and try again.") from error


@dataclass(frozen=True, slots=True)
class _Table:
    """What every reader of a kind of file gives."""

    file: Path
    headings: Sequence[str]
    blocks: Iterable[Rows]
    encoding: str
    remarks: Callable[[], list[str]] = list


def _parquet_rows(file: Path, mapping: TableMapping | None) -> NoticeRows:
    try:
        table = ParquetTable(file, list)
        blocks = _parquet_blocks(table)
        return _collected(_Table(file, table.headings, blocks, "parquet"), mapping, _Faults())
    except (TableUnreadable, pa.ArrowException, OSError) as error:
        reason = "is not readable as Parquet"
        raise NoticesUnreadable(file, reason, "Write it again, or save it as CSV.") from error


def _parquet_blocks(table: ParquetTable) -> Iterator[Rows]:
    for batch in table.batches(table.header):
        rows, *columns = (column.to_pylist() for column in batch.columns)
        cells = [[cell or "" for cell in record] for record in zip(*columns, strict=True)]
        filled = [at for at, record in enumerate(cells) if any(record)]
        yield [rows[at] for at in filled], [cells[at] for at in filled]


def _collected(table: _Table, mapping: TableMapping | None, faults: _Faults) -> NoticeRows:
    columns = recognise(table.headings, mapping)
    if missing := columns.missing():
        reason = "has no heading row" if len(missing) > 1 else f"has no column for {missing[0]}"
        raise NoticesUnreadable(table.file, reason, _MISSING_ADVICE)
    try:
        check_mapping(columns)
    except MappingRefused as error:
        raise NoticesUnreadable(table.file, str(error), "Mend the mapping file.") from error
    rows: dict[int, list[str]] = {}
    for numbers, records in table.blocks:
        rows.update(zip(numbers, records, strict=True))
    rows |= {row: [] for row in faults.rows}
    remarks = tuple(table.remarks())
    return NoticeRows(columns, sorted(rows.items()), table.encoding, faults.rows, remarks)
