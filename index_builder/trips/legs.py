"""Reads legs: a table of legs as text becomes one of runs, positions, stops and times.

The same code reads the legs of cases and those of passenger lists, so that both mean the same. It
runs on legs that matter only: those of cases, and those on a vehicle that carried a case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis

from index_builder.normalise.times import moment
from index_builder.runtime.workspace import Workspace
from index_builder.trips.distinct_values import Vocabulary, with_meanings
from index_builder.trips.layout_join import LAYOUT_COLUMNS, Layouts, with_layout
from index_builder.trips.place_residues import PlaceResidues, residue_columns
from index_builder.trips.positions import POSITION_COLUMNS, positions
from index_builder.trips.stop_positions import STOP_COLUMNS, StopPositions

RUN_SPAN_MAX_DAYS = 6
"""A leg longer than this is taken for a slip of the pen: no scheduled run takes a week."""

_COLUMNS = (
    "leg",
    "mode",
    "service",
    "service_date",
    "run_date",
    "booking",
    *POSITION_COLUMNS,
    *(column for column in STOP_COLUMNS if column not in {"day_first", "day_last", "nights"}),
    "board_at",
    "alight_at",
    "times_faulty",
    "end_date",
    *LAYOUT_COLUMNS,
)
LEG_TEXTS = ("carriage", "seat", "board", "alight", "board_time", "alight_time", "role", "booking")
"""The texts of a leg, of a case and of a traveller alike."""
PLACE_TEXTS = ("carriage", "seat", "role")
"""Those that say where aboard somebody was."""


_READ_LATER = ("board", "alight", "board_time", "alight_time")
CellCleaner = Callable[[str, str], str]
"""Given a column and a cell as delivered, returns the cell trimmed and in the standard's words."""


def as_written(_column: str, cell: str) -> str:
    """Return a cell that is clean already."""
    return cell


@dataclass(frozen=True, slots=True)
class TripReading:
    """What is needed to read legs beyond their own texts.

    stop_positions: where stops lie in their runs; layouts: how carriages are laid out.
    """

    stop_positions: StopPositions
    layouts: Layouts


def with_places(  # noqa: PLR0913 - legs, and what is known of their cells
    work: Workspace,
    name: str,
    table: ibis.Table,
    clean: CellCleaner = as_written,
    *,
    residues: PlaceResidues | None = None,
    cells: ibis.Table | None = None,
) -> ibis.Table:
    """Return legs with POSITION_COLUMNS: one row for each leg and place aboard that it names.

    table: leg (its number), mode and PLACE_TEXTS, as delivered, and more; clean: what a cell of a
    column means before it is read. Result: all of them, the carriage as written as carriage_text.
    residues: where to warn of cells that were not understood as a whole; cells: mode and
    PLACE_TEXTS of every leg, where they are known already.
    """
    legs = _without_nulls(table)

    doubtful: list[tuple[str, ...]] = []

    def places(mode: str, *cells: str) -> Iterable[tuple[Any, ...]]:
        carriage, seat, role = map(clean, PLACE_TEXTS, cells)
        columns = residue_columns(mode, carriage, seat)
        doubtful.extend((mode, *cells[:2], column) for column in columns)
        return positions(mode, carriage, seat, role.lower())

    aboard = ("mode", "carriage_text", "seat", "role")
    words = Vocabulary(f"{name}_positions", aboard, POSITION_COLUMNS, places)
    placed = with_meanings(work, legs, words, None if cells is None else _without_nulls(cells))
    if residues:
        residues.warn(work, legs, doubtful)
    return placed


def _without_nulls(legs: ibis.Table) -> ibis.Table:
    legs = legs.mutate(**{text: legs[text].fill_null("") for text in PLACE_TEXTS})
    return legs.rename(carriage_text="carriage")


def read_legs(work: Workspace, name: str, placed: ibis.Table, reading: TripReading) -> ibis.Table:
    """Return what the texts of legs mean, stored as `name`; see legs_as_read."""
    return work.keep(name, legs_as_read(work, name, placed, reading))


def legs_as_read(
    work: Workspace, name: str, placed: ibis.Table, reading: TripReading
) -> ibis.Table:
    """Read the texts of legs; return what they mean, not stored.

    name: of what is stored on the way; placed: as with_places returns them. Result: one row for
    each leg, place aboard and date on which its run may have begun: leg, mode, service,
    service_date, run_date, booking, POSITION_COLUMNS, STOP_COLUMNS, board_at, alight_at, end_date
    (the last date aboard), LAYOUT_COLUMNS.
    """
    legs = placed.select(
        *("leg", "mode", "service", "service_date", *POSITION_COLUMNS),
        **{text: placed[text].fill_null("") for text in _READ_LATER},
        booking=placed.booking.fill_null("").upper(),
    )
    for words in _vocabularies(name, reading):
        legs = with_meanings(work, legs, words)
    legs = _dated(legs)
    if reading.layouts.count:  # then they are asked twice
        legs = work.keep(f"{name}_dated", legs)
    legs = with_layout(work, name, _on_runs(legs), reading.layouts)
    return legs.select(*_COLUMNS)


def _vocabularies(name: str, reading: TripReading) -> list[Vocabulary]:
    stops = ("service", "board", "alight")
    return [
        Vocabulary(f"{name}_stops", stops, STOP_COLUMNS, reading.stop_positions),
        *(
            Vocabulary(f"{name}_{end}", (f"{end}_time",), {f"{end}_at": "timestamp"}, _moment_row)
            for end in ("board", "alight")
        ),
    ]


def _moment_row(text: str) -> list[tuple[datetime | None]]:
    return [(moment(text) if text else None,)]


def _dated(legs: ibis.Table) -> ibis.Table:
    """Drop times that contradict the date, and add the last date aboard."""
    ends_after = (legs.alight_at.date() - legs.service_date).cast("int64")
    plausible = (
        (legs.board_at < legs.alight_at).fill_null(True)
        & (legs.board_at.date() == legs.service_date).fill_null(True)
        & ends_after.between(0, RUN_SPAN_MAX_DAYS).fill_null(True)
    )
    legs = legs.mutate(
        times_faulty=~plausible,
        board_at=plausible.ifelse(legs.board_at, ibis.null("timestamp")),
        alight_at=plausible.ifelse(legs.alight_at, ibis.null("timestamp")),
    )
    # Trains run late: what the leg's own time says goes beyond what the timetable says.
    by_time = (legs.alight_at.date() - legs.service_date).cast("int64")
    nights = ibis.greatest(legs.nights.cast("int64").fill_null(0), by_time.fill_null(0))
    return legs.mutate(
        nights=nights,
        end_date=legs.service_date + nights.cast("int32").as_interval("D"),
    )


def _on_runs(legs: ibis.Table) -> ibis.Table:
    """One row for each date on which the leg's run may have begun.

    With a timetable: the boarding date less the days that the run has been under way at the stop.
    Without one, a leg that its times show to last past midnight meets whoever boarded on any of
    its dates; a flight has one date.
    """
    overnight = (legs.mode != "flight").ifelse(legs.nights, 0)
    first = ibis.coalesce(-legs.day_last.cast("int64"), 0)
    last = ibis.coalesce(-legs.day_first.cast("int64"), overnight)
    offsets = ibis.range(first.cast("int64"), last.cast("int64") + 1)
    legs = legs.mutate(run_offset=offsets.unnest())
    run_date = legs.service_date + legs.run_offset.cast("int32").as_interval("D")
    return legs.mutate(run_date=run_date.cast("date"))
