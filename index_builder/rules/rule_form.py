"""The form of a rule set's file: which keys there are, what they may hold, and what is wrong.

Every fault is reported at once, by its key. An unknown key is a fault: a misspelt `distance` would
make a zone smaller, and whoever sat there would be told "not found".
"""

import re
from collections.abc import Mapping
from typing import Any

from exposure_index.label.model import Mode, Tier
from index_builder.rules.diseases import canonical_disease
from index_builder.rules.form_fields import WORDS_MAX_BYTES, FormFields
from index_builder.rules.further_languages import further_languages
from index_builder.rules.rule_set import (
    CARRIAGE_CLASSES,
    EXTENTS,
    EXTENTS_WITH_DISTANCE,
    LANGUAGES,
    RuleSet,
    Zone,
)

DAYS_MAX = 365
MINUTES_MAX = 1440
DISTANCE_MAX = 100

_NAME = re.compile("[a-z0-9][a-z0-9-]{0,39}")
_MODES = tuple(mode.word for mode in Mode if mode is not Mode.SETTING)
_TIERS = (Tier.CLOSE.word, Tier.GENERAL.word)
_MODES_OF_LINES = frozenset({"metro", "bus", "taxi"})
_SET_KEYS = (
    *("name", "number", "title", "disease", "source", "source_words", "source_note"),
    *("in_force_from", "in_force_to", "lookback_days", "lookback_from", "observation_days"),
    *("zones", "words", "zones_of", "advice", "advice_of"),
)
_ZONE_KEYS = (
    *("mode", "class", "aircon", "line", "minutes_min"),
    *("extent", "distance", "crew", "companions", "infants"),
    *("tier", "rest", "until_terminus", "severe"),
)


class FormFault(ValueError):
    """A file that is no rule set; the message lists every fault by its key."""


def rule_set_of(data: Mapping[str, Any], number: int) -> RuleSet:
    """Return the rule set that a file describes. Raises FormFault, with all that is wrong.

    data: as TOML holds it; number: that of the registry, or the file's own.
    """
    faults: list[str] = []
    fields = FormFields(data, "", faults)
    fields.only(_SET_KEYS)
    zones = [
        _zone(FormFields(zone, f"zones[{place}]", faults))
        for place, zone in enumerate(fields.tables("zones"), 1)
    ]
    rule_set = RuleSet(
        name=_name(fields),
        number=number,
        title=fields.text("title"),
        diseases=_diseases(fields),
        source=fields.text("source"),
        source_note=fields.text("source_note", ""),
        in_force_from=fields.day("in_force_from"),
        in_force_to=fields.day("in_force_to", None),
        lookback_days=fields.whole("lookback_days", DAYS_MAX),
        lookback_from=fields.one_of("lookback_from", ("onset", "specimen"), "onset"),
        observation_days=fields.whole("observation_days", DAYS_MAX),
        zones=tuple(zone for zone in zones if zone),
        words=_words(fields, {zone.mode.word: None for zone in zones if zone}),
        advice=_advice(fields),
        source_words=_source_words(fields),
    )
    if faults:
        raise FormFault("; ".join(faults))
    return rule_set


def _name(fields: FormFields) -> str:
    """The set's name, which stands in each answer of the API: short, and safe in a command."""
    name = fields.text("name")
    if name and not _NAME.fullmatch(name):
        fields.fault("name", "must be small letters, digits and hyphens, 40 at most")
    return name


def _diseases(fields: FormFields) -> tuple[str, ...]:
    """Canonical names of the diseases that the set is for, each once."""
    names = tuple(dict.fromkeys(map(canonical_disease, fields.names("disease"))))
    if "" in names:
        fields.fault("disease", "must be the name of a disease")
    return names


def _zone(fields: FormFields) -> Zone | None:
    before = len(fields.faults)
    fields.only(_ZONE_KEYS)
    values: dict[str, Any] = {
        "mode": fields.one_of("mode", _MODES),
        "extent": fields.one_of("extent", EXTENTS),
        "distance": fields.whole("distance", DISTANCE_MAX, None),
        "tier": fields.one_of("tier", _TIERS),
        "rest": fields.one_of("rest", _TIERS, None),
        "crew": fields.one_of("crew", ("area", "none")),
        "classes": fields.choices("class", CARRIAGE_CLASSES),
        "aircon": fields.truth("aircon"),
        "line": fields.truth("line"),
        "companions": fields.truth("companions") or False,
        "infants": fields.truth("infants") or False,
        "minutes_min": fields.whole("minutes_min", MINUTES_MAX, 0),
        "until_terminus": fields.one_of("until_terminus", _TIERS, None),
        "severe": fields.one_of("severe", ("vehicle", "carriage"), None),
    }
    if values["extent"] in EXTENTS_WITH_DISTANCE and values["distance"] is None:
        fields.fault("distance", "missing: how many away still count, 0 for the case's own only")
    if values["until_terminus"] and values["minutes_min"]:
        fields.fault("until_terminus", "not with minutes_min: who came later was never together")
    if (
        values["until_terminus"]
        and values["mode"] in _MODES_OF_LINES
        and values["line"] is not False
    ):
        fields.fault("until_terminus", "a line has no terminus: only with line = false")
    if len(fields.faults) > before:
        return None
    for key in ("tier", "rest", "until_terminus"):
        values[key] = Tier[values[key].upper()] if values[key] else None
    mode = Mode[values["mode"].upper()]
    return Zone(**values | {"mode": mode, "distance": values["distance"] or 0})


def _words(fields: FormFields, modes: Mapping[str, None]) -> dict[str, dict[str, str]]:
    """What citizens read of the rule, by mode and language."""
    words = fields.table("words")
    for mode in words.keys() - modes.keys():
        fields.fault(f"words.{mode}", "no zone is of this mode")
    for mode in modes.keys() - words.keys():
        fields.fault(f"words.{mode}", f"missing: what citizens read, in {', '.join(LANGUAGES)}")
    return {
        mode: _in_languages(FormFields(words[mode], f"words.{mode}", fields.faults))
        for mode in words
    }


def _in_languages(fields: FormFields) -> dict[str, str]:
    further = further_languages()
    fields.only((*LANGUAGES, *further))
    texts = {
        language: fields.text(language, maximum_bytes=WORDS_MAX_BYTES) for language in LANGUAGES
    }
    return texts | {
        language: fields.text(language, maximum_bytes=WORDS_MAX_BYTES)
        for language in further
        if fields.has(language)
    }


def _source_words(fields: FormFields) -> dict[str, str]:
    """The source in languages other than English, where the file has them."""
    words = FormFields(fields.table("source_words", {}), "source_words", fields.faults)
    languages = (*LANGUAGES, *further_languages())
    words.only(languages)
    texts = {language: words.text(language, "") for language in languages}
    return {language: text for language, text in texts.items() if text}


def _advice(fields: FormFields) -> dict[str, dict[str, tuple[str, ...]]]:
    """What to do, by tier and language, step by step; {} where the file leaves it to the page."""
    advice = fields.table("advice", {})
    for tier in advice.keys() - set(_TIERS):
        fields.fault(f"advice.{tier}", f"no tier; there are {', '.join(_TIERS)}")
    return {
        tier: _steps(FormFields(advice[tier], f"advice.{tier}", fields.faults))
        for tier in _TIERS
        if tier in advice
    }


def _steps(fields: FormFields) -> dict[str, tuple[str, ...]]:
    further = further_languages()
    fields.only((*LANGUAGES, *further))
    given = (*LANGUAGES, *filter(fields.has, further))
    return {language: fields.steps(language) for language in given}
