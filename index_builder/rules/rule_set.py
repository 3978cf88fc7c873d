"""A contact rule set: whom it lists on which mode, for how long, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from exposure_index.label.model import Mode, Tier

Extent = Literal["vehicle", "carriage", "unit", "rows", "seats"]
CrewRule = Literal["area", "none"]

EXTENTS = ("vehicle", "carriage", "unit", "rows", "seats")
EXTENTS_WITH_DISTANCE = frozenset({"unit", "rows", "seats"})
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
"""Those in which every set must speak; further ones: `further_languages`."""
CARRIAGE_CLASSES = ("hard_seat", "hard_sleeper", "soft_sleeper", "seat", "cabin")
DAYS_MARK = "{days}"
OWN_NUMBERS = range(200, 255)
"""Numbers for rule sets that a department writes itself; no shipped set ever takes one."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Who aboard is a contact, for one mode and kind of carriage.

    extent: vehicle; carriage; unit (compartment or bay) within `distance` units; rows within
    `distance` rows, in physical order; seats: as rows, and within `distance` seats across. tier:
    of those in the zone; rest: of everyone else aboard, None where nobody else is listed. line:
    whether the number names a line (metro, a bus without its plate) rather than one vehicle.
    classes empty, aircon None, line None: any. companions: of the case's booking, infants: all
    aboard, belong to the zone too. minutes_min: who was provably together with the case for less
    is not listed. until_terminus: tier, at best, of who boarded after the case had left, for the
    rest of the run; None where only those count who were aboard together. severe: the extent for
    a case with severe symptoms; None where they change nothing.
    """

    mode: Mode
    extent: Extent
    distance: int
    tier: Tier
    rest: Tier | None
    crew: CrewRule
    classes: tuple[str, ...]
    aircon: bool | None
    line: bool | None
    companions: bool
    infants: bool
    minutes_min: int
    until_terminus: Tier | None
    severe: Extent | None

    def for_severe_symptoms(self) -> "Zone":
        """Return the zone around a case with high fever, sneezing, cough or vomiting.

        "A wider group, whatever the time" (the Chinese plans) leaves open whether it means how
        long or when. Both are taken: no minimum of minutes, and who came later is listed as a
        general contact.
        """
        if self.severe is None:
            return self
        later = self.until_terminus or Tier.GENERAL
        return replace(self, extent=self.severe, minutes_min=0, until_terminus=later)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One rule set: whom it names, and for how long; days are calendar days.

    diseases: those that it is for, by canonical name. words: what citizens read of the rule, by
    mode and language. advice: what to do, by tier and language, step by step, with `{days}` for the
    days of observation; without it the answer page gives its own. source_words: the source by
    language, where it is not English.
    """

    name: str
    number: int
    title: str
    diseases: tuple[str, ...]
    source: str
    source_note: str
    in_force_from: date
    in_force_to: date | None
    lookback_days: int
    lookback_from: Literal["onset", "specimen"]
    observation_days: int
    zones: tuple[Zone, ...]
    words: Mapping[str, Mapping[str, str]]
    advice: Mapping[str, Mapping[str, tuple[str, ...]]]
    source_words: Mapping[str, str]

    def zone_for(
        self, mode: Mode, carriage_class: str, *, aircon: bool, line: bool = False
    ) -> Zone | None:
        """Return the first zone that fits a carriage, None where the set has no rule."""
        for zone in self.zones:
            if (
                zone.mode == mode
                and (not zone.classes or carriage_class in zone.classes)
                and zone.aircon in {None, aircon}
                and zone.line in {None, line}
            ):
                return zone
        return None

    def distances(self) -> dict[str, dict[str, int]]:
        """Return how far the zones around a place reach, by mode and extent: the widest of each.

        Without those that reach no further than the place itself. Drawings on answers need them.
        """
        reach: dict[str, dict[str, int]] = {}
        for zone in self.zones:
            if zone.extent in EXTENTS_WITH_DISTANCE and zone.distance:
                of_mode = reach.setdefault(zone.mode.word, {})
                of_mode[zone.extent] = max(zone.distance, of_mode.get(zone.extent, 0))
        return reach

    def manifest_entry(self, disease: str) -> dict[str, Any]:
        """Return the entry of the set in the manifest, in strings and integers."""
        days = str(self.observation_days)
        return {
            "number": self.number,
            "disease": disease,
            "title": self.title,
            "source": self.source,
            "source_words": dict(self.source_words),
            "observation_days": self.observation_days,
            "lookback_days": self.lookback_days,
            "words": {mode: dict(words) for mode, words in self.words.items()},
            "distances": self.distances(),
            "advice": {
                tier: {
                    language: [step.replace(DAYS_MARK, days) for step in steps]
                    for language, steps in by_language.items()
                }
                for tier, by_language in self.advice.items()
            },
        }
