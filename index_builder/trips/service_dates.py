"""The days that cells of service_date name: each distinct cell is read once."""

from collections.abc import Iterable

import ibis

from exposure_index.trip_text.dates import (
    FIRST_EXPOSURE_DATE,
    LAST_EXPOSURE_DATE,
    DateCell,
    DateFault,
    date_notation,
    read_date_cell,
)
from exposure_index.trip_text.day_forms import DateNotation
from index_builder.runtime.workspace import Workspace
from index_builder.sources.source import Source
from index_builder.trips.trip_cells import named_cells

_SCHEMA = {"date_text": "string", "date": "date", "day_place": "int32", "date_fault": "string"}


def read_dates(work: Workspace, source: Source, leg_cells: ibis.Table | None) -> ibis.Table:
    """Return the days of each cell of legs and case_legs, a row a day; stored.

    Columns: date_text; date, null where the cell is no date that the index can hold; day_place, 0
    for the first day of the cell; date_fault, why it has none (a DateFault). Each table proves for
    itself whether it writes the day or the month first; a cell that means one day in one table and
    another, or none, in the other has no date.
    """
    notations: dict[str, set[DateNotation]] = {}
    for (cells,) in named_cells(source, leg_cells, ("case_legs",), ("service_date",)):
        notation = date_notation(cells)
        for cell in cells:
            notations.setdefault(cell, set()).add(notation)
    rows = [row for text in sorted(notations) for row in _rows(text, notations[text])]
    return work.small("dates", _SCHEMA, rows)


def _rows(text: str, notations: Iterable[DateNotation]) -> list[tuple[object, ...]]:
    readings = {read_date_cell(text, notation) for notation in notations}
    cell = readings.pop() if len(readings) == 1 else DateCell(fault=DateFault.AMBIGUOUS)
    if not all(FIRST_EXPOSURE_DATE <= day <= LAST_EXPOSURE_DATE for day in cell.days):
        cell = DateCell(fault=DateFault.UNREADABLE)
    if cell.fault:
        return [(text, None, 0, cell.fault.value)]
    return [(text, day, place, None) for place, day in enumerate(cell.days)]
