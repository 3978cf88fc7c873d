"""Reads a file of exposure notices into trips and rejects: the work of the command `notices`."""

from __future__ import annotations

import csv
import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from exposure_index.trip_text.dates import date_notation
from index_builder.notices.day_order import Dating
from index_builder.notices.decoding import DAMAGED, NoticesUnreadable
from index_builder.notices.notice_headings import Columns
from index_builder.notices.notice_rejects import NOT_A_TRIP, RowRejected
from index_builder.notices.notice_rows import NoticeRows, notice_rows
from index_builder.notices.notice_times import unknown_times
from index_builder.notices.notice_trips import NoticeTrip, doubt_of, read_trip, unknown_places
from tables.column_mapping import TableMapping

OUTPUT_COLUMNS = (
    "source_row",
    "mode",
    "number",
    "service_date",
    "carriage",
    "seats",
    "board",
    "alight",
    "board_time",
    "alight_time",
    "duplicate_of",
    "original",
)
REJECT_COLUMNS = ("row", "column", "reason")
"""Of the reject list, and of the list of cells that were taken as unknown."""
_PLACE_UNKNOWN = (
    "place_unknown: The cell is not understood as a whole; carriage or seat is unknown."
)
_TIME_UNKNOWN = "time_unknown: The cell is not understood as a whole; the time is unknown."
CELL_MAXIMUM_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class NoticesOutcome:
    """The control total of a notices file.

    read = accepted + rejected, and accepted = used + duplicates.
    """

    read: int
    accepted: int
    rejected: int
    duplicates: int = 0  # of the accepted
    encoding: str = "utf-8"  # or xlsx
    places: int = 0  # of the rejected: rows that name a place and no trip
    unknown_cells: int = 0  # of carriages, seats and times
    doubtful_numbers: int = 0  # of the accepted: they may join less than they should
    unread: tuple[str, ...] = ()  # headings of columns that were not read
    remarks: tuple[str, ...] = ()  # on the file: encoding, titles, notes

    @property
    def rejected_share(self) -> float:
        """The share of rejected rows among those that name a trip."""
        return (self.rejected - self.places) / max(self.read - self.places, 1)

    @property
    def used(self) -> int:
        """How many rows hold a trip that no earlier row holds."""
        return self.accepted - self.duplicates


@dataclass(frozen=True, slots=True)
class NoticeOptions:
    """How to read a file where it leaves something open.

    published: the day of publication, for dates without a year in rows that do not tell it
    themselves. mapping: the part of the mapping file about notices.
    """

    published: datetime.date | None = None
    mapping: TableMapping | None = None


def read_notices(
    file: Path,
    out: Path,
    progress: Callable[[int], None] | None = None,
    options: NoticeOptions | None = None,
) -> NoticesOutcome:
    """Write one row to `out` for each usable row of `file`, rejects to `<out>.rejects.csv`.

    Cells of carriages, seats and times that are taken as unknown go to `<out>.warnings.csv`.
    progress is called with the number of rows done. Blank lines are no rows, yet are counted in row
    numbers, as a spreadsheet counts them. The outputs appear together, at the end. Raises
    NoticesUnreadable where no row can be read; OSError where the outputs cannot be written.
    """
    options = options or NoticeOptions()
    outputs = [out, *(out.with_name(f"{out.name}.{name}.csv") for name in ("rejects", "warnings"))]
    if file.resolve() in (path.resolve() for path in outputs):
        raise NoticesUnreadable(file, "would be overwritten", "Name another output file.")
    rows = notice_rows(file, options.mapping)
    parts = [path.with_name(f"{path.name}.part") for path in outputs]
    try:
        with ExitStack() as stack:
            files = [
                stack.enter_context(part.open("w", encoding="utf-8", newline="")) for part in parts
            ]
            outcome = _write(rows, files, options.published, progress)
        for part, path in zip(parts, outputs, strict=True):
            part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return outcome


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One row of a notices file: its trip, or why it cannot be used.

    number: of the row, headings being row 1; duplicate_of: the first row with the same trip.
    warnings: heading and reason of each cell of a place or a time that was not understood; doubt:
    the heading of a number that may join less than it should, and why.
    """

    number: int
    cells: Sequence[str]
    trip: NoticeTrip | None
    reject: RowRejected | None = None
    duplicate_of: int | None = None
    warnings: tuple[tuple[str, str], ...] = ()
    doubt: tuple[str, str] | None = None


def trips_of(rows: NoticeRows, published: datetime.date | None = None) -> Iterator[NoticeRow]:
    """Yield each row with its trip or reject; published: as NoticeOptions has it."""
    columns = rows.columns
    notation = date_notation(
        columns.cell(row, "date").text or columns.cell(row, "board_time").text
        for _, row in rows.rows
    )
    dating = Dating(notation, published)
    first_with: dict[tuple[object, ...], int] = {}
    for number, row in rows.rows:
        try:
            if number in rows.faults:
                raise rows.faults[number]
            trip = _read_row(row, columns, dating)
        except RowRejected as reason:
            yield NoticeRow(number, row, None, reason)
        else:
            first = first_with.setdefault(trip.fact(), number)
            again = None if first == number else first
            warnings, doubt = _warnings(trip, row, columns, dating), doubt_of(trip, row, columns)
            yield NoticeRow(number, row, trip, None, again, warnings, doubt)


def _warnings(
    trip: NoticeTrip, row: Sequence[str], columns: Columns, dating: Dating
) -> tuple[tuple[str, str], ...]:
    return (
        *((heading, _PLACE_UNKNOWN) for heading in unknown_places(trip, row, columns)),
        *((heading, _TIME_UNKNOWN) for heading in unknown_times(row, columns, dating)),
    )


def _write(
    read: NoticeRows,
    outputs: Sequence[TextIO],
    published: datetime.date | None,
    progress: Callable[[int], None] | None,
) -> NoticesOutcome:
    """Write trips, rejects and warnings, and count; every row read is in one of the first two."""
    trip_rows, reject_rows, warnings = (
        csv.writer(output, lineterminator="\n") for output in outputs
    )
    trip_rows.writerow(OUTPUT_COLUMNS)
    reject_rows.writerow(REJECT_COLUMNS)
    warnings.writerow(REJECT_COLUMNS)
    counts: Counter[str] = Counter()
    for done, row in enumerate(trips_of(read, published), start=1):
        if row.reject:
            reject_rows.writerow((row.number, row.reject.column, row.reject.sentence))
            counts["rejected"] += 1
            counts["places"] += row.reject.code == NOT_A_TRIP
        if row.trip:
            earlier = "" if row.duplicate_of is None else str(row.duplicate_of)
            original = _original(row.cells, read.columns)
            trip_rows.writerow((row.number, *row.trip.cells(), earlier, original))
            counts["accepted"] += 1
            counts["duplicates"] += earlier != ""
        for warning in row.warnings:
            warnings.writerow((row.number, *warning))
            counts["unknown_cells"] += 1
        if row.doubt:
            warnings.writerow((row.number, row.doubt[0], f"number_doubtful: {row.doubt[1]}"))
            counts["doubtful_numbers"] += 1
        if progress:
            progress(done)
    return NoticesOutcome(
        read=len(read.rows),
        accepted=counts["accepted"],
        rejected=counts["rejected"],
        duplicates=counts["duplicates"],
        encoding=read.encoding,
        places=counts["places"],
        unknown_cells=counts["unknown_cells"],
        doubtful_numbers=counts["doubtful_numbers"],
        unread=read.columns.unread,
        remarks=read.remarks,
    )


def _read_row(row: Sequence[str], columns: Columns, dating: Dating) -> NoticeTrip:
    for place, cell in enumerate(row):
        heading = f"column {place + 1}"
        if place >= len(columns.headings) and cell.strip():
            raise RowRejected(heading, "too_many_cells")
        if DAMAGED in cell:
            raise RowRejected(heading, "damaged_bytes")
        if len(cell) > CELL_MAXIMUM_CHARACTERS:
            raise RowRejected(heading, "cell_too_long")
    return read_trip(row, columns, dating)


def _original(row: Sequence[str], columns: Columns) -> str:
    """The cells as they came, under the file's own headings, as one line of JSON."""
    cells = {
        heading or f"column {place + 1}": row[place] if place < len(row) else ""
        for place, heading in enumerate(columns.headings)
    }
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
