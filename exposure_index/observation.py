"""Until when one is observed for each trip of a label, as far as the label can tell.

A label holds one day for all its trips: the latest. Where they are of one disease it is the day for
all of them. A trip of another disease may have an earlier day, which the label does not hold: it
gets none rather than a wrong one. Source: design, section 6.
"""

from datetime import date
from typing import Any

from exposure_index.label import Exposure, Label, Mode
from exposure_index.manifest import Manifest

JOURNEY_DAYS_MAX = 7  # from boarding to alighting; the longest trains take six nights, ships more


def observed_until(label: Label, manifest: Manifest) -> tuple[date | None, ...]:
    """Return for each exposure of the label its last day of observation, None where not known."""
    until = label.observe_until
    if until is None or not label.exposures:
        return (None,) * len(label.exposures)
    told = [_told(exposure, manifest) for exposure in label.exposures]
    sure = _diseases(label, manifest)
    if len(sure) > 1:
        sure = _diseases_of_the_day(label, until, told)
    return tuple(until if days != 0 and disease in sure else None for disease, days in told)


def _told(exposure: Exposure, manifest: Manifest) -> tuple[str, Any]:
    rule = manifest.rule(exposure.rule)
    return str(rule.get("disease", "")), rule.get("observation_days")


def _diseases(label: Label, manifest: Manifest) -> set[str]:
    """Return every disease that may have given the label its day."""
    if label.total > len(label.exposures):  # a trip that is counted only may be of any rule set
        rules = [rule for rule in manifest.rules.values() if isinstance(rule, dict)]
    else:
        rules = [dict(manifest.rule(exposure.rule)) for exposure in label.exposures]
    return {str(rule.get("disease", "")) for rule in rules if rule.get("observation_days") != 0}


def _diseases_of_the_day(label: Label, until: date, told: list[tuple[str, Any]]) -> set[str]:
    """Return the one disease that gave the label its day, nothing where that stays open."""
    exact, possible = set(), set()
    for exposure, (disease, days) in zip(label.exposures, told, strict=True):
        if not isinstance(days, int) or days == 0:
            continue
        aboard = (until - exposure.day).days - days
        if aboard == 0:
            exact.add(disease)
        if 0 <= aboard and (aboard <= JOURNEY_DAYS_MAX or exposure.mode is Mode.SHIP):
            possible.add(disease)
    hidden = label.total > len(label.exposures)
    return exact if hidden or len(possible) > 1 else possible
