"""Whether a zone around a case holds somebody, by its extent: vehicle, carriage, unit, rows, seats.

Where carriage, seat or berth is not known the zone widens to all it may have been. A case who is
crew has no seat: the zone is the area that they served, or all there is where that is not known.
"""

from dataclasses import dataclass
from typing import Any

import ibis

from exposure_index.label import Relation

# An ibis column has no useful static type: it is built from column names.
Column = Any

_NO = ibis.literal(False)
_MODES_WITH_CARRIAGES = ("train", "metro", "ship")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the zone holds somebody, how they sat, and what had to be assumed.

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


def verdicts(pairs: ibis.Table) -> dict[str, Verdict]:
    """Return what each extent of a zone says of the pairs."""
    return {
        "vehicle": Verdict(ibis.literal(True), ibis.literal(int(Relation.SAME_VEHICLE))),
        "carriage": _in_carriage(pairs),
        "unit": _in_unit(pairs),
        "rows": _in_rows(pairs),
        "seats": _in_seats(pairs),
    }


def crew_in_zone(pairs: ibis.Table) -> tuple[Column, Column]:
    """Whether a member of the crew served the zone; whether that had to be assumed.

    An area is a range of carriages on trains and of rows elsewhere; a carriage named in letters
    (加1) is compared as text.
    """
    with_carriages = pairs.mode.isin(_MODES_WITH_CARRIAGES)
    number = pairs.case_carriage.try_cast("int32")
    first_row = ibis.coalesce(pairs.case_row_order, pairs.case_area_first_order)
    last_row = ibis.coalesce(pairs.case_row_order, pairs.case_area_last_order)
    case_first = with_carriages.ifelse(
        ibis.coalesce(number, pairs.case_area_first), first_row - pairs.distance
    )
    case_last = with_carriages.ifelse(
        ibis.coalesce(number, pairs.case_area_last), last_row + pairs.distance
    )
    area_first = with_carriages.ifelse(pairs.area_first, pairs.area_first_order)
    area_last = with_carriages.ifelse(pairs.area_last, pairs.area_last_order)
    by_range = (area_first <= case_last) & (area_last >= case_first)
    same, carriage_unknown = _carriages(pairs)
    by_name = with_carriages & same
    everywhere = pairs.extent == "vehicle"
    known = by_range.notnull() | (with_carriages & ~carriage_unknown) | everywhere
    return by_range.fill_null(False) | by_name | everywhere | ~known, ~known


def _carriages(pairs: ibis.Table) -> tuple[Column, Column]:
    """Whether both carriages are known and the same; whether one of them is not known."""
    served = pairs.carriage.try_cast("int32").between(pairs.case_area_first, pairs.case_area_last)
    same = (pairs.case_carriage == pairs.carriage).fill_null(False) | served.fill_null(False)
    case_known = pairs.case_carriage.notnull() | pairs.case_area_first.notnull()
    return same, ~case_known | pairs.carriage.isnull()


def _in_carriage(pairs: ibis.Table) -> Verdict:
    same, unknown = _carriages(pairs)
    relation = same.ifelse(int(Relation.SAME_CARRIAGE), int(Relation.UNKNOWN))
    return Verdict(same | unknown, relation, carriage_unknown=unknown)


def _in_unit(pairs: ibis.Table) -> Verdict:
    same, unknown = _carriages(pairs)
    apart = (pairs.case_unit_order - pairs.unit_order).abs()
    placed = same & apart.notnull()
    berths_known = pairs.case_berth.notnull() & pairs.berth.notnull()
    holds = unknown | (same & (apart.isnull() | (apart <= pairs.distance)))
    relation = ibis.cases(
        (placed & (apart == 0), int(Relation.SAME_UNIT)),
        (placed, int(Relation.NEIGHBOURING)),
        (same, int(Relation.SAME_CARRIAGE)),
        else_=int(Relation.UNKNOWN),
    )
    return Verdict(
        holds,
        relation,
        carriage_unknown=unknown,
        seat_unknown=~berths_known,
        no_units=same & berths_known & apart.isnull(),
    )


def _in_rows(pairs: ibis.Table) -> Verdict:
    """Rows in one cabin; on vehicles with carriages only those of the same one."""
    with_carriages = pairs.mode.isin(_MODES_WITH_CARRIAGES)
    same, unknown = _carriages(pairs)
    here = ~with_carriages | same | unknown
    apart = (pairs.case_row_order - pairs.row_order).abs()
    # An area is one of rows only where there are no carriages.
    served = with_carriages.ifelse(
        ibis.null("boolean"),
        pairs.row_order.between(
            pairs.case_area_first_order - pairs.distance,
            pairs.case_area_last_order + pairs.distance,
        ),
    )
    near = (apart <= pairs.distance).fill_null(False) | served.fill_null(False)
    placed = (apart.notnull() & (~with_carriages | same)) | served.notnull()
    relation = ibis.cases(
        (placed & (apart == 0), int(Relation.SAME_ROW)),
        (placed, int(Relation.NEIGHBOURING)),
        else_=int(Relation.UNKNOWN),
    )
    return Verdict(
        here & (~placed | near),
        relation,
        carriage_unknown=with_carriages & unknown,
        seat_unknown=~placed,
        no_rows=placed & ~(pairs.case_rows_known & pairs.rows_known),
    )


def _in_seats(pairs: ibis.Table) -> Verdict:
    """As rows, and near in the row too, where the layout tells the order of its seats."""
    rows = _in_rows(pairs)
    across = (pairs.case_column_order - pairs.column_order).abs()
    far = (across > pairs.distance).fill_null(False) & ~rows.seat_unknown
    letters_known = pairs.case_letter.notnull() & pairs.letter.notnull()
    return Verdict(
        rows.holds & ~far,
        rows.relation,
        carriage_unknown=rows.carriage_unknown,
        seat_unknown=rows.seat_unknown | ~letters_known,
        no_rows=rows.no_rows,
        no_seats=~rows.seat_unknown & letters_known & across.isnull(),
    )
