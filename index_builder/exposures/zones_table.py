"""The zones of the rule sets in use, as a small table to join with the legs of cases."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import ibis

from exposure_index.label.model import Mode
from index_builder.rules.rule_set import CARRIAGE_CLASSES, RuleSet
from index_builder.runtime.workspace import Workspace

ZONE_COLUMNS = {
    "rule": "int16",
    "mode": "string",
    "carriage_class": "string",
    "aircon": "boolean",
    "line": "boolean",
    "severe": "boolean",
    "extent": "string",
    "distance": "int32",
    "tier": "int16",
    "rest": "int16",
    "crew_rule": "string",
    "companions": "boolean",
    "infants": "boolean",
    "minutes_min": "int32",
    "until_terminus": "int16",
    "widened": "boolean",
    "by_class": "boolean",
    "by_aircon": "boolean",
}
"""tier and rest: numbers of exposure_index.label.model.Tier; rest null: nobody else is listed;
until_terminus: a tier too, null: only who was aboard together with the case; widened: whether
the severe symptoms of the case (`severe`) made the zone larger; by_class, by_aircon: whether
another class, or the other answer on air conditioning, would have given another zone."""


def zones_table(work: Workspace, rule_sets: Iterable[RuleSet]) -> ibis.Table:
    """Return a row for each rule set and each kind of leg that it has a zone for."""
    rows = []
    either = (True, False)
    for rule_set, mode, carriage_class, aircon, line, severe in product(
        rule_sets, Mode, CARRIAGE_CLASSES, either, either, either
    ):
        usual = rule_set.zone_for(mode, carriage_class, aircon=aircon, line=line)
        if usual is not None:
            zone = usual.for_severe_symptoms() if severe else usual
            rows.append(
                (
                    rule_set.number,
                    mode.word,
                    carriage_class,
                    aircon,
                    line,
                    severe,
                    zone.extent,
                    zone.distance,
                    int(zone.tier),
                    None if zone.rest is None else int(zone.rest),
                    zone.crew,
                    zone.companions,
                    zone.infants,
                    zone.minutes_min,
                    None if zone.until_terminus is None else int(zone.until_terminus),
                    zone.extent != usual.extent,
                    any(
                        rule_set.zone_for(mode, other, aircon=aircon, line=line) != usual
                        for other in CARRIAGE_CLASSES
                    ),
                    rule_set.zone_for(mode, carriage_class, aircon=not aircon, line=line) != usual,
                )
            )
    return work.small("zones", ZONE_COLUMNS, rows)


def with_zones(case_legs: ibis.Table, zones: ibis.Table) -> ibis.Table:
    """Return the legs of cases with their zone; legs that no rule names fall out."""
    return _on_lines(case_legs).inner_join(zones, list(_ZONE_KEYS))


def without_zone(case_legs: ibis.Table, zones: ibis.Table) -> ibis.Table:
    """Return the legs of cases that no rule names."""
    return _on_lines(case_legs).anti_join(zones, list(_ZONE_KEYS))


_ZONE_KEYS = ("rule", "mode", "carriage_class", "aircon", "line", "severe")
_PLATE = r" [\x{4e00}-\x{9fff}][A-Z][A-Z0-9]"


def _on_lines(legs: ibis.Table) -> ibis.Table:
    """Tell whether a number names a line, or a vehicle: a bus or taxi is named by its plate."""
    line = (legs.mode == "metro") | (legs.mode.isin(["bus", "taxi"]) & ~names_a_plate(legs))
    return legs.mutate(line=line)


def names_a_plate(legs: ibis.Table) -> Any:  # noqa: ANN401 - ibis columns have no useful static type
    """Return the expression whether the service of a leg is a vehicle with a licence plate."""
    return legs.service.re_search(_PLATE)
