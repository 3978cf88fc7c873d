"""The view model of what to do: advice of the rule sets, each with the trips that it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from operator import itemgetter
from typing import Any, NamedTuple

from app.answer_pages.constant_time_template import PaddedList, decoy_flags
from app.answer_pages.texts import advice_steps
from app.answer_pages.trips import TripView
from exposure_index.label.model import Tier
from exposure_index.lookup.result import ListedExposure

CLOSE = Tier.CLOSE.word
_IS_LEFT_OUT = itemgetter(0)
_new = tuple.__new__  # half the time of a named tuple's own


class AdviceTrip(NamedTuple):
    """A trip that a piece of advice is for; is_last: whether it is the last of them."""

    mode: str
    number: str
    service_date: date
    is_last: bool


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What to do for some of the trips; steps () where the manifest leaves it to the page.

    observe_until: the last day of observation of these trips, None where none is known;
    observation_over: it lies before today.
    """

    tier: str
    steps: PaddedList[str]
    trips: PaddedList[AdviceTrip]
    observe_until: date | None
    observation_over: bool

    @property
    def page_close(self) -> bool:
        """Whether the page itself says what a close contact does."""
        return (not self.steps) & (self.tier == CLOSE)

    @property
    def page_general(self) -> bool:
        """Whether the page itself says what any other contact does."""
        return (not self.steps) & (self.tier != CLOSE)

    @property
    def observation_goes_on(self) -> bool:
        """Whether a day is known until which these trips are observed, and lies ahead."""
        return (self.observe_until is not None) & (not self.observation_over)

    @property
    def observed_by_steps(self) -> bool:
        """Whether that day must be said besides, since the steps are the rule set's own."""
        return self.observation_goes_on & bool(self.steps)


def advice_views(
    visible: int,
    slots: Sequence[ListedExposure],
    trips: Sequence[TripView],
    rules: Mapping[str, Mapping[str, Any]],
    language: str,
) -> PaddedList[AdviceView]:
    """Group the trips by what is to be done for them, the worst first; shorter groups are padded.

    The first trip of a rule set counts; another of the same set adds something to do only where
    its observation goes on for longer. What is over is no advice for what goes on. visible: how
    many of the slots are no decoys, which are grouped apart; trips: of the slots, in words; rules:
    by authority and name; language: BCP 47.
    """
    steps_of_rule = {
        (authority, name, tier): advice_steps(rule, tier, language)
        for authority, by_name in rules.items()
        for name, rule in by_name.items()
        for tier in Tier
    }
    longest = max(steps_of_rule.values(), key=len, default=())
    by_advice: dict[tuple[int, str, tuple[str, ...], bool], list[TripView]] = {}
    reach: dict[tuple[object, ...], date] = {}
    each_slot = zip(count(), slots, trips, decoy_flags(visible, len(slots)), strict=False)
    for at, exposure, trip, is_decoy in each_slot:
        steps = steps_of_rule.get((exposure.authority, exposure.rule, exposure.tier), ())
        # each is a group by itself, as most trips are, and has its rule set in common with one
        decoy, pair = is_decoy * (at + 1), is_decoy * (1 + at // 2)
        # Where no set says what to do the page does, once, for the worst of all.
        rule_set = pair, ((), (exposure.authority, exposure.rule))[bool(steps)]
        until = trip.observe_until or date.min
        before = reach.get(rule_set, until)
        adds = (rule_set not in reach) | ((until > before) & (not trip.observation_over))
        key = decoy, exposure.tier.word, steps, trip.observation_over
        by_advice.setdefault(key, []).extend([trip] * adds)
        reach[rule_set] = max(until, before)
    # each rule set, and the page, at most for a close contact and for another observed longer
    most = min(len(slots), 2 * (sum(map(len, rules.values())) + 1))
    groups = [
        ((decoy > 0) | (not group), tier, steps, over, group)
        for (decoy, tier, steps, over), group in by_advice.items()
    ]
    groups.sort(key=_IS_LEFT_OUT)
    advice = [
        AdviceView(
            tier,
            PaddedList(len(steps), [*steps, *longest][: len(longest)]),
            _advice_trips(len(group), [*group, *trips][: most - place]),  # one or more each before
            _latest(group),
            over,
        )
        for place, (_, tier, steps, over, group) in enumerate([*groups, *groups[-1:] * most][:most])
    ]
    return PaddedList(len(groups) - sum(map(_IS_LEFT_OUT, groups)), advice)


def _latest(trips: Sequence[TripView]) -> date | None:
    day = max([date.min, *[trip.observe_until or date.min for trip in trips]])
    return (None, day)[day > date.min]


def _advice_trips(visible: int, slots: Sequence[TripView]) -> PaddedList[AdviceTrip]:
    return PaddedList(
        visible,
        [
            _new(AdviceTrip, (trip.mode, trip.number, trip.service_date, at == visible - 1))
            for at, trip in enumerate(slots)
        ],
    )
