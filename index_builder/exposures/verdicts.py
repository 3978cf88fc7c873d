"""Whether a zone around a case holds somebody, by its extent: vehicle, carriage, unit, rows, seats.

Where carriage, seat or berth is not known the zone widens to all it may have been. A case who is
crew has no seat: the zone is the area that they served, or all there is where that is not known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis

from exposure_index.label.model import Relation
from exposure_index.trip_text.modes import MODES_WITH_CARRIAGES

# An ibis column has no useful static type: it is built from column names.
Column = Any

_NO = ibis.literal(False)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether a zone holds somebody, how they sat, and what had to be assumed.

    carriage_unknown, seat_unknown: of the one or the other; no_units, no_rows, no_seats: the
    places are known, but not how the carriage is laid out.
    """

    holds: Column
    relation: Column
    carriage_unknown: Column = _NO
    seat_unknown: Column = _NO
    no_units: Column = _NO
    no_rows: Column = _NO
    no_seats: Column = _NO


def with_verdicts(pairs: ibis.Table) -> ibis.Table:
    """Return the pairs with what the extent of the zone says of each, never null.

    seated: whether the zone holds the place of a passenger; seated_relation: how the two sat;
    carriage_unknown, seat_unknown, no_units, no_rows, no_seats: what that rests on; served:
    whether a member of the crew served the zone; area_unknown: whether that had to be assumed.

    Each step is a projection of its own: written as one, the expression is repeated wherever it
    is used, and an engine reads hundreds of kilobytes of it.
    """
    pairs = _with_carriages(pairs)
    pairs = pairs.mutate(
        unit_apart=(pairs.case_unit_order - pairs.unit_order).abs(),
        row_apart=(pairs.case_row_order - pairs.row_order).abs(),
        column_apart=(pairs.case_column_order - pairs.column_order).abs(),
        near_area=_near_area(pairs),
    )
    extents = {
        "vehicle": _Verdict(ibis.literal(True), ibis.literal(int(Relation.SAME_VEHICLE))),
        "carriage": _in_carriage(pairs),
        "unit": _in_unit(pairs),
        "rows": _in_rows(pairs),
        "seats": _in_seats(pairs),
    }

    def by_extent(part: Callable[[_Verdict], Column]) -> Column:
        return ibis.cases(
            *((pairs.extent == extent, part(verdict)) for extent, verdict in extents.items())
        )

    pairs = pairs.mutate(
        seated=by_extent(lambda verdict: verdict.holds),
        carriage_unknown=by_extent(lambda verdict: verdict.carriage_unknown),
        seat_unknown=by_extent(lambda verdict: verdict.seat_unknown),
        no_units=by_extent(lambda verdict: verdict.no_units),
        no_rows=by_extent(lambda verdict: verdict.no_rows),
        no_seats=by_extent(lambda verdict: verdict.no_seats),
        in_area=_area_meets_zone(pairs),
        seated_relation=by_extent(lambda verdict: verdict.relation),
    )
    everywhere = pairs.extent == "vehicle"
    carriages_known = pairs.with_carriages & ~pairs.carriage_lost
    by_name = pairs.with_carriages & pairs.same_carriage
    area_known = pairs.in_area.notnull() | carriages_known | everywhere
    return pairs.mutate(
        served=pairs.in_area.fill_null(False) | by_name | everywhere | ~area_known,
        area_unknown=~area_known,
    )


def _with_carriages(pairs: ibis.Table) -> ibis.Table:
    """Add whether both carriages are known and the same, and whether one of them is not known.

    A case who is crew was in every carriage of the area served.
    """
    served = pairs.carriage.try_cast("int32").between(pairs.case_area_first, pairs.case_area_last)
    case_known = pairs.case_carriage.notnull() | pairs.case_area_first.notnull()
    return pairs.mutate(
        with_carriages=pairs.mode.isin(MODES_WITH_CARRIAGES),
        same_carriage=(pairs.case_carriage == pairs.carriage).fill_null(False)
        | served.fill_null(False),
        carriage_lost=~case_known | pairs.carriage.isnull(),
    )


def _near_area(pairs: ibis.Table) -> Column:
    """Whether a row is near those that the case served as crew; null where that says nothing.

    An area is one of rows only where there are no carriages.
    """
    near = pairs.row_order.between(
        pairs.case_area_first_order - pairs.distance, pairs.case_area_last_order + pairs.distance
    )
    return pairs.with_carriages.ifelse(ibis.null("boolean"), near)


def _area_meets_zone(pairs: ibis.Table) -> Column:
    """Whether the area of a member of the crew meets the zone; null where one is not known.

    An area is a range of carriages on trains and of rows elsewhere.
    """
    number = pairs.case_carriage.try_cast("int32")
    first_row = ibis.coalesce(pairs.case_row_order, pairs.case_area_first_order)
    last_row = ibis.coalesce(pairs.case_row_order, pairs.case_area_last_order)
    case_first = pairs.with_carriages.ifelse(
        ibis.coalesce(number, pairs.case_area_first), first_row - pairs.distance
    )
    case_last = pairs.with_carriages.ifelse(
        ibis.coalesce(number, pairs.case_area_last), last_row + pairs.distance
    )
    area_first = pairs.with_carriages.ifelse(pairs.area_first, pairs.area_first_order)
    area_last = pairs.with_carriages.ifelse(pairs.area_last, pairs.area_last_order)
    return (area_first <= case_last) & (area_last >= case_first)


def _in_carriage(pairs: ibis.Table) -> _Verdict:
    relation = pairs.same_carriage.ifelse(int(Relation.SAME_CARRIAGE), int(Relation.UNKNOWN))
    return _Verdict(
        pairs.same_carriage | pairs.carriage_lost, relation, carriage_unknown=pairs.carriage_lost
    )


def _in_unit(pairs: ibis.Table) -> _Verdict:
    apart, same = pairs.unit_apart, pairs.same_carriage
    placed = same & apart.notnull()
    berths_known = pairs.case_berth.notnull() & pairs.berth.notnull()
    relation = ibis.cases(
        (placed & (apart == 0), int(Relation.SAME_UNIT)),
        (placed, int(Relation.NEIGHBOURING)),
        (same, int(Relation.SAME_CARRIAGE)),
        else_=int(Relation.UNKNOWN),
    )
    return _Verdict(
        pairs.carriage_lost | (same & (apart.isnull() | (apart <= pairs.distance))),
        relation,
        carriage_unknown=pairs.carriage_lost,
        seat_unknown=~berths_known,
        no_units=same & berths_known & apart.isnull(),
    )


def _in_rows(pairs: ibis.Table) -> _Verdict:
    """Rows in one cabin; on vehicles with carriages only those of the same one."""
    here = ~pairs.with_carriages | pairs.same_carriage | pairs.carriage_lost
    apart = pairs.row_apart
    near = (apart <= pairs.distance).fill_null(False) | pairs.near_area.fill_null(False)
    placed = (
        apart.notnull() & (~pairs.with_carriages | pairs.same_carriage)
    ) | pairs.near_area.notnull()
    relation = ibis.cases(
        (placed & (apart == 0), int(Relation.SAME_ROW)),
        (placed, int(Relation.NEIGHBOURING)),
        else_=int(Relation.UNKNOWN),
    )
    return _Verdict(
        here & (~placed | near),
        relation,
        carriage_unknown=pairs.with_carriages & pairs.carriage_lost,
        seat_unknown=~placed,
        no_rows=placed & ~(pairs.case_rows_known & pairs.rows_known),
    )


def _in_seats(pairs: ibis.Table) -> _Verdict:
    """As rows, and near in the row too, where the layout tells the order of its seats."""
    rows = _in_rows(pairs)
    across = pairs.column_apart
    far = (across > pairs.distance).fill_null(False) & ~rows.seat_unknown
    letters_known = pairs.case_letter.notnull() & pairs.letter.notnull()
    return _Verdict(
        rows.holds & ~far,
        rows.relation,
        carriage_unknown=rows.carriage_unknown,
        seat_unknown=rows.seat_unknown | ~letters_known,
        no_rows=rows.no_rows,
        no_seats=~rows.seat_unknown & letters_known & across.isnull(),
    )
