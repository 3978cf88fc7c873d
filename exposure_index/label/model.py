"""Labels: what one index says of one identity, in words and dates. Their 48 bytes: codec.py."""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from exposure_index.label.codec import (
    EXPOSURES_MAX,
    FREE,
    TOTAL_OR_MORE,
    ExposureNumbers,
    LabelInvalid,
    LabelNumbers,
    date_of,
    days_since_zero,
)


class _Word(IntEnum):
    word: str
    """The lower-case English word that JSON and CSV use."""

    def __init__(self, _number: int) -> None:
        self.word = self.name.lower()  # kept: an answer asks for twenty


class Mode(_Word):
    """Means of transport; SETTING is a place found by investigators."""

    SETTING = 0
    FLIGHT = 1
    TRAIN = 2
    METRO = 3
    COACH = 4
    BUS = 5
    TAXI = 6
    SHIP = 7


class Tier(_Word):
    """Tier of a contact; NONE is kept for the canary."""

    NONE = 0
    CLOSE = 1
    GENERAL = 2


class Relation(_Word):
    """Why the rule lists the person."""

    UNKNOWN = 0
    SAME_ROW = 1
    NEIGHBOURING = 2
    SAME_UNIT = 3
    SAME_CARRIAGE = 4
    SAME_VEHICLE = 5
    COMPANION = 6
    CREW = 7


class Exposure(NamedTuple):
    """One trip shared with a case; `day` is the ticket's boarding date.

    rule: number of the rule set, 0 to 255; carriage: as ``carriages`` numbers them; trip: the
    service's number, cut to 15 bytes of UTF-8 when packed; observe_until: the last day of
    observation for this trip, None where the rule set observes nobody.
    """

    mode: Mode
    tier: Tier
    rule: int
    relation: Relation
    day: date
    carriage: int
    trip: str
    observe_until: date | None = None

    @classmethod
    def of_numbers(cls, numbers: ExposureNumbers) -> "Exposure":
        """Return the exposure of its numbers."""
        mode, tier, rule, relation, day, until, carriage, trip = numbers
        return cls(
            Mode(mode),
            Tier(tier),
            rule,
            Relation(relation),
            date_of(day),
            carriage,
            trip,
            date_of(until) if until else None,
        )

    def numbers(self) -> ExposureNumbers:
        """Return its numbers. Raises LabelInvalid where a day does not fit."""
        mode, tier, rule, relation, day, carriage, trip, observe_until = self
        until = 0 if observe_until is None else days_since_zero(observe_until)
        if until == 0 and observe_until is not None:  # would read as none
            raise LabelInvalid("observe_until")
        days = days_since_zero(day)
        return ExposureNumbers(
            mode.value, tier.value, rule, relation.value, days, until, carriage, trip
        )

    def worst_first(self) -> tuple[bool, bool, int, int]:
        """Sort key: close, general, none; then the longest observation; then the latest day.

        A trip without observation stands where its own day would as the last day of one.
        """
        reach = max(self.observe_until or self.day, self.day)
        return (
            self.tier is Tier.NONE,
            self.tier is Tier.GENERAL,
            -reach.toordinal(),
            -self.day.toordinal(),
        )


class Label(NamedTuple):
    """Everything an index holds of one identity.

    exposures: at most 2, worst first; total: how many there were, 255 = 255 or more.
    """

    exposures: tuple[Exposure, ...]
    total: int

    @classmethod
    def of(cls, exposures: Iterable[Exposure]) -> "Label":
        """Return the label of all exposures of a person: two of them, and the count.

        The worst is kept, and with it the one that is observed longest where that is longer than
        the worst, else the next worst: an observation that still runs is never left out for one
        that is over, whenever the label is read. ``person_exposures`` of the builder keeps the
        same two.
        """
        ranked = sorted(exposures, key=Exposure.worst_first)
        first, others = ranked[:1], ranked[1:]
        longest = max([*first, *others], key=_observed, default=None)
        if longest is not None and _observed(longest) > _observed(first[0]):
            others = [longest]
        return cls((*first, *others[: EXPOSURES_MAX - 1]), min(len(ranked), TOTAL_OR_MORE))

    @classmethod
    def of_numbers(cls, numbers: LabelNumbers) -> "Label":
        """Return the label of its numbers."""
        exposures = (numbers.first, numbers.second)[: numbers.exposure_count]
        return cls(tuple(map(Exposure.of_numbers, exposures)), numbers.total)

    @classmethod
    def unpack(cls, data: bytes) -> "Label":
        """Unpack the label of 48 bytes. Raises LabelInvalid on any other content."""
        return cls.of_numbers(LabelNumbers.unpack(data))

    def numbers(self) -> LabelNumbers:
        """Return its numbers. Raises LabelInvalid where they contradict each other."""
        if not len(self.exposures) <= self.total <= TOTAL_OR_MORE:
            raise LabelInvalid("total")
        if len(self.exposures) != min(self.total, EXPOSURES_MAX):
            raise LabelInvalid("exposures")
        first, second = (*(each.numbers() for each in self.exposures), FREE, FREE)[:EXPOSURES_MAX]
        return LabelNumbers(self.total, first, second)

    def pack(self) -> bytes:
        """Pack the 48 bytes. Raises LabelInvalid where a value does not fit."""
        return self.numbers().pack()


def _observed(exposure: Exposure) -> date:
    """Return until when an exposure is observed, for comparing; never where it is not."""
    return exposure.observe_until or date.min
