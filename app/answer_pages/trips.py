"""The view model of one listed trip, in the words of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.answer_pages.texts import rule_words, source_words
from app.answer_pages.words import AnswerWords
from app.answer_pages.zone_pictures import ZonePicture
from exposure_index.files.published_places import PublishedPlaces
from exposure_index.label.model import Mode
from exposure_index.lookup.result import ListedExposure


class TripSource(NamedTuple):
    """What one authority's index tells besides: its rule sets by name, and published places."""

    rules: Mapping[str, Any]
    places: PublishedPlaces


@dataclass(frozen=True, slots=True)
class TripView:
    """One listed trip in words; carriage, rule and source "" where nothing is known of them.

    board, alight: where a case got on and off, as published; not the reader's own; else "".

    observe_until: None where its rule asks for no observation; observation_over: it lies before
    today. picture: of the zone of its rule.
    """

    tier: str
    mode: str
    number: str
    service_date: date
    carriage: str
    board: str
    alight: str
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
    source: TripSource,
    language: str,
    today: date,
    words: AnswerWords,
) -> TripView:
    """Return the words of one exposure; source: of its authority; language: BCP 47."""
    rule = source.rules.get(exposure.rule)
    picture = words.zones.picture_of(exposure.mode, exposure.relation, rule)
    relation = words.relations[exposure.relation]
    places = source.places.find(exposure.mode.word, exposure.number, exposure.service_date)
    return TripView(
        tier=words.tiers[exposure.tier],
        mode=words.modes[exposure.mode],
        number=exposure.number,
        service_date=exposure.service_date,
        carriage=words.places[exposure.mode is Mode.SHIP][exposure.carriage],
        board=places.board,
        alight=places.alight,
        relation=words.neighbouring.get(picture.mark, relation),
        rule=rule_words(rule, exposure.mode, language),
        rule_name=exposure.rule,
        source=source_words(rule, language),
        observe_until=exposure.observe_until,
        observation_over=observation_over(exposure, today),
        authority=exposure.authority,
        picture=picture,
    )


def observation_over(exposure: ListedExposure, today: date) -> bool:
    """Return whether the last day of observation is known and lies before today."""
    return (exposure.observe_until or today) < today
