"""Joins legs with the layout of the carriage, cabin or aircraft that they were in."""

from dataclasses import dataclass

import ibis

from index_builder.runtime.workspace import Workspace
from index_builder.trips.carriage_layouts import AIRCON_WHEN_UNKNOWN, CLASS_WHEN_UNKNOWN

LAYOUT_COLUMNS = (
    "carriage_class",
    "aircon",
    "class_known",
    "aircon_known",
    "rows_known",
    "row_order",
    "area_first_order",
    "area_last_order",
    "unit_order",
    "column_order",
)
"""carriage_class and aircon: the wider default where not known; rows_known: whether a layout tells
the order of rows, else their numbers are it; row_order and area_*_order: place
in the physical order of rows; unit_order: of bays or compartments; column_order: of seats in a
row, from one window; null where not known."""


@dataclass(frozen=True, slots=True)
class Layouts:
    """described: mode, service, date and carriage (null and "" for all) → layout and its class;
    count: rows of it; row_orders, unit_orders, column_orders: physical order by layout."""

    count: int
    described: ibis.Table
    row_orders: ibis.Table
    unit_orders: ibis.Table
    column_orders: ibis.Table


def with_layout(work: Workspace, name: str, legs: ibis.Table, layouts: Layouts) -> ibis.Table:
    """Return the legs with LAYOUT_COLUMNS, by the most particular description there is.

    One of this date goes before one of any date, one of this carriage before one of any.
    """
    if not layouts.count:
        return _without_layout(legs)
    keys = legs.select("mode", "service", "run_date", "carriage").distinct()
    keys = keys.mutate(carriage_key=keys.carriage.fill_null(""))
    described = layouts.described
    fitting = keys.inner_join(
        described,
        [
            keys.mode == described.layout_mode,
            keys.service == described.layout_service,
            (described.layout_date == keys.run_date) | described.layout_date.isnull(),
            (described.layout_carriage == keys.carriage_key) | (described.layout_carriage == ""),
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
        fitting.has_columns.asc(),
        fitting.layout.asc(),
    ]
    ranked = fitting.mutate(
        choice=ibis.row_number().over(
            group_by=["mode", "service", "run_date", "carriage_key"], order_by=order
        )
    )
    best = ranked.filter(ranked.choice == 0).select(
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
    )
    best = work.keep(f"{name}_layouts", best)
    legs = legs.mutate(carriage_key=legs.carriage.fill_null(""))
    legs = legs.left_join(best, ["mode", "service", "run_date", "carriage_key"]).drop(
        "mode_right", "service_right", "run_date_right", "carriage_key_right"
    )
    rows, units, columns = layouts.row_orders, layouts.unit_orders, layouts.column_orders
    legs = legs.left_join(rows, [legs.layout == rows.row_layout, legs.seat_row == rows.layout_row])
    legs = legs.left_join(
        units, [legs.layout == units.unit_layout, legs.berth == units.layout_berth]
    )
    legs = legs.left_join(
        columns, [legs.layout == columns.column_layout, legs.letter == columns.layout_letter]
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
        carriage_class=ibis.coalesce(legs.layout_class, CLASS_WHEN_UNKNOWN),
        aircon=ibis.coalesce(legs.layout_aircon, AIRCON_WHEN_UNKNOWN),
        class_known=ibis.coalesce(legs.class_known, False),
        aircon_known=ibis.coalesce(legs.aircon_known, False),
        rows_known=~numbered,
        row_order=in_order(legs.row_place, legs.seat_row),
        area_first_order=in_order(legs.area_first_place, legs.area_first),
        area_last_order=in_order(legs.area_last_place, legs.area_last),
        unit_order=legs.unit_place,
        column_order=legs.column_place,
    )


def _without_layout(legs: ibis.Table) -> ibis.Table:
    """Nothing is described: the wider defaults, and rows in the order of their numbers."""
    return legs.mutate(
        carriage_class=ibis.literal(CLASS_WHEN_UNKNOWN),
        aircon=ibis.literal(AIRCON_WHEN_UNKNOWN),
        class_known=ibis.literal(False),
        aircon_known=ibis.literal(False),
        rows_known=ibis.literal(False),
        row_order=legs.seat_row,
        area_first_order=legs.area_first,
        area_last_order=legs.area_last,
        unit_order=ibis.null("int32"),
        column_order=ibis.null("int32"),
    )
