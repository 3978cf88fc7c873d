"""What a private list keeps of one person's answer: as little as its output will say.

An answer is a few words, so that a list of 100,000 people can wait for its output in a small file.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from exposure_index.label.model import Tier
from exposure_index.lookup.result import ListedExposure, LookupResult

TRIPS_MAX = 2
INDEX_REASON = "index_"
_RANKS = {Tier.CLOSE: 0, Tier.GENERAL: 1, Tier.NONE: 2}


class TripAnswer(NamedTuple):
    """One trip of an answer, in the words of the published columns."""

    tier: str
    mode: str
    number: str
    service_date: str
    rule: str


class PersonAnswer(NamedTuple):
    """Answer about one person. status: exposed, not_found or incomplete; of a row that names them
    doubtfully, not_checked with one of the reasons of `tables`.

    tier: the worst, "" without an exposure; act_until: ISO date of the last day of any observation,
    "" where nobody observes; reason: why it is incomplete, as uploads say it (`index_absent`);
    trips: two at most, the worst first, and none where the output names none.
    """

    status: str
    tier: str = ""
    act_until: str = ""
    reason: str = ""
    trips: tuple[TripAnswer, ...] = ()

    def to_json(self) -> list[Any]:
        """Return the answer as JSON holds it."""
        return [self.status, self.tier, self.act_until, self.reason, *map(list, self.trips)]

    @classmethod
    def from_json(cls, item: list[Any]) -> "PersonAnswer":
        """Return the answer of an item that ``to_json`` made."""
        status, tier, act_until, reason, *trips = item
        return cls(status, tier, act_until, reason, tuple(TripAnswer(*trip) for trip in trips))


def merged_answer(
    results: Sequence[LookupResult[ListedExposure]], *, with_trips: bool
) -> PersonAnswer:
    """Merge the results of every document that one row may mean: any listing counts.

    results: one at least. Not found is only who is found under none of them, all complete.
    """
    distinct = dict.fromkeys(each for one in results for each in one.exposures)
    exposures = sorted(distinct, key=_worst_first)
    if not exposures:
        missing = next((one.missing[0].why for one in results if one.missing), "")
        if all(one.status == "not_found" for one in results):
            return PersonAnswer("not_found")
        return PersonAnswer("incomplete", reason=f"{INDEX_REASON}{missing}")
    until = max((each.observe_until or date.min for each in exposures), default=date.min)
    return PersonAnswer(
        "exposed",
        exposures[0].tier.word,
        until.isoformat() if until > date.min else "",
        "",
        tuple(map(_trip_answer, exposures[:TRIPS_MAX])) if with_trips else (),
    )


def _worst_first(exposure: ListedExposure) -> tuple[int, int, int]:
    """Order as a single check does: tier, then the longest observation, then the latest day."""
    day = exposure.service_date
    reach = max(exposure.observe_until or day, day)
    return _RANKS[exposure.tier], -reach.toordinal(), -day.toordinal()


def _trip_answer(trip: ListedExposure) -> TripAnswer:
    day = trip.service_date.isoformat()
    return TripAnswer(trip.tier.word, trip.mode.word, trip.number, day, trip.rule)
