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
    @property
    def word(self) -> str:
        """The lower-case English word that JSON and CSV use."""
        return self.name.lower()


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

    rule: number of the rule set, 0 to 255; carriage: 0 none, 255 other; trip: the service's
    number, cut to 15 bytes of UTF-8 when packed.
    """

    mode: Mode
    tier: Tier
    rule: int
    relation: Relation
    day: date
    carriage: int
    trip: str

    @classmethod
    def of_numbers(cls, numbers: ExposureNumbers) -> "Exposure":
        """Return the exposure of its numbers."""
        mode, tier, rule, relation, day, carriage, trip = numbers
        return cls(Mode(mode), Tier(tier), rule, Relation(relation), date_of(day), carriage, trip)

    def numbers(self) -> ExposureNumbers:
        """Return its numbers. Raises LabelInvalid where the day does not fit."""
        mode, tier, rule, relation, day, carriage, trip = self
        return ExposureNumbers(
            mode.value, tier.value, rule, relation.value, days_since_zero(day), carriage, trip
        )

    def worst_first(self) -> tuple[bool, bool, int]:
        """Sort key: close, general, none; then the latest day."""
        return self.tier is Tier.NONE, self.tier is Tier.GENERAL, -self.day.toordinal()


class Label(NamedTuple):
    """Everything an index holds of one identity.

    exposures: at most 2, worst first; total: how many there were, 255 = 255 or more.
    """

    exposures: tuple[Exposure, ...]
    total: int
    observe_until: date | None

    @classmethod
    def of(cls, exposures: Iterable[Exposure], observe_until: date | None) -> "Label":
        """Return the label of all exposures of a person: the two worst, and the count."""
        ranked = sorted(exposures, key=Exposure.worst_first)
        return cls(tuple(ranked[:EXPOSURES_MAX]), min(len(ranked), TOTAL_OR_MORE), observe_until)

    @classmethod
    def of_numbers(cls, numbers: LabelNumbers) -> "Label":
        """Return the label of its numbers."""
        exposures = (numbers.first, numbers.second)[: numbers.exposure_count]
        until = date_of(numbers.observe_until) if numbers.observe_until else None
        return cls(tuple(map(Exposure.of_numbers, exposures)), numbers.total, until)

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
        until = 0 if self.observe_until is None else days_since_zero(self.observe_until)
        if until == 0 and self.observe_until is not None:
            raise LabelInvalid("observe_until")
        first, second = (*(each.numbers() for each in self.exposures), FREE, FREE)[:EXPOSURES_MAX]
        return LabelNumbers(self.total, until, first, second)

    def pack(self) -> bytes:
        """Pack the 48 bytes. Raises LabelInvalid where a value does not fit."""
        return self.numbers().pack()
