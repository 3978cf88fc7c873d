"""What the answer page shows, taken from an answer; the templates only lay it out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from flask_babel import LazyString, lazy_gettext

from app.query.words import (
    MODE_WORDS,
    RELATION_WORDS,
    TIER_WORDS,
    advice_steps,
    carriage_words,
    mode_words,
    rule_words,
    source_words,
)
from exposure_index.answers import Answer, ListedTrip, Missing
from exposure_index.label import Mode, Tier
from exposure_index.manifest import Manifest

COVERAGE_SHOWN_MAX = 60
GAPS_SHOWN_MAX = 12
ASK_AGAIN_AFTER = timedelta(days=1)
PADDED_UNIT_BYTES = 8_192
PART_BYTES = 8_192
TRIPS_OF_AN_INDEX_BYTES = 12_288  # four trips, with long rules in three-byte characters

Words: TypeAlias = LazyString | str

LISTED = frozenset({"exposed", "general"})
DATE_OF_TRAVEL = lazy_gettext("Date of travel")
DATE = lazy_gettext("Date")


@dataclass(frozen=True, slots=True)
class TripShown:
    """One listed trip in words; carriage, rule and source "" where there is nothing to tell.

    last_advised: the last of the trips that one piece of advice is for.
    """

    tier: Words
    mode: Words
    number: str
    is_trip: bool
    service_date: date
    carriage: Words
    relation: Words
    rule: str
    rule_name: str
    source: str
    observe_until: date | None
    authority: str
    last_advised: bool = True

    @property
    def date_words(self) -> Words:
        """What its date is called."""
        return DATE_OF_TRAVEL if self.is_trip else DATE

    @property
    def rule_words(self) -> str:
        """The rule in plain words, else its name."""
        return self.rule or self.rule_name


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """What one operator's data hold: first and last day, runs of days without data, their age."""

    mode: Words
    operator: str
    first: date | None
    last: date | None
    gaps: tuple[tuple[date, date], ...]
    more_gaps: int
    oldest_source: datetime | None


@dataclass(frozen=True, slots=True)
class DataShown:
    """One authority's data: how old, how far, and what they cover."""

    authority: str
    built_at: datetime
    oldest_source: datetime
    valid_until: datetime
    coverage: tuple[CoverageShown, ...]
    more_coverage: int


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """What to do for some of the trips; steps () where the manifest leaves it to the page."""

    tier: str
    steps: tuple[str, ...]
    trips: tuple[TripShown, ...]

    @property
    def page_close(self) -> bool:
        """Whether the page itself says what a close contact does."""
        return not self.steps and self.tier == Tier.CLOSE.word

    @property
    def page_general(self) -> bool:
        """Whether the page itself says what any other contact does."""
        return not self.steps and self.tier != Tier.CLOSE.word


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """A whole answer page.

    status: exposed, general (listed, but by no rule as a close contact), not_found, incomplete.
    observe_until: the latest day of all, None where no rule asks for observation;
    observation_over: it lies before today. advice: what to do, the worst first; rule sets that say
    the same are told once. owner: the one authority to call where several may be meant, else "";
    listed_by: how many of them list the person. missing: what the answer does not cover.
    """

    status: str
    trips: tuple[TripShown, ...]
    advice: tuple[AdviceShown, ...]
    more_trips: int
    observe_until: date | None
    observation_over: bool
    data: tuple[DataShown, ...]
    oldest_source: datetime
    ask_again_on: date
    owner: str
    listed_by: int
    missing: tuple[Missing, ...]

    @property
    def is_listed(self) -> bool:
        """Whether there is a trip to tell of."""
        return self.status in LISTED

    @property
    def is_general(self) -> bool:
        """Whether no rule calls the person a close contact."""
        return self.status == "general"

    @property
    def is_not_found(self) -> bool:
        """Whether all data are here and none lists the person."""
        return self.status == "not_found"

    @property
    def is_incomplete(self) -> bool:
        """Whether none of the data that are here lists the person."""
        return self.status == "incomplete"

    @property
    def observation_goes_on(self) -> bool:
        """Whether a day is known until which the person is observed, and lies ahead."""
        return self.observe_until is not None and not self.observation_over

    @property
    def observed_by_steps(self) -> bool:
        """Whether that day must be told apart, since the steps are the rule set's own."""
        return self.observation_goes_on and any(advice.steps for advice in self.advice)

    @property
    def several_advices(self) -> bool:
        """Whether it must be said which trips a piece of advice is for."""
        return len(self.advice) > 1

    @property
    def listed_by_several(self) -> bool:
        """Whether more than one authority lists the person."""
        return self.listed_by > 1


def answer_shown(answer: Answer, language: str, today: date) -> AnswerShown:
    """Return what to show of an answer; language: BCP 47, for the rules' words."""
    rules = {manifest.authority: manifest.rules for manifest in answer.indexes}
    trips = tuple(_trip(trip, rules[trip.authority], language) for trip in answer.exposures)
    until = max((t.observe_until for t in answer.exposures if t.observe_until), default=None)
    status: str = answer.status
    if status == "exposed" and all(t.tier is not Tier.CLOSE for t in answer.exposures):
        status = "general"
    return AnswerShown(
        status=status,
        trips=trips,
        advice=_advice(answer.exposures, trips, rules, language),
        more_trips=max(0, answer.total - len(trips)),
        observe_until=until,
        observation_over=until is not None and until < today,
        data=data_shown(answer.indexes),
        oldest_source=min(manifest.oldest_source for manifest in answer.indexes),
        ask_again_on=today + ASK_AGAIN_AFTER,
        owner=_owner(answer),
        listed_by=len({trip.authority for trip in answer.exposures}),
        missing=answer.missing,
    )


def _owner(answer: Answer) -> str:
    """Return who calls: whose trip is the worst and among equals the latest, as they are sorted.

    One authority deals with a person, however many list the person; "" where there is only one.
    """
    authorities = {manifest.authority for manifest in answer.indexes}
    authorities |= {missing.authority for missing in answer.missing}
    return answer.exposures[0].authority if answer.exposures and len(authorities) > 1 else ""


def data_shown(manifests: Sequence[Manifest]) -> tuple[DataShown, ...]:
    """Return age and coverage of the data, one entry an authority."""
    return tuple(
        DataShown(
            authority=manifest.authority,
            built_at=manifest.built_at,
            oldest_source=manifest.oldest_source,
            valid_until=manifest.valid_until,
            coverage=tuple(map(_coverage, manifest.coverage[:COVERAGE_SHOWN_MAX])),
            more_coverage=max(0, len(manifest.coverage) - COVERAGE_SHOWN_MAX),
        )
        for manifest in manifests
    )


def padding_for(part: str, indexes: int, people: int = 1) -> str:
    """Return the spaces that bring the part that differs between answers to one length.

    It depends on the numbers of indexes and people only: each index may list as many trips of a
    person as two labels hold.
    """
    length = len(part.encode())
    most = max(length, people * (PART_BYTES + indexes * TRIPS_OF_AN_INDEX_BYTES))
    return " " * (-(-most // PADDED_UNIT_BYTES) * PADDED_UNIT_BYTES - length)


def _trip(trip: ListedTrip, rules: Mapping[str, Any], language: str) -> TripShown:
    rule = rules.get(trip.rule)
    return TripShown(
        tier=TIER_WORDS.get(trip.tier, ""),
        mode=MODE_WORDS[trip.mode],
        number=trip.number,
        is_trip=trip.mode is not Mode.SETTING,
        service_date=trip.service_date,
        carriage=carriage_words(trip.carriage),
        relation=RELATION_WORDS[trip.relation],
        rule=rule_words(rule, trip.mode, language),
        rule_name=trip.rule,
        source=source_words(rule, language),
        observe_until=trip.observe_until,
        authority=trip.authority,
    )


def _advice(
    listed: Sequence[ListedTrip],
    shown: Sequence[TripShown],
    rules: Mapping[str, Mapping[str, Any]],
    language: str,
) -> tuple[AdviceShown, ...]:
    """Take the worst trip of each rule set; a milder one of the same set adds nothing to do."""
    found: dict[tuple[str, tuple[str, ...]], list[TripShown]] = {}
    told = set()
    for trip, words in zip(listed, shown, strict=True):
        rule = rules[trip.authority].get(trip.rule)
        steps = advice_steps(rule, trip.tier, language)
        # Where no set says what to do the page does, once, for the worst of all.
        key = (trip.authority, trip.rule) if steps else None
        if key not in told:
            told.add(key)
            found.setdefault((trip.tier.word, steps), []).append(words)
    return tuple(
        AdviceShown(tier, steps, _advised(advised)) for (tier, steps), advised in found.items()
    )


def _advised(trips: Sequence[TripShown]) -> tuple[TripShown, ...]:
    last = len(trips) - 1
    return tuple(replace(trip, last_advised=at == last) for at, trip in enumerate(trips))


def _coverage(item: Any) -> CoverageShown:  # noqa: ANN401 - as signed, of any shape
    given = item if isinstance(item, dict) else {}
    gaps = _runs(day for day in map(_day, given.get("gaps") or ()) if day)
    return CoverageShown(
        mode=mode_words(str(given.get("mode", ""))),
        operator=str(given.get("operator") or ""),
        first=_day(given.get("from")),
        last=_day(given.get("to")),
        gaps=tuple(gaps[:GAPS_SHOWN_MAX]),
        more_gaps=max(0, len(gaps) - GAPS_SHOWN_MAX),
        oldest_source=_moment(given.get("oldest_source")),
    )


def _runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return days as first and last day of each run without a break."""
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
