"""The join: each leg of a case with each leg aboard the same run, judged by the rule's zone.

Overlap is denied only on proof; where carriage, seat or berth is not known the zone widens to all
it may have been. Each widening is kept as a column, to be counted in the report.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import ibis

from exposure_index.label import Relation
from index_builder.exposures.zones_table import with_zones
from index_builder.workspace import Workspace

WIDENINGS = (
    "overlap_assumed",
    "carriage_unknown",
    "seat_unknown",
    "crew_area_unknown",
    "class_unknown",
    "aircon_unknown",
    "violent_symptoms",
)
"""Why somebody may be listed who need not be, were the data whole or the case less ill."""

# An ibis column has no useful static type: it is built from column names.
Column = Any

_SHARED = (
    "run_date",
    "booking",
    "infant",
    "carriage",
    "seat_row",
    "berth",
    "crew",
    "area_first",
    "area_last",
    "board_stop",
    "alight_stop",
    "run",
    "board_first",
    "board_last",
    "board_exact",
    "alight_first",
    "alight_last",
    "alight_exact",
    "board_at",
    "alight_at",
    "end_date",
    "row_order",
    "area_first_order",
    "area_last_order",
    "unit_order",
    "column_order",
)


def exposures_of_pairs(
    work: Workspace, case_legs: ibis.Table, legs: ibis.Table, zones: ibis.Table
) -> ibis.Table:
    """Return one row for each leg and case that a zone names.

    case_legs, legs: as read_legs returns them, the first with case_id and rule. Result: leg,
    case_id, rule, tier, relation, end_date and WIDENINGS (true where it made the difference or
    may have).
    """
    zoned = with_zones(case_legs, zones)
    case_side = zoned.select(
        "service",
        "case_id",
        "rule",
        "extent",
        "distance",
        "tier",
        "rest",
        "crew_rule",
        "companions",
        "infants",
        "minutes_min",
        "until_terminus",
        "severe",
        "widened",
        "class_known",
        "aircon_known",
        "mode",
        **{f"case_{name}": zoned[name] for name in _SHARED},
    )
    leg_side = legs.select("leg", leg_service="service", **{name: legs[name] for name in _SHARED})
    pairs = case_side.inner_join(
        leg_side,
        [case_side.service == leg_side.leg_service, case_side.case_run_date == leg_side.run_date],
    )
    came_later = _left_before(pairs, "case_", "")
    apart = _left_before(pairs, "", "case_") | came_later
    pairs = pairs.mutate(came_later=came_later & pairs.until_terminus.notnull())
    judged = _judged(pairs.filter(~apart | pairs.came_later))
    judged = judged.filter(judged.listed_tier.notnull())
    grouped = judged.group_by(["leg", "case_id", "rule"]).agg(
        tier=judged.listed_tier.min(),
        relation=judged.listed_relation.argmin(judged.order),
        end_date=judged.end_date.max(),
        **{name: judged[name].argmin(judged.order) for name in WIDENINGS},
    )
    return work.keep("pair_exposures", grouped)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether the zone holds somebody, how they sat, and what had to be assumed."""

    holds: Column
    relation: Column
    carriage_unknown: Column
    seat_unknown: Column


def _left_before(pairs: ibis.Table, one: str, other: str) -> Column:
    """Whether one provably left before the other boarded, or at the very stop where they did.

    one, other: prefixes of their columns, "case_" or "".
    """
    last, first = pairs[f"{one}alight_last"], pairs[f"{other}board_first"]
    both_exact = pairs[f"{one}alight_exact"] & pairs[f"{other}board_exact"]
    same_name = pairs[f"{one}alight_stop"] == pairs[f"{other}board_stop"]
    one_timetable = (pairs.case_run == pairs.run).fill_null(False)
    by_order = ((last < first) | ((last == first) & both_exact & same_name)).fill_null(False)
    by_time = (pairs[f"{one}alight_at"] <= pairs[f"{other}board_at"]).fill_null(False)
    return (one_timetable & by_order) | by_time


def _together_proved(pairs: ibis.Table) -> Column:
    """Whether stops or times of both are known well enough to prove the overlap."""
    by_order = (pairs.case_run == pairs.run).fill_null(False) & (
        (pairs.board_last < pairs.case_alight_first) & (pairs.case_board_last < pairs.alight_first)
    ).fill_null(False)
    by_time = (
        (pairs.board_at < pairs.case_alight_at) & (pairs.case_board_at < pairs.alight_at)
    ).fill_null(False)
    # Who got on, or off, at the same stop of one run was aboard together just after, or before.
    by_name = (pairs.case_board_stop == pairs.board_stop).fill_null(False) | (
        pairs.case_alight_stop == pairs.alight_stop
    ).fill_null(False)
    return by_order | by_time | by_name


def _judged(pairs: ibis.Table) -> ibis.Table:
    verdicts = {
        "vehicle": _in_vehicle(),
        "carriage": _in_carriage(pairs),
        "unit": _in_unit(pairs),
        "rows": _in_rows(pairs),
        "seats": _in_seats(pairs),
    }

    def by_extent(part: str) -> Column:
        branches = [
            (pairs.extent == extent, getattr(verdict, part)) for extent, verdict in verdicts.items()
        ]
        return ibis.cases(*branches)

    seated = by_extent("holds")
    crew, crew_unknown = _crew_in_zone(pairs)
    by_crew_rule = pairs.crew & (pairs.crew_rule == "area")
    # Crew has no seat in the rows; a rule that does not name crew does not mean "seat unknown".
    unnamed_crew = pairs.crew & (pairs.crew_rule == "none") & pairs.seat_row.isnull()
    companion = pairs.companions & (pairs.booking != "") & (pairs.booking == pairs.case_booking)
    infant = pairs.infants & pairs.infant
    holds = ibis.cases(
        (_too_short(pairs) & ~pairs.came_later, False),
        (companion | infant, True),
        (by_crew_rule, crew),
        (unnamed_crew, False),
        else_=seated,
    )
    aboard = int(Relation.SAME_VEHICLE)
    relation = ibis.cases(
        (companion, int(Relation.COMPANION)),
        (pairs.crew, int(Relation.CREW)),
        (holds & (seated | ~infant), by_extent("relation")),
        else_=aboard,
    )
    rest = unnamed_crew.ifelse(ibis.null("int16"), pairs.rest)
    tier = holds.ifelse(pairs.tier, rest)
    # Who came when the case had left is in the zone of its place, at the tier for that at best.
    tier = (pairs.came_later & tier.notnull()).ifelse(
        ibis.greatest(tier, pairs.until_terminus), tier
    )
    passenger_zone = holds & ~pairs.crew
    return pairs.mutate(
        listed_tier=tier,
        listed_relation=relation.cast("int16"),
        order=tier.cast("int32") * 16
        + (relation == int(Relation.UNKNOWN)).ifelse(15, relation).cast("int32"),
        overlap_assumed=~_together_proved(pairs) & ~pairs.came_later,
        carriage_unknown=passenger_zone & by_extent("carriage_unknown"),
        seat_unknown=passenger_zone & by_extent("seat_unknown"),
        crew_area_unknown=holds & by_crew_rule & crew_unknown,
        class_unknown=holds & (pairs.mode == "train") & ~pairs.class_known,
        violent_symptoms=(holds & pairs.widened) | (pairs.came_later & pairs.severe),
        aircon_unknown=holds & (pairs.mode == "train") & ~pairs.aircon_known,
    )


def _constant(value: bool) -> Column:
    return ibis.literal(value)


def _in_vehicle() -> _Verdict:
    relation = ibis.literal(int(Relation.SAME_VEHICLE))
    return _Verdict(_constant(True), relation, _constant(False), _constant(False))


def _carriages(pairs: ibis.Table) -> tuple[Column, Column]:
    """Whether both carriages are known and the same; whether one of them is not known."""
    unknown = pairs.case_carriage.isnull() | pairs.carriage.isnull()
    return (pairs.case_carriage == pairs.carriage).fill_null(False), unknown


def _in_carriage(pairs: ibis.Table) -> _Verdict:
    same, unknown = _carriages(pairs)
    relation = same.ifelse(int(Relation.SAME_CARRIAGE), int(Relation.UNKNOWN))
    return _Verdict(same | unknown, relation, unknown, _constant(False))


def _in_unit(pairs: ibis.Table) -> _Verdict:
    same, unknown = _carriages(pairs)
    apart = (pairs.case_unit_order - pairs.unit_order).abs()
    placed = same & apart.notnull()
    holds = unknown | (same & (apart.isnull() | (apart <= pairs.distance)))
    relation = ibis.cases(
        (placed & (apart == 0), int(Relation.SAME_UNIT)),
        (placed, int(Relation.NEIGHBOURING)),
        (same, int(Relation.SAME_CARRIAGE)),
        else_=int(Relation.UNKNOWN),
    )
    return _Verdict(holds, relation, unknown, ~placed)


def _in_rows(pairs: ibis.Table) -> _Verdict:
    """Rows in one cabin; on vehicles with carriages only those of the same one."""
    with_carriages = pairs.mode.isin(["train", "metro", "ship"])
    same, unknown = _carriages(pairs)
    here = ~with_carriages | same | unknown
    apart = (pairs.case_row_order - pairs.row_order).abs()
    placed = apart.notnull() & (~with_carriages | same)
    holds = here & (~placed | (apart <= pairs.distance))
    relation = ibis.cases(
        (placed & (apart == 0), int(Relation.SAME_ROW)),
        (placed, int(Relation.NEIGHBOURING)),
        else_=int(Relation.UNKNOWN),
    )
    return _Verdict(holds, relation, with_carriages & unknown, ~placed)


def _in_seats(pairs: ibis.Table) -> _Verdict:
    """As rows, and near in the row too, where the layout tells the order of its seats."""
    rows = _in_rows(pairs)
    across = (pairs.case_column_order - pairs.column_order).abs()
    far = (across > pairs.distance).fill_null(False) & ~rows.seat_unknown
    return _Verdict(
        rows.holds & ~far,
        rows.relation,
        rows.carriage_unknown,
        rows.seat_unknown | across.isnull(),
    )


def _too_short(pairs: ibis.Table) -> Column:
    """Whether the two were provably together for less than the rule asks.

    However little is known, nobody was together with the case for longer than from the one's
    boarding to the other's, or their own, alighting.
    """
    ends, starts = (pairs.case_alight_at, pairs.alight_at), (pairs.case_board_at, pairs.board_at)
    short = [
        (end.epoch_seconds() - start.epoch_seconds() < pairs.minutes_min * 60).fill_null(False)
        for end in ends
        for start in starts
    ]
    return reduce(or_, short)


def _crew_in_zone(pairs: ibis.Table) -> tuple[Column, Column]:
    """Whether a member of the crew served the zone; whether that had to be assumed.

    An area is a range of carriages on trains and of rows elsewhere; a carriage named in letters
    (加1) is compared as text.
    """
    with_carriages = pairs.mode.isin(["train", "metro", "ship"])
    case_number = pairs.case_carriage.try_cast("int32")
    case_first = with_carriages.ifelse(case_number, pairs.case_row_order - pairs.distance)
    case_last = with_carriages.ifelse(case_number, pairs.case_row_order + pairs.distance)
    area_first = with_carriages.ifelse(pairs.area_first, pairs.area_first_order)
    area_last = with_carriages.ifelse(pairs.area_last, pairs.area_last_order)
    by_range = (area_first <= case_last) & (area_last >= case_first)
    same, carriage_unknown = _carriages(pairs)
    by_name = with_carriages & same
    everywhere = pairs.extent == "vehicle"
    known = by_range.notnull() | (with_carriages & ~carriage_unknown) | everywhere
    return by_range.fill_null(False) | by_name | everywhere | ~known, ~known
