"""The view model of what to do: advice of the rule sets, each with the trips that it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.answer_pages.constant_time_template import PaddedList
from app.answer_pages.texts import advice_steps
from app.answer_pages.trips import TripView
from exposure_index.label.model import Tier
from exposure_index.lookup.result import ListedExposure

CLOSE = Tier.CLOSE.word


class AdviceTrip(NamedTuple):
    """A trip that a piece of advice is for; is_last: whether it is the last of them."""

    mode: str
    number: str
    service_date: date
    is_last: bool


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What to do for some of the trips; steps () where the manifest leaves it to the page."""

    tier: str
    steps: PaddedList[str]
    trips: PaddedList[AdviceTrip]

    @property
    def page_close(self) -> bool:
        """Whether the page itself says what a close contact does."""
        return (not self.steps) & (self.tier == CLOSE)

    @property
    def page_general(self) -> bool:
        """Whether the page itself says what any other contact does."""
        return (not self.steps) & (self.tier != CLOSE)


def advice_views(
    visible: int,
    slots: Sequence[ListedExposure],
    trips: Sequence[TripView],
    rules: Mapping[str, Mapping[str, Any]],
    language: str,
) -> PaddedList[AdviceView]:
    """Group the trips by what is to be done for them, the worst first; shorter groups are padded.

    The worst trip of a rule set counts; a milder one of the same set adds nothing to do. visible:
    how many of the slots are no decoys, which are grouped apart; trips: of the slots, in words;
    rules: by authority and name; language: BCP 47.
    """
    by_advice: dict[tuple[bool, str, tuple[str, ...]], list[TripView]] = {}
    rule_sets: set[tuple[object, ...]] = set()
    for at, (exposure, trip) in enumerate(zip(slots, trips, strict=True)):
        steps = advice_steps(rules[exposure.authority].get(exposure.rule), exposure.tier, language)
        # Where no set says what to do the page does, once, for the worst of all.
        rule_set = (exposure.authority, exposure.rule) if steps else ()
        group = by_advice.setdefault((at < visible, exposure.tier.word, steps), [])
        group.extend([trip] * ((at < visible, rule_set) not in rule_sets))
        rule_sets.add((at < visible, rule_set))
    sets = [
        (rule, tier) for by_name in rules.values() for rule in by_name.values() for tier in Tier
    ]
    longest = max((advice_steps(*each, language) for each in sets), key=len, default=())
    most = min(len(slots), sum(map(len, rules.values())) + 1)  # one a rule set, and the page's
    groups = [
        (tier, steps, group)
        for (is_visible, tier, steps), group in by_advice.items()
        if is_visible and group
    ]
    decoys = [(CLOSE, longest, [trips[-1]])] * most
    advice = [
        AdviceView(
            tier,
            PaddedList(len(steps), [*steps, *longest][: len(longest)]),
            _advice_trips(len(group), [*group, *trips][:most]),
        )
        for tier, steps, group in [*groups, *decoys][:most]
    ]
    return PaddedList(len(groups), advice)


def _advice_trips(visible: int, slots: Sequence[TripView]) -> PaddedList[AdviceTrip]:
    return PaddedList(
        visible,
        [
            AdviceTrip(trip.mode, trip.number, trip.service_date, at == visible - 1)
            for at, trip in enumerate(slots)
        ],
    )
