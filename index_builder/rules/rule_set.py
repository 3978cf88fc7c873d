"""A contact rule set, read from its TOML file and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

from exposure_index.label import Mode, Tier
from index_builder.rules.literature import LITERATURE_FILE

Extent = Literal["vehicle", "carriage", "unit", "rows", "seats"]
CrewRule = Literal["area", "none"]

_EXTENTS = ("vehicle", "carriage", "unit", "rows", "seats")
_OTHER_FILES = frozenset({"registry.toml", LITERATURE_FILE})
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
CARRIAGE_CLASSES = ("hard_seat", "hard_sleeper", "soft_sleeper", "seat", "cabin")


class RuleSetUnknown(ValueError):
    """No rule set has that name; the message lists those there are."""


class RuleSetInvalid(ValueError):
    """A rule set's file contradicts the form described in docs/data-dictionary.md."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Who aboard is a contact, for one mode and kind of carriage.

    extent: vehicle; carriage; unit (compartment or bay) within `distance` units; rows within
    `distance` rows, in physical order; seats: as rows, and within `distance` seats across. tier:
    of those in the zone; rest: of everyone else aboard, None where nobody else is listed. line:
    whether the number names a line (metro, a bus without its plate) rather than one vehicle.
    classes empty, aircon None, line None: any. companions: of the case's booking, infants: all
    aboard, belong to the zone too. minutes_min: who was provably together with the case for less
    is not listed.
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


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One rule set: whom it names, and for how long; days are calendar days."""

    name: str
    number: int
    title: str
    disease: str
    source: str
    source_note: str
    in_force_from: date
    in_force_to: date | None
    lookback_days: int
    lookback_from: Literal["onset", "specimen"]
    observation_days: int
    zones: tuple[Zone, ...]
    words: Mapping[str, Mapping[str, str]]

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

    def published(self, disease: str) -> dict[str, Any]:
        """Return what the manifest says of the set: strings and integers only."""
        return {
            "number": self.number,
            "disease": disease,
            "title": self.title,
            "source": self.source,
            "observation_days": self.observation_days,
            "lookback_days": self.lookback_days,
            "words": {mode: dict(words) for mode, words in self.words.items()},
        }


def rule_set_names() -> list[str]:
    """Return the names of all shipped rule sets."""
    folder = files("index_builder.rules")
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml") and entry.name not in _OTHER_FILES
    )


def rule_set_text(name: str) -> str:
    """Return the file of a shipped rule set as it is."""
    return (files("index_builder.rules") / f"{name}.toml").read_text("utf-8")


def load_rule_set(name: str) -> RuleSet:
    """Return a shipped rule set by its name.

    Raises RuleSetUnknown, or RuleSetInvalid where its file is not whole.
    """
    if name not in rule_set_names():
        message = f"no rule set {name!r}; there are: {', '.join(rule_set_names())}"
        raise RuleSetUnknown(message)
    folder = files("index_builder.rules")
    registry = tomllib.loads((folder / "registry.toml").read_text("utf-8"))["numbers"]
    try:
        data = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
        if "zones_of" in data:
            same = tomllib.loads((folder / f"{data['zones_of']}.toml").read_text("utf-8"))
            data |= {"zones": same["zones"], "words": same["words"]}
        return _rule_set(data, registry)
    except (KeyError, TypeError, ValueError) as error:
        message = f"rule set {name}: {type(error).__name__}: {error}"
        raise RuleSetInvalid(message) from error


def _rule_set(data: dict[str, Any], registry: Mapping[str, int]) -> RuleSet:
    number = registry[data["name"]]
    zones = tuple(_zone(zone) for zone in data["zones"])
    if {zone.mode.word for zone in zones} != set(data["words"]) or any(
        set(words) != set(LANGUAGES) for words in data["words"].values()
    ):
        message = f"words are needed for each mode with a zone, in {', '.join(LANGUAGES)}"
        raise ValueError(message)
    if not 0 < number < 256:
        message = "the number must fit one byte"
        raise ValueError(message)
    return RuleSet(
        name=data["name"],
        number=number,
        title=data["title"],
        disease=data["disease"],
        source=data["source"],
        source_note=data.get("source_note", ""),
        in_force_from=data["in_force_from"],
        in_force_to=data.get("in_force_to"),
        lookback_days=data["lookback_days"],
        lookback_from=data.get("lookback_from", "onset"),
        observation_days=data["observation_days"],
        zones=zones,
        words=data["words"],
    )


def _zone(data: dict[str, Any]) -> Zone:
    classes = tuple(data.get("class", ()))
    if data["extent"] not in _EXTENTS or not set(classes) <= set(CARRIAGE_CLASSES):
        message = "a zone's extent or class is not one of the known ones"
        raise ValueError(message)
    return Zone(
        mode=Mode[data["mode"].upper()],
        extent=data["extent"],
        distance=data.get("distance", 0),
        tier=Tier[data["tier"].upper()],
        rest=Tier[data["rest"].upper()] if "rest" in data else None,
        crew=data["crew"],
        classes=classes,
        aircon=data.get("aircon"),
        line=data.get("line"),
        companions=data.get("companions", False),
        infants=data.get("infants", False),
        minutes_min=data.get("minutes_min", 0),
    )
