"""The `notices` command's work: a file of published notices in, trips and rejects out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index_builder.notices.day_order import day_first
from index_builder.notices.decoding import DAMAGED, NoticesUnreadable, decoded
from index_builder.notices.headings import Columns, recognised
from index_builder.notices.rejects import RowRejected
from index_builder.notices.trips import Trip, trip

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
# A cell over this many lines is a quotation mark that was never closed.
_CELL_MAXIMUM_LINES = 20
_DELIMITERS = ",\t;"


@dataclass(frozen=True, slots=True)
class NoticesOutcome:
    """How many rows there were and what became of them; read = accepted + rejected."""

    read: int
    accepted: int
    rejected: int
    duplicates: int = 0  # of the accepted
    encoding: str = "utf-8"


def read_notices(
    file: Path, out: Path, progress: Callable[[int], None] | None = None
) -> NoticesOutcome:
    """Write one row to `out` for each usable row of `file`, rejects to `<out>.rejects.csv`.

    progress is called with the number of rows done. Blank lines are no rows, yet are counted in
    row numbers, as a spreadsheet counts them. Both outputs appear together, at the end.
    Raises NoticesUnreadable where no row can be read; OSError where the outputs cannot be written.
    """
    rejects = out.with_name(f"{out.name}.rejects.csv")
    if file.resolve() in (out.resolve(), rejects.resolve()):
        raise NoticesUnreadable(file, "would be overwritten", "Name another output file.")
    text, encoding = decoded(file)
    columns, rows = _table(file, text)
    parts = [path.with_name(f"{path.name}.part") for path in (out, rejects)]
    try:
        with (
            parts[0].open("w", encoding="utf-8", newline="") as trips_to,
            parts[1].open("w", encoding="utf-8", newline="") as rejects_to,
        ):
            counts = _written(columns, rows, trips_to, rejects_to, progress)
        for part, path in zip(parts, (out, rejects), strict=True):
            part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    accepted, rejected, duplicates = counts
    return NoticesOutcome(accepted + rejected, accepted, rejected, duplicates, encoding)


def _table(file: Path, text: str) -> tuple[Columns, list[tuple[int, list[str]]]]:
    records = _records(file, text)
    _, headings = next(records, (0, []))
    columns = recognised(headings)
    missing = columns.missing()
    if missing:
        reason = "has no heading row" if len(missing) > 1 else f"has no column for {missing[0]}"
        advice = "The first row must name the columns: kind, number, date, carriage, seats, …"
        raise NoticesUnreadable(file, reason, advice)
    return columns, list(records)


def _records(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with its number; the headings come first, as row 1."""
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


def _written(
    columns: Columns,
    rows: Sequence[tuple[int, list[str]]],
    trips_to: io.TextIOBase,
    rejects_to: io.TextIOBase,
    progress: Callable[[int], None] | None,
) -> tuple[int, int, int]:
    """Write both outputs; return how many rows were accepted, rejected and duplicates."""
    trip_rows = csv.writer(trips_to, lineterminator="\n")
    reject_rows = csv.writer(rejects_to, lineterminator="\n")
    trip_rows.writerow(OUTPUT_COLUMNS)
    reject_rows.writerow(REJECT_COLUMNS)
    first_with: dict[tuple[object, ...], int] = {}
    day_comes_first = day_first(columns.cell(row, "date").text for _, row in rows)
    accepted = duplicates = 0
    for done, (number, row) in enumerate(rows, start=1):
        try:
            found = _checked(row, columns, day_comes_first=day_comes_first)
        except RowRejected as rejected:
            reject_rows.writerow((number, rejected.column, rejected.sentence))
        else:
            first = first_with.setdefault(found.fact(), number)
            again = "" if first == number else str(first)
            trip_rows.writerow((number, *found.cells(), again, _original(row, columns)))
            accepted += 1
            duplicates += again != ""
        if progress:
            progress(done)
    return accepted, len(rows) - accepted, duplicates


def _checked(row: Sequence[str], columns: Columns, *, day_comes_first: bool | None) -> Trip:
    for place, cell in enumerate(row):
        heading = f"column {place + 1}"
        if place >= len(columns.headings) and cell.strip():
            raise RowRejected(heading, "too_many_cells")
        if DAMAGED in cell:
            raise RowRejected(heading, "damaged_bytes")
        if len(cell) > CELL_MAXIMUM_CHARACTERS:
            raise RowRejected(heading, "cell_too_long")
    return trip(row, columns, day_comes_first=day_comes_first)


def _original(row: Sequence[str], columns: Columns) -> str:
    """The cells as they came, under the file's own headings, as one line of JSON."""
    cells = {
        heading or f"column {place + 1}": row[place] if place < len(row) else ""
        for place, heading in enumerate(columns.headings)
    }
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
