"""Legs on one footing: a table of legs as text becomes one of services, runs, places and times.

The same code reads the legs of cases and those of manifests, so that both mean the same. It runs
on legs that matter only: those of cases, and those on a vehicle that carried a case.
"""

from dataclasses import dataclass
from datetime import datetime

import ibis

from index_builder.normalise.times import moment
from index_builder.trips.distinct_values import Vocabulary, with_meanings
from index_builder.trips.positions import POSITION_COLUMNS, positions
from index_builder.trips.stop_positions import STOP_COLUMNS, StopPositions
from index_builder.workspace import Workspace

RUN_SPAN_MAX_DAYS = 6
"""A leg longer than this is taken for a slip of the pen: no scheduled run takes a week."""

_TEXTS = ("carriage", "seat", "board", "alight", "board_time", "alight_time", "role")


@dataclass(frozen=True, slots=True)
class TripReading:
    """What a source says of its services beyond the legs themselves.

    layouts: mode, service, date and carriage ("" and null for all) → layout; row_orders and
    unit_orders: physical order by layout.
    """

    stop_positions: StopPositions
    layouts: ibis.Table
    row_orders: ibis.Table
    unit_orders: ibis.Table


def read_legs(work: Workspace, name: str, table: ibis.Table, reading: TripReading) -> ibis.Table:
    """Return legs with all that their text says, stored as `name`.

    table: leg (its number), mode, service, service_date and the text columns of the dictionary.
    Result: one row for each leg, place aboard and date on which its run may have begun:
    leg, mode, service, service_date, run_date, POSITION_COLUMNS, STOP_COLUMNS, board_at,
    alight_at, end_date (the last date aboard), carriage_class, aircon, class_known, aircon_known,
    row_order and area_*_order (physical order), unit_order, has_units.
    """
    legs = table.mutate(**{text: table[text].fill_null("") for text in _TEXTS})
    legs = legs.mutate(role=legs.role.lower())
    legs = legs.rename(carriage_text="carriage")
    for words in _vocabularies(name, reading):
        legs = with_meanings(work, legs, words)
    legs = work.keep(f"{name}_dated", _dated(legs))
    legs = _on_runs(legs)
    return work.keep(name, _with_layout(work, name, legs, reading))


def _vocabularies(name: str, reading: TripReading) -> list[Vocabulary]:
    aboard = ("mode", "carriage_text", "seat", "role")
    stops = ("service", "board", "alight")
    return [
        Vocabulary(f"{name}_positions", aboard, POSITION_COLUMNS, positions),
        Vocabulary(f"{name}_stops", stops, STOP_COLUMNS, reading.stop_positions),
        *(
            Vocabulary(f"{name}_{end}", (f"{end}_time",), {f"{end}_at": "timestamp"}, _moment_row)
            for end in ("board", "alight")
        ),
    ]


def _moment_row(text: str) -> list[tuple[datetime | None]]:
    return [(moment(text) if text else None,)]


def _dated(legs: ibis.Table) -> ibis.Table:
    """Believe times only where they make sense, and tell the last date aboard."""
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


def _with_layout(work: Workspace, name: str, legs: ibis.Table, reading: TripReading) -> ibis.Table:
    """Join the most particular layout: of this date before any date, this carriage before any."""
    keys = legs.select("mode", "service", "run_date", "carriage").distinct()
    keys = keys.mutate(carriage_key=keys.carriage.fill_null(""))
    layouts = reading.layouts
    fitting = keys.inner_join(
        layouts,
        [
            keys.mode == layouts.layout_mode,
            keys.service == layouts.layout_service,
            (layouts.layout_date == keys.run_date) | layouts.layout_date.isnull(),
            (layouts.layout_carriage == keys.carriage_key) | (layouts.layout_carriage == ""),
        ],
    )
    # Of descriptions equally particular the wider one holds: sealed, no bed, no bays.
    order = [
        fitting.layout_date.isnull().asc(),
        (fitting.layout_carriage == "").asc(),
        fitting.layout_aircon.desc(),
        (fitting.layout_class == "soft_sleeper").asc(),
        fitting.has_units.asc(),
        fitting.has_rows.asc(),
        fitting.layout.asc(),
    ]
    ranked = fitting.mutate(
        choice=ibis.row_number().over(
            group_by=["mode", "service", "run_date", "carriage_key"], order_by=order
        )
    )
    chosen = ranked.filter(ranked.choice == 0).select(
        "mode",
        "service",
        "run_date",
        "carriage_key",
        "layout",
        "layout_class",
        "layout_aircon",
        "class_known",
        "aircon_known",
        "has_rows",
        "has_units",
    )
    chosen = work.keep(f"{name}_layouts", chosen)
    legs = legs.mutate(carriage_key=legs.carriage.fill_null(""))
    legs = legs.left_join(chosen, ["mode", "service", "run_date", "carriage_key"]).drop(
        "mode_right", "service_right", "run_date_right", "carriage_key_right"
    )
    rows, units = reading.row_orders, reading.unit_orders
    legs = legs.left_join(rows, [legs.layout == rows.row_layout, legs.seat_row == rows.layout_row])
    legs = legs.left_join(
        units, [legs.layout == units.unit_layout, legs.berth == units.layout_berth]
    )
    legs = legs.drop("row_layout", "layout_row")
    for end in ("first", "last"):
        of_area = rows.rename(**{f"area_{end}_place": "row_place"})
        on = [legs.layout == of_area.row_layout, legs[f"area_{end}"] == of_area.layout_row]
        legs = legs.left_join(of_area, on).drop("row_layout", "layout_row")
    numbered = ~legs.has_rows.fill_null(False)

    def in_order(place: ibis.Value, row: ibis.Value) -> ibis.Value:
        """The place in the layout's order; without a layout of rows their numbers are it."""
        return ibis.coalesce(place, numbered.ifelse(row, ibis.null("int32")))

    return legs.mutate(
        carriage_class=ibis.coalesce(legs.layout_class, "hard_seat"),
        aircon=ibis.coalesce(legs.layout_aircon, True),
        class_known=ibis.coalesce(legs.class_known, False),
        aircon_known=ibis.coalesce(legs.aircon_known, False),
        row_order=in_order(legs.row_place, legs.seat_row),
        area_first_order=in_order(legs.area_first_place, legs.area_first),
        area_last_order=in_order(legs.area_last_place, legs.area_last),
        unit_order=legs.unit_place,
        has_units=legs.has_units.fill_null(False),
    ).select(
        "leg",
        "mode",
        "service",
        "service_date",
        "run_date",
        *POSITION_COLUMNS,
        *(column for column in STOP_COLUMNS if column not in {"day_first", "day_last", "nights"}),
        "board_at",
        "alight_at",
        "times_faulty",
        "end_date",
        "carriage_class",
        "aircon",
        "class_known",
        "aircon_known",
        "row_order",
        "area_first_order",
        "area_last_order",
        "unit_order",
        "has_units",
    )
