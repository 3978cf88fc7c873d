"""The zones of the rule sets in use, as a small table to join with the legs of cases."""

from collections.abc import Iterable
from itertools import product

import ibis

from exposure_index.label import Mode
from index_builder.rules.rule_set import CARRIAGE_CLASSES, RuleSet
from index_builder.workspace import Workspace

ZONE_COLUMNS = {
    "rule": "int16",
    "mode": "string",
    "carriage_class": "string",
    "aircon": "boolean",
    "extent": "string",
    "distance": "int32",
    "tier": "int16",
    "rest": "int16",
    "crew_rule": "string",
}
"""tier and rest: numbers of exposure_index.label.Tier; rest null: nobody else is listed."""


def zones_table(work: Workspace, rule_sets: Iterable[RuleSet]) -> ibis.Table:
    """Return one row for each rule set, mode, carriage class and air conditioning with a zone."""
    rows = []
    for rule_set, mode, carriage_class, aircon in product(
        rule_sets, Mode, CARRIAGE_CLASSES, (True, False)
    ):
        zone = rule_set.zone_for(mode, carriage_class, aircon)
        if zone is not None:
            rows.append(
                (
                    rule_set.number,
                    mode.word,
                    carriage_class,
                    aircon,
                    zone.extent,
                    zone.distance,
                    int(zone.tier),
                    None if zone.rest is None else int(zone.rest),
                    zone.crew,
                )
            )
    return work.small("zones", ZONE_COLUMNS, rows)
