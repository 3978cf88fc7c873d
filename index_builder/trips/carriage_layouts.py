"""Carriage layouts: class, air conditioning, and the physical order of rows, bays and compartments.

Rows skip 13 and jump between cabins, so distance is counted in the order of the layout, not in row
numbers. Without a layout rows count in integer order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from exposure_index.trip_text.folding import compact
from index_builder.normalise.layout_ranges import LayoutFault, columns_of, rows_of, units_of
from index_builder.normalise.yes_no import yes_or_no
from index_builder.rules.rule_set import CARRIAGE_CLASSES

_Part = TypeVar("_Part")
CLASS_WHEN_UNKNOWN = "hard_seat"
AIRCON_WHEN_UNKNOWN = True

_CLASS_WORDS: Mapping[str, str] = {
    **{name.upper(): name for name in CARRIAGE_CLASSES},
    **{name.upper().replace("_", ""): name for name in CARRIAGE_CLASSES},
    "硬座": "hard_seat",
    "硬卧": "hard_sleeper",
    "软卧": "soft_sleeper",
    "高级软卧": "soft_sleeper",
    "软座": "seat",
    "二等座": "seat",
    "一等座": "seat",
    "商务座": "seat",
}


@dataclass(frozen=True, slots=True)
class LayoutCells:
    """The distinct texts that describe a carriage, as written ("" where blank)."""

    carriage_class: str
    aircon: str
    rows: str
    units: str
    seats: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a carriage's description means; faults: columns that could not be read."""

    carriage_class: str
    aircon: bool
    class_known: bool
    aircon_known: bool
    rows: tuple[int, ...]
    units: tuple[tuple[int, int], ...]
    columns: tuple[str, ...]
    faults: tuple[str, ...]


def read_layout(cells: LayoutCells) -> Layout:
    """Return the meaning of a description; what cannot be read takes the wider default."""
    faults: list[str] = []
    carriage_class = _CLASS_WORDS.get(compact(cells.carriage_class))
    if cells.carriage_class and carriage_class is None:
        faults.append("class")
    aircon = yes_or_no(cells.aircon)
    if cells.aircon and aircon is None:
        faults.append("aircon")
    rows = _described(cells.rows, rows_of, "rows", faults)
    units = _described(cells.units, units_of, "units", faults)
    columns = _described(cells.seats, columns_of, "seats", faults)
    return Layout(
        carriage_class=carriage_class or CLASS_WHEN_UNKNOWN,
        aircon=AIRCON_WHEN_UNKNOWN if aircon is None else aircon,
        class_known=carriage_class is not None,
        aircon_known=aircon is not None,
        rows=rows,
        units=units,
        columns=columns,
        faults=tuple(faults),
    )


def _described(
    cell: str,
    read: Callable[[str], tuple[_Part, ...]],
    column: str,
    faults: list[str],
) -> tuple[_Part, ...]:
    """Return what a cell describes; () and a fault where it is not a description as a whole."""
    try:
        return read(cell)
    except LayoutFault:
        faults.append(column)
        return ()


def row_orders(layouts: Iterable[tuple[int, Layout]]) -> list[tuple[int, int, int]]:
    """Return (layout number, row, its place in physical order)."""
    return [
        (number, row, place)
        for number, layout in layouts
        for place, row in enumerate(dict.fromkeys(layout.rows))
    ]


def unit_orders(layouts: Iterable[tuple[int, Layout]]) -> list[tuple[int, int, int]]:
    """Return (layout number, berth, the place of its unit in physical order)."""
    return [
        (number, berth, place)
        for number, layout in layouts
        for place, (first, last) in enumerate(layout.units)
        for berth in range(first, last + 1)
    ]


def column_orders(layouts: Iterable[tuple[int, Layout]]) -> list[tuple[int, str, int]]:
    """Return (layout number, seat letter, its place from one window); an aisle is no seat."""
    return [
        (number, letter, place)
        for number, layout in layouts
        for place, letter in enumerate(layout.columns)
    ]
