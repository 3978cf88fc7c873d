"""What the answer page shows, taken from an answer; the templates only lay it out.

As many trips and pieces of advice are put into words for everybody as could be told: what is told
comes first, then decoys, which are filled in and not sent (`constant_time_template.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

from flask_babel import LazyString, lazy_gettext

from app.answer_pages.constant_time_template import Several
from app.answer_pages.coverage import DataShown, data_shown
from app.answer_pages.labels import (
    ANOTHER_AUTHORITY,
    MODE_WORDS,
    RELATION_WORDS,
    TIER_WORDS,
    advice_steps,
    carriage_words,
    rule_words,
    source_words,
)
from exposure_index.files.manifest import Manifest
from exposure_index.label.model import Mode, Relation, Tier
from exposure_index.lookup.result import ListedExposure, LookupResult, Missing

ASK_AGAIN_AFTER = timedelta(days=1)
NO_DAY = date.min
CLOSE = Tier.CLOSE.word
TRIPS_OF_AN_INDEX = 4  # two labels of two trips each

Words: TypeAlias = LazyString | str

LISTED = frozenset({"exposed", "general"})
DATE_OF_TRAVEL = lazy_gettext("Date of travel")
DATE = lazy_gettext("Date")


@dataclass(frozen=True, slots=True)
class TripShown:
    """One listed trip in words; carriage, rule and source "" where there is nothing to tell."""

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
    authority: str

    @property
    def date_words(self) -> Words:
        """What its date is called."""
        return DATE_OF_TRAVEL if self.is_trip else DATE

    @property
    def rule_words(self) -> str:
        """The rule in plain words, else its name."""
        return self.rule or self.rule_name


class TripAdvised(NamedTuple):
    """A trip that a piece of advice is for; last_advised: whether it is the last of them."""

    mode: str
    number: str
    service_date: date
    last_advised: bool


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """What to do for some of the trips; steps () where the manifest leaves it to the page."""

    tier: str
    steps: Several[str]
    trips: Several[TripAdvised]

    @property
    def page_close(self) -> bool:
        """Whether the page itself says what a close contact does."""
        return (not self.steps) & (self.tier == CLOSE)

    @property
    def page_general(self) -> bool:
        """Whether the page itself says what any other contact does."""
        return (not self.steps) & (self.tier != CLOSE)


@dataclass(frozen=True, slots=True)
class MissingShown:
    """Whose data do not count, and why: absent, expired, stale or damaged."""

    authority: Words
    why: str

    @property
    def absent(self) -> bool:
        """Whether they are not here."""
        return self.why == "absent"

    @property
    def expired(self) -> bool:
        """Whether they may be used no longer."""
        return self.why == "expired"

    @property
    def stale(self) -> bool:
        """Whether their oldest source is too old."""
        return self.why == "stale"

    @property
    def damaged(self) -> bool:
        """Whether they failed a check."""
        return self.why == "damaged"


@dataclass(frozen=True, slots=True)
class Hotlines:
    """Whom to call where no authority is the owner, and the numbers of those that may be."""

    authority: str = ""
    hotline: str = ""
    of_authorities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """A whole answer page.

    status: exposed, general (listed, but by no rule as a close contact), not_found, incomplete.
    observe_until: the latest day of all, None where no rule asks for observation;
    observation_over: it lies before today. advice: what to do, the worst first; rule sets that say
    the same are told once. owner: the one authority to call where several may be meant, else "";
    whom_to_call, hotline: it, else the service's. listed_by: how many authorities list the person.
    missing: what the answer does not cover.
    """

    status: str
    trips: Several[TripShown]
    advice: Several[AdviceShown]
    more_trips: int
    observe_until: date | None
    observation_over: bool
    data: tuple[DataShown, ...]
    oldest_source: datetime
    ask_again_on: date
    owner: str
    whom_to_call: str
    hotline: str
    listed_by: int
    missing: tuple[MissingShown, ...]

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
        return (self.observe_until is not None) & (not self.observation_over)

    @property
    def observed_by_steps(self) -> bool:
        """Whether that day must be told apart, since the steps are the rule set's own."""
        steps = [bool(advice.steps) for advice in self.advice.places]
        return self.observation_goes_on & (True in steps[: len(self.advice)])

    @property
    def several_advices(self) -> bool:
        """Whether it must be said which trips a piece of advice is for."""
        return len(self.advice) > 1

    @property
    def listed_by_several(self) -> bool:
        """Whether more than one authority lists the person."""
        return self.listed_by > 1


def answer_shown(
    answer: LookupResult[ListedExposure],
    language: str,
    today: date,
    hotlines: Hotlines | None = None,
) -> AnswerShown:
    """Return what to show of an answer; language: BCP 47, for the rules' words."""
    calls = hotlines or Hotlines()
    rules = {manifest.authority: manifest.rules for manifest in answer.indexes}
    told = len(answer.exposures)
    places = _places(answer)
    trips = [_trip(trip, rules[trip.authority], language) for trip in places]
    until = max([NO_DAY, *[trip.observe_until or NO_DAY for trip in places][:told]])
    general = True not in [trip.tier is Tier.CLOSE for trip in places][:told]
    owner = _owner(answer, places)
    return AnswerShown(
        status="general" if answer.status == "exposed" and general else answer.status,
        trips=Several.of(told, trips),
        advice=_advice(told, places, trips, rules, language),
        more_trips=max(0, answer.total - told),
        observe_until=until if until > NO_DAY else None,
        observation_over=NO_DAY < until < today,
        data=data_shown(answer.indexes),
        oldest_source=min(manifest.oldest_source for manifest in answer.indexes),
        ask_again_on=today + ASK_AGAIN_AFTER,
        owner=owner,
        whom_to_call=owner or calls.authority,
        hotline=calls.of_authorities.get(owner, calls.hotline),
        listed_by=len(set([trip.authority for trip in places][:told])),
        missing=tuple(map(_missing, answer.missing)),
    )


def _places(answer: LookupResult[ListedExposure]) -> list[ListedExposure]:
    """Return the trips that are told, then decoys in the place of others that could be."""
    decoys = [_decoy(manifest) for manifest in answer.indexes] * TRIPS_OF_AN_INDEX
    return [*answer.exposures, *decoys][: max(len(decoys), len(answer.exposures))]


def _decoy(manifest: Manifest) -> ListedExposure:
    day, rule = manifest.built_at.date(), next(iter(manifest.rules), "")
    relation = Relation.SAME_CARRIAGE
    return ListedExposure(
        Tier.CLOSE, Mode.TRAIN, "G0000", day, 8, relation, rule, day, manifest.authority
    )


def _missing(missing: Missing) -> MissingShown:
    return MissingShown(missing.authority or ANOTHER_AUTHORITY, missing.why)


def _owner(answer: LookupResult[ListedExposure], places: Sequence[ListedExposure]) -> str:
    """Return who calls: whose trip is the worst and among equals the latest, as they are sorted.

    One authority deals with a person, however many list the person; "" where there is only one.
    """
    authorities = {manifest.authority for manifest in answer.indexes}
    authorities |= {missing.authority for missing in answer.missing}
    either = "", places[0].authority
    return either[(len(authorities) > 1) & bool(answer.exposures)]


def _trip(trip: ListedExposure, rules: Mapping[str, Any], language: str) -> TripShown:
    rule = rules.get(trip.rule)
    return TripShown(
        tier=str(TIER_WORDS[trip.tier]),
        mode=str(MODE_WORDS[trip.mode]),
        number=trip.number,
        is_trip=trip.mode is not Mode.SETTING,
        service_date=trip.service_date,
        carriage=carriage_words(trip.carriage),
        relation=str(RELATION_WORDS[trip.relation]),
        rule=rule_words(rule, trip.mode, language),
        rule_name=trip.rule,
        source=source_words(rule, language),
        observe_until=trip.observe_until,
        authority=trip.authority,
    )


def _advice(
    told: int,
    places: Sequence[ListedExposure],
    shown: Sequence[TripShown],
    rules: Mapping[str, Mapping[str, Any]],
    language: str,
) -> Several[AdviceShown]:
    """Take the worst trip of each rule set; a milder one of the same set adds nothing to do.

    told: how many of the trips are; decoys are gathered apart.
    """
    found: dict[tuple[bool, str, tuple[str, ...]], list[TripShown]] = {}
    seen: set[tuple[object, ...]] = set()
    for at, (trip, words) in enumerate(zip(places, shown, strict=True)):
        steps = advice_steps(rules[trip.authority].get(trip.rule), trip.tier, language)
        # Where no set says what to do the page does, once, for the worst of all.
        rule_set = (trip.authority, trip.rule) if steps else ()
        advised = found.setdefault((at < told, trip.tier.word, steps), [])
        advised.extend([words] * ((at < told, rule_set) not in seen))
        seen.add((at < told, rule_set))
    sets = [
        (rule, tier) for by_name in rules.values() for rule in by_name.values() for tier in Tier
    ]
    longest = max((advice_steps(*each, language) for each in sets), key=len, default=())
    most = min(len(places), sum(map(len, rules.values())) + 1)  # one a rule set, and the page's
    groups = [(tier, steps, trips) for (yes, tier, steps), trips in found.items() if yes and trips]
    decoys = [(CLOSE, longest, [shown[-1]])] * most
    advice = [
        AdviceShown(
            tier,
            Several.of(len(steps), [*steps, *longest][: len(longest)]),
            _advised(trips, [*trips, *shown][:most]),
        )
        for tier, steps, trips in [*groups, *decoys][:most]
    ]
    return Several.of(len(groups), advice)


def _advised(told: Sequence[TripShown], places: Sequence[TripShown]) -> Several[TripAdvised]:
    last = len(told) - 1
    return Several.of(
        len(told),
        [
            TripAdvised(trip.mode, trip.number, trip.service_date, at == last)
            for at, trip in enumerate(places)
        ],
    )
