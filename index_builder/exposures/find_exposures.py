"""Finds every exposure of a build: those aboard, and those of investigated contacts."""

from dataclasses import dataclass

import ibis

from index_builder.exposures.candidates import find_candidates, runs_in_reach
from index_builder.exposures.case_legs import CaseLegs
from index_builder.exposures.cases import Cases
from index_builder.exposures.investigated import read_investigated
from index_builder.exposures.pairs import exposures_of_pairs
from index_builder.exposures.zones_table import with_zones, without_zone, zones_table
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.people.proven_residents import with_proven_residents
from index_builder.rules.rule_set import RuleSet
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.trips.legs import legs_as_read
from index_builder.trips.trip_tables import TripTables

EXPOSURE_COLUMNS = (
    "case_id",
    "rule",
    "tier",
    "relation",
    "mode",
    "service",
    "trip",
    "day",
    "carriage",
    "end_date",
    *IDENTITY_TEXTS,
)
"""service: mode and one number, the same for all numbers of a run; trip: numbers as shown; day:
boarding date; end_date: last date aboard; identity as written, blank cells as ""."""


@dataclass(frozen=True, slots=True)
class LegsAboard:
    """zoned: the legs of cases with their zones.

    candidates, legs: of whoever may have been near, as find_candidates and legs_as_read return
    them, None without passenger lists and drivers.
    """

    zoned: ibis.Table
    candidates: ibis.Table | None
    legs: ibis.Table | None


def find_aboard(
    context: BuildContext,
    trips: TripTables,
    cases: Cases,
    case_legs: CaseLegs,
    drivers: ibis.Table | None,
) -> LegsAboard:
    """Return the legs of cases with their zones, and the legs that these may reach."""
    work = context.work
    zones = zones_table(work, rule_sets(context, cases))
    zoned = work.keep("case_legs_zoned", with_zones(case_legs.table, zones))
    candidates = find_candidates(context, trips, runs_in_reach(zoned), drivers)
    if candidates is None:
        return LegsAboard(zoned, None, None)
    legs = legs_as_read(work, "candidates_read", candidates, trips.reading)
    crew = legs.filter(legs.crew).select("service", "run_date").distinct()
    work.keep("crew_aboard", crew)
    return LegsAboard(zoned, candidates, legs)


def find_exposures(context: BuildContext, cases: Cases, aboard: LegsAboard) -> ibis.Table:
    """Return one row for each exposed leg or contact and case, stored.

    Columns: EXPOSURE_COLUMNS, and `resident`, see with_proven_residents.
    """
    work, candidates = context.work, aboard.candidates
    investigated = read_investigated(context, cases).select(*EXPOSURE_COLUMNS)
    if candidates is None or aboard.legs is None:
        return work.keep("exposures", _with_residents(investigated))
    pairs = exposures_of_pairs(work, aboard.zoned, aboard.legs)
    joined = pairs.inner_join(_who(work, candidates), "leg")
    aboard_exposures = joined.rename(trip="shown", day="service_date", carriage="aboard")
    every = aboard_exposures.select(*EXPOSURE_COLUMNS).union(investigated)
    return work.keep("exposures", _with_residents(every))


def _who(work: Workspace, candidates: ibis.Table) -> ibis.Table:
    """Return each leg once, with who it was; nearly every leg is one row anyway."""
    legs = candidates.select("leg", "mode", "service", "shown", "service_date", *IDENTITY_TEXTS)
    rows = legs.group_by("leg").agg(rows=legs.count())
    several = work.keep("legs_of_several_rows", rows.filter(rows["rows"] > 1).select("leg"))
    return legs.anti_join(several, "leg").union(legs.semi_join(several, "leg").distinct())


def _with_residents(exposures: ibis.Table) -> ibis.Table:
    texts = {name: exposures[name].fill_null("") for name in IDENTITY_TEXTS}
    return with_proven_residents(exposures.mutate(**texts))


def rule_sets(context: BuildContext, cases: Cases) -> list[RuleSet]:
    """Return each rule set that holds for a disease of the cases, once."""
    return [rule_set for rule_set, _ in context.rules.used_for(cases.diseases).values()]


def cases_without_trip(cases: Cases, case_legs: CaseLegs) -> list[str]:
    """Remark on cases without a trip that counts: nobody is listed for them."""
    count = int(cases.table.anti_join(case_legs.table, "case_id").count().execute())
    return [f"{count} cases have no trip in their infectious period"] if count else []


def trips_without_rule(context: BuildContext, cases: Cases, case_legs: CaseLegs) -> list[str]:
    """Remark on trips of cases without a rule: their contacts are not in the index."""
    zones = zones_table(context.work, rule_sets(context, cases))
    legs = without_zone(case_legs.table, zones)
    counts = legs.group_by(["rule", "mode"]).agg(legs=legs.leg.nunique())
    by_number = {rule_set.number: rule_set for rule_set in rule_sets(context, cases)}
    return [
        f"{row['legs']} trips of cases by {row['mode']}: {by_number[row['rule']].name} has no rule "
        "for it, or the vehicle is not named; nobody is listed for them"
        for row in counts.order_by(["rule", "mode"]).to_pyarrow().to_pylist()
    ]
