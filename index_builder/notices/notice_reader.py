"""Reads a file of exposure notices into trips and rejects: the work of the command `notices`."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index_builder.notices.day_order import Dating, day_first
from index_builder.notices.decoding import DAMAGED, NoticesUnreadable
from index_builder.notices.notice_headings import Columns
from index_builder.notices.notice_rejects import RowRejected
from index_builder.notices.notice_rows import NoticeRows, notice_rows
from index_builder.notices.notice_trips import NoticeTrip, read_trip

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

    @property
    def used(self) -> int:
        """How many rows hold a trip that no earlier row holds."""
        return self.accepted - self.duplicates


def read_notices(
    file: Path,
    out: Path,
    progress: Callable[[int], None] | None = None,
    published: datetime.date | None = None,
) -> NoticesOutcome:
    """Write one row to `out` for each usable row of `file`, rejects to `<out>.rejects.csv`.

    progress is called with the number of rows done. published: the day of publication, for dates
    without a year in rows that do not tell it themselves. Blank lines are no rows, yet are counted
    in row numbers, as a spreadsheet counts them. Both outputs appear together, at the end.
    Raises NoticesUnreadable where no row can be read; OSError where the outputs cannot be written.
    """
    rejects = out.with_name(f"{out.name}.rejects.csv")
    if file.resolve() in (out.resolve(), rejects.resolve()):
        raise NoticesUnreadable(file, "would be overwritten", "Name another output file.")
    rows = notice_rows(file)
    parts = [path.with_name(f"{path.name}.part") for path in (out, rejects)]
    try:
        with (
            parts[0].open("w", encoding="utf-8", newline="") as trips_to,
            parts[1].open("w", encoding="utf-8", newline="") as rejects_to,
        ):
            outcome = _write(rows, (trips_to, rejects_to), published, progress)
        for part, path in zip(parts, (out, rejects), strict=True):
            part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return outcome


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One row of a notices file: its trip, or why it cannot be used.

    number: of the row, headings being row 1; duplicate_of: the first row with the same trip.
    """

    number: int
    cells: Sequence[str]
    trip: NoticeTrip | None
    reject: RowRejected | None = None
    duplicate_of: int | None = None


def trips_of(rows: NoticeRows, published: datetime.date | None = None) -> Iterator[NoticeRow]:
    """Yield each row with its trip or reject; published: as read_notices has it."""
    columns = rows.columns
    order = day_first(columns.cell(row, "date").text for _, row in rows.rows)
    dating = Dating(order, published)
    first_with: dict[tuple[object, ...], int] = {}
    for number, row in rows.rows:
        try:
            trip = _read_row(row, columns, dating)
        except RowRejected as reason:
            yield NoticeRow(number, row, None, reason)
        else:
            first = first_with.setdefault(trip.fact(), number)
            yield NoticeRow(number, row, trip, None, None if first == number else first)


def _write(
    read: NoticeRows,
    outputs: tuple[io.TextIOBase, io.TextIOBase],
    published: datetime.date | None,
    progress: Callable[[int], None] | None,
) -> NoticesOutcome:
    """Write both outputs and count; every row read is in one of them."""
    trip_rows, reject_rows = (csv.writer(output, lineterminator="\n") for output in outputs)
    trip_rows.writerow(OUTPUT_COLUMNS)
    reject_rows.writerow(REJECT_COLUMNS)
    accepted = rejected = duplicates = 0
    for done, row in enumerate(trips_of(read, published), start=1):
        if row.reject:
            reject_rows.writerow((row.number, row.reject.column, row.reject.sentence))
            rejected += 1
        if row.trip:
            earlier = "" if row.duplicate_of is None else str(row.duplicate_of)
            original = _original(row.cells, read.columns)
            trip_rows.writerow((row.number, *row.trip.cells(), earlier, original))
            accepted += 1
            duplicates += earlier != ""
        if progress:
            progress(done)
    return NoticesOutcome(len(read.rows), accepted, rejected, duplicates, read.encoding)


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
