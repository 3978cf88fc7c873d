"""The times of a row of a notices file: read whole, or unknown and told."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from exposure_index.trip_text.folding import says_unknown, spaced
from index_builder.normalise import clock, date, is_day_or_moment, moment
from index_builder.notices.day_order import Dating
from index_builder.notices.notice_headings import Columns


def dating_of_row(dating: Dating, row: Sequence[str], columns: Columns) -> Dating:
    """Return how to date a row: its own day of publication counts before that of the file."""
    published = date(columns.cell(row, "published").text)
    return replace(dating, published=published or dating.published)


def unknown_times(row: Sequence[str], columns: Columns, dating: Dating) -> tuple[str, ...]:
    """Return the headings whose cell of a time is neither a time nor a day, as a whole."""
    dating = dating_of_row(dating, row, columns)
    cells = [columns.cell(row, field) for field in ("board_time", "alight_time")]
    return tuple(
        cell.heading
        for cell in cells
        if not says_unknown(spaced(cell.text))
        and clock(cell.text) is None
        and not is_day_or_moment(cell.text, dating.notation, dating.published)
    )


def times(
    row: Sequence[str], columns: Columns, service_date: datetime.date, dating: Dating
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return both times; those that contradict each other or the date prove nothing, and go."""
    board = _time(columns.cell(row, "board_time").text, service_date, dating)
    alight = _time(columns.cell(row, "alight_time").text, service_date, dating)
    if board and board.date() != service_date:
        board = None
    if (board and alight and alight < board) or (alight and alight.date() < service_date):
        return None, None
    return board, alight


def _time(cell: str, service_date: datetime.date, dating: Dating) -> datetime.datetime | None:
    minutes = clock(cell)
    if minutes is None:
        return moment(cell, dating.notation, dating.published)
    return moment(f"{service_date.isoformat()} {minutes // 60}:{minutes % 60:02}")
