"""The join: each leg of a case with each leg aboard the same run, judged by the rule's zone.

Overlap is denied only on proof; where carriage, seat or berth is not known the zone widens to all
it may have been. Each widening is kept as a column, to be counted in the report.
"""

from collections.abc import Callable
from typing import Any

import ibis

from exposure_index.label import Relation
from index_builder.exposures.overlap import left_before, together_proved, too_short
from index_builder.exposures.verdicts import Verdict, crew_in_zone, verdicts
from index_builder.exposures.zones_table import with_zones
from index_builder.workspace import Workspace

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
    judged = _judged(pairs.filter(~apart | pairs.came_later))
    judged = judged.filter(judged.rank.notnull())
    grouped = judged.group_by(["leg", "case_id", "rule"]).agg(
        best=judged["rank"].min(), end_date=judged.end_date.max()
    )
    return work.keep("pair_exposures", _told(grouped))


def _judged(pairs: ibis.Table) -> ibis.Table:
    """Add `rank`: tier, relation and widenings in one number, the worst exposure lowest.

    Null where the pair lists nobody. One number, so that the least of a group is the same in
    every engine, and costs one aggregate.
    """
    by_extent = verdicts(pairs)

    def verdict(part: Callable[[Verdict], Column]) -> Column:
        return ibis.cases(
            *((pairs.extent == extent, part(found)) for extent, found in by_extent.items())
        )

    served, area_unknown = crew_in_zone(pairs)
    # Who worked where a member of the crew fell ill is in the zone under any rule set; else crew
    # has no seat in the rows, and a rule that names no crew does not mean "seat unknown".
    as_crew = pairs.crew & ((pairs.crew_rule == "area") | pairs.case_crew)
    unnamed_crew = pairs.crew & ~as_crew & pairs.seat_row.isnull() & pairs.berth.isnull()
    companion = pairs.companions & (pairs.booking != "") & (pairs.booking == pairs.case_booking)
    infant = pairs.infants & pairs.infant
    seated = verdict(lambda found: found.holds)
    holds = ibis.cases(
        (too_short(pairs) & ~pairs.came_later, False),
        (companion | infant, True),
        (as_crew, served),
        (unnamed_crew, False),
        else_=seated,
    )
    relation = ibis.cases(
        (companion, int(Relation.COMPANION)),
        (pairs.crew, int(Relation.CREW)),
        (holds & (seated | ~infant), verdict(lambda found: found.relation)),
        else_=int(Relation.SAME_VEHICLE),
    )
    tier = holds.ifelse(pairs.tier, unnamed_crew.ifelse(ibis.null("int16"), pairs.rest))
    # Who came when the case had left is in the zone of its place, at the tier for that at best.
    tier = (pairs.came_later & tier.notnull()).ifelse(
        ibis.greatest(tier, pairs.until_terminus), tier
    )
    parts: dict[str, Callable[[Verdict], Column]] = {
        "carriage_unknown": lambda found: found.carriage_unknown,
        "seat_unknown": lambda found: found.seat_unknown,
        "no_rows": lambda found: found.no_rows,
        "no_seats": lambda found: found.no_seats,
        "no_units": lambda found: found.no_units,
    }
    placed_by = {name: holds & ~pairs.crew & verdict(part) for name, part in parts.items()}
    assumed = _assumed(pairs, holds, placed_by) | {
        "crew_area_unknown": holds
        & ((as_crew & area_unknown) | (_case_anywhere(pairs) & (pairs.extent != "vehicle")))
    }
    # A null here would make the rank null, and whoever it is would be told "not found".
    bits = [
        assumed[name].fill_null(True).ifelse(1 << place, 0).cast("int64")
        for place, name in enumerate(WIDENINGS)
    ]
    known = ibis.coalesce(relation, int(Relation.UNKNOWN))
    near = (known == int(Relation.UNKNOWN)).ifelse(_LAST_RELATION, known).cast("int64")
    order = tier.cast("int64") * (_LAST_RELATION + 1) + near
    return pairs.mutate(rank=order * (1 << len(WIDENINGS)) + sum(bits[1:], bits[0]))


def _case_anywhere(pairs: ibis.Table) -> Column:
    """Whether the case is crew of whom nothing tells where they worked."""
    nowhere = pairs.case_carriage.isnull() & pairs.case_row_order.isnull()
    return pairs.case_crew & nowhere & pairs.case_area_first.isnull()


def _assumed(pairs: ibis.Table, holds: Column, placed_by: dict[str, Column]) -> dict[str, Column]:
    """Which of the WIDENINGS listed somebody, or may have; those of crew areas excepted."""
    zone_has_places = holds & ~pairs.crew & (pairs.extent != "vehicle")
    seatless = pairs.seat_row.isnull() & pairs.berth.isnull()
    of_passenger = ~pairs.case_crew
    return placed_by | {
        "carriage_unknown": placed_by["carriage_unknown"]
        & (of_passenger | pairs.carriage.isnull()),
        "seat_unknown": placed_by["seat_unknown"] & (of_passenger | seatless),
        "overlap_assumed": ~together_proved(pairs) & ~pairs.came_later,
        "standing": zone_has_places & (pairs.standing | pairs.case_standing),
        "several_places": zone_has_places & (pairs.several | pairs.case_several),
        "infant_without_seat": zone_has_places & pairs.infant & seatless,
        "class_unknown": holds & pairs.by_class & ~pairs.class_known,
        "aircon_unknown": holds & pairs.by_aircon & ~pairs.aircon_known,
        "taxi_as_coach": holds & (pairs.mode == "taxi"),
        "line_without_vehicle": holds & pairs.line,
        "violent_symptoms": (holds & pairs.widened) | (pairs.came_later & pairs.severe),
    }


def _told(grouped: ibis.Table) -> ibis.Table:
    """Take tier, relation and widenings out of the lowest rank of each group."""
    order = grouped.best // (1 << len(WIDENINGS))
    near = order % (_LAST_RELATION + 1)
    relation = (near == _LAST_RELATION).ifelse(int(Relation.UNKNOWN), near)
    return grouped.mutate(
        tier=(order // (_LAST_RELATION + 1)).cast("int16"),
        relation=relation.cast("int16"),
        **{name: (grouped.best & (1 << place)) != 0 for place, name in enumerate(WIDENINGS)},
    ).drop("best")
