"""The view model of one listed trip, in the words of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.answer_pages.texts import rule_words, source_words
from app.answer_pages.words import AnswerWords
from app.answer_pages.zone_pictures import ZonePicture
from exposure_index.label.model import Mode
from exposure_index.lookup.result import ListedExposure


@dataclass(frozen=True, slots=True)
class TripView:
    """One listed trip in words; carriage, rule and source "" where nothing is known of them.

    observe_until: None where its rule asks for no observation; observation_over: it lies before
    today. picture: of the zone of its rule.
    """

    tier: str
    mode: str
    number: str
    service_date: date
    carriage: str
    relation: str
    rule: str
    rule_name: str
    source: str
    observe_until: date | None
    observation_over: bool
    authority: str
    picture: ZonePicture

    @property
    def rule_words(self) -> str:
        """The rule in plain words, else its name."""
        return self.rule or self.rule_name


def trip_view(
    exposure: ListedExposure,
    rules: Mapping[str, Any],
    language: str,
    today: date,
    words: AnswerWords,
) -> TripView:
    """Return the words of one exposure; rules: of its authority, by name; language: BCP 47."""
    rule = rules.get(exposure.rule)
    return TripView(
        tier=words.tiers[exposure.tier],
        mode=words.modes[exposure.mode],
        number=exposure.number,
        service_date=exposure.service_date,
        carriage=words.places[exposure.mode is Mode.SHIP][exposure.carriage],
        relation=words.relations[exposure.relation],
        rule=rule_words(rule, exposure.mode, language),
        rule_name=exposure.rule,
        source=source_words(rule, language),
        observe_until=exposure.observe_until,
        observation_over=observation_over(exposure, today),
        authority=exposure.authority,
        picture=words.zones.picture_of(exposure.mode, exposure.relation, rule),
    )


def observation_over(exposure: ListedExposure, today: date) -> bool:
    """Return whether the last day of observation is known and lies before today."""
    return (exposure.observe_until or today) < today
