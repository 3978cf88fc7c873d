"""The 48 bytes of a label and the numbers in them: what a check reads, without a date or a word.

version u8=2 ‖ total u8 ‖ 2 × {mode × 16 + tier u8 ‖ rule u8 ‖ relation u8 ‖ day u16be ‖
observe_until u16be ‖ carriage u8 ‖ trip 15 B}. Days count from 2019-01-01. In words:
docs/protocol.md.
"""

import struct
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

LABEL_BYTES = 48
LABEL_VERSION = 2
TRIP_BYTES = 15
EXPOSURES_MAX = 2
TOTAL_OR_MORE = 255
MODES, TIERS, RELATIONS = 8, 3, 8
RULE_NUMBERS = 256
CANARY_TRIP = "CANARY"  # the trip of the one label that has no tier
DAY_ZERO = date(2019, 1, 1)
DAYS_MAX = 0xFFFF

_HEAD = struct.Struct(">BB")
_EXPOSURE = struct.Struct(f">BBBHHB{TRIP_BYTES}s")
_WHOLE = struct.Struct(_HEAD.format + EXPOSURES_MAX * _EXPOSURE.format[1:])
_FREE_FROM = tuple(  # by total: what lies behind the last exposure is zero
    _HEAD.size + _EXPOSURE.size * min(total, EXPOSURES_MAX) for total in range(TOTAL_OR_MORE + 1)
)
_TIER_BITS = 4
_TIER_MASK = (1 << _TIER_BITS) - 1
_MODES_AND_TIERS = tuple(  # by the byte that holds both; None where it holds neither
    (kind >> _TIER_BITS, kind & _TIER_MASK)
    if kind >> _TIER_BITS < MODES and kind & _TIER_MASK < TIERS
    else None
    for kind in range(256)
)


class LabelInvalid(ValueError):
    """A value that a label cannot hold, or bytes that are no label of this version."""


# tuples without names are made and taken apart in a third of the time
PlainExposure: TypeAlias = tuple[int, int, int, int, int, int, int, str]
"""The fields of ExposureNumbers, in their order."""
PlainLabel: TypeAlias = tuple[int, PlainExposure, PlainExposure]
"""The fields of LabelNumbers, in their order."""


class ExposureNumbers(NamedTuple):
    """One trip: mode, tier and relation by their numbers; day, observe_until: since DAY_ZERO.

    rule: number of the rule set, 0 to 255; observe_until: 0 where the rule set observes nobody;
    carriage: as ``carriages`` numbers them; trip: the service's number.
    """

    mode: int
    tier: int
    rule: int
    relation: int
    day: int
    observe_until: int
    carriage: int
    trip: str

    @property
    def is_blank(self) -> bool:
        """Whether it is no trip of anybody: without a tier, and not the canary's."""
        return (self.tier == 0) & (self.trip != CANARY_TRIP)

    def pack(self) -> bytes:
        """Pack the 22 bytes, the trip cut to 15 of UTF-8. Raises LabelInvalid."""
        if "\0" in self.trip:
            raise LabelInvalid("trip")
        if not 0 <= self.tier <= _TIER_MASK:
            raise LabelInvalid("tier")
        try:
            mode_and_tier = self.mode << _TIER_BITS | self.tier
            return _EXPOSURE.pack(mode_and_tier, *self[2:-1], label_trip(self.trip).encode())
        except struct.error as error:
            raise LabelInvalid("exposure") from error


FREE = ExposureNumbers(0, 0, 0, 0, 0, 0, 0, "")


class LabelNumbers(NamedTuple):
    """A whole label: both slots, FREE where there is no exposure.

    total: how many exposures there were, 255 = 255 or more.
    """

    total: int
    first: ExposureNumbers
    second: ExposureNumbers

    @property
    def exposure_count(self) -> int:
        """How many of both slots hold an exposure."""
        return min(self.total, EXPOSURES_MAX)

    def pack(self) -> bytes:
        """Pack the 48 bytes. Raises LabelInvalid where a value does not fit."""
        slots = b"".join([slot.pack() for slot in self[1:][: self.exposure_count]])
        try:
            head = _HEAD.pack(LABEL_VERSION, self.total)
        except struct.error as error:
            raise LabelInvalid("total") from error
        return (head + slots).ljust(LABEL_BYTES, b"\0")

    @classmethod
    def of(cls, label: PlainLabel) -> "LabelNumbers":
        """Return the numbers of a label with their names."""
        total, first, second = label
        return cls(total, ExposureNumbers(*first), ExposureNumbers(*second))

    @classmethod
    def unpack(cls, data: bytes) -> "LabelNumbers":
        """Unpack the numbers of 48 bytes, as ``unpack_label`` does. Raises LabelInvalid."""
        return cls.of(unpack_label(data))


def unpack_label(data: bytes) -> PlainLabel:
    """Unpack the numbers of 48 bytes. Raises LabelInvalid on any other content.

    Both slots are read, whether they hold an exposure or not: time tells nothing of it.
    """
    if len(data) != LABEL_BYTES:
        raise LabelInvalid("length")
    # fmt: off
    (version, total,
     kind, rule, relation, day, until, carriage, trip,
     kind_2, rule_2, relation_2, day_2, until_2, carriage_2, trip_2) = _WHOLE.unpack(data)
    # fmt: on
    if version != LABEL_VERSION:
        raise LabelInvalid("version")
    if data[_FREE_FROM[total] :].strip(b"\0"):
        raise LabelInvalid("exposures")
    try:
        text, text_2 = trip.rstrip(b"\0").decode(), trip_2.rstrip(b"\0").decode()
    except UnicodeDecodeError as error:
        raise LabelInvalid("trip") from error
    words, words_2 = _MODES_AND_TIERS[kind], _MODES_AND_TIERS[kind_2]
    if (
        words is None
        or words_2 is None
        or relation >= RELATIONS
        or relation_2 >= RELATIONS
        or "\0" in text
        or "\0" in text_2
    ):
        raise LabelInvalid("exposure")
    (mode, tier), (mode_2, tier_2) = words, words_2
    return (
        total,
        (mode, tier, rule, relation, day, until, carriage, text),
        (mode_2, tier_2, rule_2, relation_2, day_2, until_2, carriage_2, text_2),
    )


# in the place of a label not found, with as much to read as in others
_NO_TRIP = ExposureNumbers(0, 0, 0, 0, 0, 1, 1, "NOBODY")
NOBODY = LabelNumbers(EXPOSURES_MAX, _NO_TRIP, _NO_TRIP)


def label_trip(trip: str) -> str:
    """Return a trip as a label holds it: cut at a character, to TRIP_BYTES of UTF-8."""
    return trip.encode()[:TRIP_BYTES].decode(errors="ignore")


def days_since_zero(day: date) -> int:
    """Return the number of a day, 0 to 65,535. Raises LabelInvalid."""
    days = (day - DAY_ZERO).days
    if not 0 <= days <= DAYS_MAX:
        raise LabelInvalid("day")
    return days


def date_of(days: int) -> date:
    """Return the day of a number."""
    return DAY_ZERO + timedelta(days=days)
