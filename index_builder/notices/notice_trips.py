"""Reads one row of a notices file as one trip."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from exposure_index.trip_text.folding import says_unknown, spaced
from exposure_index.trip_text.modes import MODES_WITH_CARRIAGES
from exposure_index.trip_text.service_numbers import is_plate, mode_by_shape
from index_builder.normalise import (
    Places,
    SeatPosition,
    carriages,
    clock,
    date,
    mode,
    numbers,
    seats,
    station,
)
from index_builder.normalise.number_doubts import doubt_reason
from index_builder.notices.day_order import Dating, date_of
from index_builder.notices.notice_headings import Columns
from index_builder.notices.notice_rejects import RowRejected
from index_builder.notices.notice_times import dating_of_row, times

SOURCE_MAX_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class NoticeTrip:
    """One published trip; a blank text or None is unknown."""

    mode: str
    numbers: tuple[str, ...]
    service_date: datetime.date
    carriages: tuple[str, ...]
    seats: str
    board: str
    alight: str
    board_time: datetime.datetime | None
    alight_time: datetime.datetime | None
    published: datetime.date | None = None
    source: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the trip's columns as written out, from mode to alight_time."""
        return (
            self.mode,
            "/".join(self.numbers),
            self.service_date.isoformat(),
            "/".join(self.carriages),
            self.seats,
            self.board,
            self.alight,
            self.board_time.isoformat() if self.board_time else "",
            self.alight_time.isoformat() if self.alight_time else "",
        )

    def fact(self) -> tuple[object, ...]:
        """Return what two rows must share to tell the same; the order of numbers does not count."""
        return (frozenset(self.numbers), *self.cells()[:1], *self.cells()[2:])


def read_trip(row: Sequence[str], columns: Columns, dating: Dating) -> NoticeTrip:
    """Return the trip of a row. Raises RowRejected where it cannot be used."""
    number_cell, implied = columns.number(row)
    kind = _mode(row, columns, implied, number_cell.text)
    numbers_found = numbers(kind, _with_airline(kind, number_cell.text, row, columns))
    if not numbers_found:
        raise RowRejected(number_cell.heading, "number_unknown")
    dating = dating_of_row(dating, row, columns)
    service_date = _service_date(row, columns, dating)
    _check_dates(service_date, row, columns, dating)
    places, carriages = _place(kind, row, columns)
    board, alight = columns.ends(row)
    board_time, alight_time = times(row, columns, service_date, dating)
    return NoticeTrip(
        mode=kind,
        numbers=numbers_found,
        service_date=service_date,
        carriages=carriages,
        seats=places,
        board=station(board),
        alight=station(alight),
        board_time=board_time,
        alight_time=alight_time,
        published=date(columns.cell(row, "published").text),
        source=_one_line(columns.cell(row, "source").text),
    )


def unknown_places(trip: NoticeTrip, row: Sequence[str], columns: Columns) -> tuple[str, ...]:
    """Return the headings whose cell of a carriage or seat holds more than was understood."""
    aboard, named = trip.mode in MODES_WITH_CARRIAGES, trip.carriages or trip.seats
    carriage_cell, seat_cell = (columns.cell(row, name) for name in ("carriage", "seats"))
    unread = {
        carriage_cell: aboard and (not named or carriages(trip.mode, carriage_cell.text).residue),
        seat_cell: not named or seats(trip.mode, seat_cell.text).residue,
    }
    cells = [cell for cell in (carriage_cell, seat_cell) if unread[cell]]
    return tuple(
        dict.fromkeys(cell.heading for cell in cells if not says_unknown(spaced(cell.delivered)))
    )


def doubt_of(trip: NoticeTrip, row: Sequence[str], columns: Columns) -> tuple[str, str] | None:
    """Return the heading of a number that may join less than it should, and why; else None."""
    cell, _ = columns.number(row)
    reason = doubt_reason(trip.mode, _with_airline(trip.mode, cell.text, row, columns))
    return (cell.heading, reason) if reason else None


def _with_airline(kind: str, number: str, row: Sequence[str], columns: Columns) -> str:
    """`1234` beside a column with the airline's name is read as `Qantas 1234`."""
    airline = columns.cell(row, "operator").text
    alone = kind == "flight" and airline and re.fullmatch(r"[0-9]{1,4}", number.strip())
    return f"{airline} {number}" if alone else number


def _check_dates(
    service_date: datetime.date, row: Sequence[str], columns: Columns, dating: Dating
) -> None:
    """Reject a row that two columns date differently; Victoria writes each date twice."""
    for cell in columns.other_cells(row, "date"):
        try:
            other = date_of(cell.text, cell.heading, dating)
        except RowRejected:
            continue  # 3/8/2021 beside 2021-08-03 says nothing against it
        if other != service_date:
            raise RowRejected(cell.heading, "dates_differ")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:SOURCE_MAX_CHARACTERS]


def _mode(row: Sequence[str], columns: Columns, implied: str | None, number: str) -> str:
    """Return the mode of the cell, of the number's heading or of its shape, in this order.

    A word that is no mode counts for none only where heading and shape agree: 国际 under 航班, not
    自驾 under 车次.
    """
    cell = columns.cell(row, "mode")
    mode_of_cell = mode(cell.text)
    if mode_of_cell:
        return mode_of_cell
    by_shape = mode_by_shape(number)
    if implied in ("flight", "train") and is_plate(number):
        implied = None
    if not says_unknown(spaced(cell.text)) and (implied is None or implied != by_shape):
        raise RowRejected(cell.heading, "mode_unknown")
    found = implied or by_shape
    if found is None:
        raise RowRejected(cell.heading, "mode_missing")
    return found


def _service_date(row: Sequence[str], columns: Columns, dating: Dating) -> datetime.date:
    cell = columns.cell(row, "date")
    started = columns.cell(row, "board_time")
    if not cell.text and clock(started.text) is None:
        cell = started if started.text else cell
    return date_of(cell.text, cell.heading, dating)


def _place(kind: str, row: Sequence[str], columns: Columns) -> tuple[str, tuple[str, ...]]:
    """Return seats and carriages; people write the seat into the carriage cell and the reverse."""
    seat_cell = seats(kind, columns.cell(row, "seats").text)
    carriage_text = columns.cell(row, "carriage").text
    carriage_cell = carriages(kind, carriage_text)
    if kind not in MODES_WITH_CARRIAGES:
        beside = Places() if carriage_cell.carriages else seats(kind, carriage_text)
        return _seats_text([seat_cell, beside], ()), ()
    labels = tuple(dict.fromkeys((*carriage_cell.carriages, *seat_cell.carriages)))
    if carriage_cell.residue or seat_cell.carriage_unknown:
        labels = ()
    return _seats_text([seat_cell, carriage_cell], labels), labels


def _seats_text(cells: Sequence[Places], labels: Sequence[str]) -> str:
    """The places of a cell of seats and of the one beside it; in which carriage, of several."""
    positions = dict.fromkeys(
        _position_text(position, several=len(labels) > 1)
        for each in cells
        for position in each.positions
    )
    texts = list(positions)
    if any(each.standing for each in cells):
        texts.append("无座")
    if any(each.crew for each in cells):
        texts.append("CC")
    in_part = any(each.positions and each.unknown and not each.crew for each in cells)
    if positions and (in_part or cells[0].residue):
        texts.append("unknown")
    return "|".join(texts)


def _position_text(position: SeatPosition, *, several: bool) -> str:
    prefix = f"{position.carriage}车" if position.carriage and several else ""
    if position.berth:
        return f"{prefix}{position.berth}{position.level or ''}"
    return f"{prefix}{position.row}{position.letter or '排'}"
