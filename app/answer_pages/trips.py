"""The view model of one listed trip, in the words of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString

from app.answer_pages.texts import (
    DATE,
    DATE_OF_TRAVEL,
    MODE_WORDS,
    RELATION_WORDS,
    TIER_WORDS,
    carriage_words,
    rule_words,
    source_words,
)
from exposure_index.label.model import Mode
from exposure_index.lookup.result import ListedExposure


@dataclass(frozen=True, slots=True)
class TripView:
    """One listed trip in words; carriage, rule and source "" where nothing is known of them.

    observe_until: None where its rule asks for no observation; observation_over: it lies before
    today.
    """

    tier: str
    mode: str
    number: str
    is_trip: bool
    service_date: date
    carriage: str
    relation: str
    rule: str
    rule_name: str
    source: str
    observe_until: date | None
    observation_over: bool
    authority: str

    @property
    def date_words(self) -> LazyString | str:
        """What its date is called."""
        return DATE_OF_TRAVEL if self.is_trip else DATE

    @property
    def rule_words(self) -> str:
        """The rule in plain words, else its name."""
        return self.rule or self.rule_name


def trip_view(
    exposure: ListedExposure, rules: Mapping[str, Any], language: str, today: date
) -> TripView:
    """Return the words of one exposure; rules: of its authority, by name; language: BCP 47."""
    rule = rules.get(exposure.rule)
    return TripView(
        tier=str(TIER_WORDS[exposure.tier]),
        mode=str(MODE_WORDS[exposure.mode]),
        number=exposure.number,
        is_trip=exposure.mode is not Mode.SETTING,
        service_date=exposure.service_date,
        carriage=carriage_words(exposure.carriage),
        relation=str(RELATION_WORDS[exposure.relation]),
        rule=rule_words(rule, exposure.mode, language),
        rule_name=exposure.rule,
        source=source_words(rule, language),
        observe_until=exposure.observe_until,
        observation_over=observation_over(exposure, today),
        authority=exposure.authority,
    )


def observation_over(exposure: ListedExposure, today: date) -> bool:
    """Return whether the last day of observation is known and lies before today."""
    return (exposure.observe_until or today) < today
