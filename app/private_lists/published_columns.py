"""Output of a list under the published columns, as `index-builder check --people` writes it."""

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from app.private_lists.list_rows import ListRow
from app.private_lists.person_answer import PersonAnswer

COLUMNS = (
    *("id_type", "id_number", "name"),
    *("status", "tier", "mode", "number", "service_date", "rule"),
)
_NO_TRIP = ("",) * 5


def write_published(target: TextIO, rows: Iterable[tuple[ListRow, PersonAnswer | None]]) -> None:
    """Write the answers as CSV: a line for each trip, two at most, one for whoever has none.

    Raises what the rows raise, and OSError.
    """
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, answer in rows:
        writer.writerows(_lines(row, answer))


def _lines(row: ListRow, answer: PersonAnswer | None) -> Iterator[tuple[str, ...]]:
    person = row.person
    cells = (person.id_type, person.id_number, person.name) if person else ("", "", "")
    if answer is None:
        yield (*cells, "invalid", *_NO_TRIP)
        return
    if not answer.trips:
        yield (*cells, answer.status, *_NO_TRIP)
    for trip in answer.trips:
        yield (*cells, answer.status, *trip)
