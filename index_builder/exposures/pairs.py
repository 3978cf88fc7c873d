"""The join: each leg of a case with each leg aboard the same run, judged by the rule's zone.

Overlap is denied only on proof; where carriage, seat or berth is not known the zone widens to all
it may have been. Each widening is kept as a column, to be counted in the report.
"""

from collections.abc import Mapping
from typing import Any

import ibis

from exposure_index.label.model import Relation
from index_builder.exposures.overlap import left_before, together_proved, too_short
from index_builder.exposures.verdicts import with_verdicts
from index_builder.runtime.workspace import Workspace

WIDENINGS = (
    "overlap_assumed",
    "carriage_unknown",
    "seat_unknown",
    "standing",
    "several_places",
    "infant_without_seat",
    "no_rows",
    "no_seats",
    "no_units",
    "crew_area_unknown",
    "class_unknown",
    "aircon_unknown",
    "taxi_as_coach",
    "line_without_vehicle",
    "violent_symptoms",
)
"""Why somebody may be listed who need not be, were the data whole or the case less ill."""

# An ibis column has no useful static type: it is built from column names.
Column = Any

_LAST_RELATION = 15
"""Where two judgements list somebody at one tier, the one that knows how they sat is told."""

_SHARED = (
    "run_date",
    "booking",
    "infant",
    "carriage",
    "seat_row",
    "berth",
    "letter",
    "crew",
    "area_first",
    "area_last",
    "standing",
    "several",
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
    "rows_known",
    "row_order",
    "area_first_order",
    "area_last_order",
    "unit_order",
    "column_order",
)


def exposures_of_pairs(work: Workspace, zoned: ibis.Table, legs: ibis.Table) -> ibis.Table:
    """Return one row for each leg and case that a zone names.

    zoned, legs: as read_legs returns them, the first with case_id, rule and its zone. Result: leg,
    case_id, rule, tier, relation, aboard (the carriage), end_date and WIDENINGS (true where it
    made the difference or may have).
    """
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
        "by_class",
        "by_aircon",
        "line",
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
    came_later = left_before(pairs, "case_", "")
    apart = left_before(pairs, "", "case_") | came_later
    pairs = pairs.mutate(came_later=came_later & pairs.until_terminus.notnull())
    ranked = _ranked_pairs(pairs.filter(~apart | pairs.came_later))
    grouped = ranked.group_by(["leg", "case_id", "rule"]).agg(
        best=ranked["rank"].min(), end_date=ranked.end_date.max(), aboard=ranked.carriage.min()
    )
    return work.keep("pair_exposures", _unpacked(grouped))


def _ranked_pairs(pairs: ibis.Table) -> ibis.Table:
    """Return the pairs that list somebody, with `rank`, the worst exposure lowest.

    It holds tier, relation and widenings in one number, so that the least of a group is the same in
    every engine, and costs one aggregate.
    """
    pairs = with_verdicts(pairs)
    # Who worked where a member of the crew fell ill is in the zone under any rule set; else crew
    # has no seat in the rows, and a rule that names no crew does not mean "seat unknown".
    as_crew = pairs.crew & ((pairs.crew_rule == "area") | pairs.case_crew)
    pairs = pairs.mutate(
        as_crew=as_crew,
        unnamed_crew=pairs.crew & ~as_crew & pairs.seat_row.isnull() & pairs.berth.isnull(),
        companion=pairs.companions & (pairs.booking != "") & (pairs.booking == pairs.case_booking),
        named_infant=pairs.infants & pairs.infant,
        too_short=too_short(pairs) & ~pairs.came_later,
    )
    holds = ibis.cases(
        (pairs.too_short, False),
        (pairs.companion | pairs.named_infant, True),
        (pairs.as_crew, pairs.served),
        (pairs.unnamed_crew, False),
        else_=pairs.seated,
    )
    pairs = pairs.mutate(holds=holds)
    relation = ibis.cases(
        (pairs.companion, int(Relation.COMPANION)),
        (pairs.crew, int(Relation.CREW)),
        (pairs.holds & (pairs.seated | ~pairs.named_infant), pairs.seated_relation),
        else_=int(Relation.SAME_VEHICLE),
    )
    rest = pairs.unnamed_crew.ifelse(ibis.null("int16"), pairs.rest)
    relation_or_unknown = ibis.coalesce(relation, int(Relation.UNKNOWN))
    pairs = pairs.mutate(
        aboard_tier=pairs.holds.ifelse(pairs.tier, rest),
        near=(relation_or_unknown == int(Relation.UNKNOWN))
        .ifelse(_LAST_RELATION, relation_or_unknown)
        .cast("int64"),
    )
    # Of most pairs, as in other carriages, nobody is listed: what was assumed is asked of the rest.
    pairs = pairs.filter(pairs.aboard_tier.notnull())
    pairs = pairs.mutate(assumed=_bits(_widenings(pairs)))
    # Who came when the case had left is in the zone of its place, at the tier for that at best.
    tier = pairs.came_later.ifelse(
        ibis.greatest(pairs.aboard_tier, pairs.until_terminus), pairs.aboard_tier
    )
    order = tier.cast("int64") * (_LAST_RELATION + 1) + pairs.near
    return pairs.mutate(rank=order * (1 << len(WIDENINGS)) + pairs.assumed)


def _bits(widenings: Mapping[str, Column]) -> Column:
    """One bit for each of the WIDENINGS.

    A null here would make the rank null, and whoever it is would be told "not found".
    """
    bits = [
        widenings[name].fill_null(True).ifelse(1 << place, 0).cast("int64")
        for place, name in enumerate(WIDENINGS)
    ]
    return sum(bits[1:], bits[0])


def _case_anywhere(pairs: ibis.Table) -> Column:
    """Whether the case is crew of whom nothing tells where they worked."""
    nowhere = pairs.case_carriage.isnull() & pairs.case_row_order.isnull()
    return pairs.case_crew & nowhere & pairs.case_area_first.isnull()


def _widenings(pairs: ibis.Table) -> dict[str, Column]:
    """Which of the WIDENINGS listed somebody, or may have."""
    holds = pairs.holds
    passenger = holds & ~pairs.crew
    by_place = passenger & (pairs.extent != "vehicle")
    seatless = pairs.seat_row.isnull() & pairs.berth.isnull()
    of_passenger = ~pairs.case_crew
    lost_crew = (pairs.as_crew & pairs.area_unknown) | (
        _case_anywhere(pairs) & (pairs.extent != "vehicle")
    )
    return {
        "overlap_assumed": ~together_proved(pairs) & ~pairs.came_later,
        "carriage_unknown": passenger
        & pairs.carriage_unknown
        & (of_passenger | pairs.carriage.isnull()),
        "seat_unknown": passenger & pairs.seat_unknown & (of_passenger | seatless),
        "standing": by_place & (pairs.standing | pairs.case_standing),
        "several_places": by_place & (pairs.several | pairs.case_several),
        "infant_without_seat": by_place & pairs.infant & seatless,
        "no_rows": passenger & pairs.no_rows,
        "no_seats": passenger & pairs.no_seats,
        "no_units": passenger & pairs.no_units,
        "crew_area_unknown": holds & lost_crew,
        "class_unknown": holds & pairs.by_class & ~pairs.class_known,
        "aircon_unknown": holds & pairs.by_aircon & ~pairs.aircon_known,
        "taxi_as_coach": holds & (pairs.mode == "taxi"),
        "line_without_vehicle": holds & pairs.line,
        "violent_symptoms": (holds & pairs.widened) | (pairs.came_later & pairs.severe),
    }


def _unpacked(grouped: ibis.Table) -> ibis.Table:
    """Take tier, relation and widenings out of the lowest rank of each group."""
    order = grouped.best // (1 << len(WIDENINGS))
    near = order % (_LAST_RELATION + 1)
    relation = (near == _LAST_RELATION).ifelse(int(Relation.UNKNOWN), near)
    return grouped.mutate(
        tier=(order // (_LAST_RELATION + 1)).cast("int16"),
        relation=relation.cast("int16"),
        **{name: (grouped.best & (1 << place)) != 0 for place, name in enumerate(WIDENINGS)},
    ).drop("best")
