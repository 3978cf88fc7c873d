"""The 48-byte label: what one index says of one identity, sealed in its entry.

version u8=1 ‖ total u8 ‖ observe_until u16be ‖ 2 × {mode u8 ‖ tier u8 ‖ rule u8 ‖ relation u8 ‖
day u16be ‖ carriage u8 ‖ trip 15 B}. Days count from 2019-01-01. In words: docs/protocol.md.
"""

import struct
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

LABEL_BYTES = 48
LABEL_VERSION = 1
TRIP_BYTES = 15
EXPOSURES_MAX = 2
TOTAL_OR_MORE = 255
CANARY_TRIP = "CANARY"  # what the one label that is told without a tier tells of
CARRIAGE_NONE = 0
CARRIAGE_OTHER = 255
DAY_ZERO = date(2019, 1, 1)
DAYS_MAX = 0xFFFF

_ZERO_ORDINAL = DAY_ZERO.toordinal()
_from_ordinal = date.fromordinal

_HEAD = struct.Struct(">BBH")
_EXPOSURE = struct.Struct(f">BBBBHB{TRIP_BYTES}s")
_WHOLE = struct.Struct(_HEAD.format + 2 * _EXPOSURE.format[1:])
_FIELDS = 7


class LabelInvalid(ValueError):
    """A value that a label cannot hold, or bytes that are no label of this version."""


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
    """How near: NONE is kept for the canary."""

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


# by number: on the hot path an enum's own look-up takes five times as long
_MODES, _TIERS, _RELATIONS = tuple(Mode), tuple(Tier), tuple(Relation)


class Exposure(NamedTuple):
    """One trip shared with a case; `day` is the ticket's boarding date.

    A tuple, since each check makes several. rule: number of the rule set, 0 to 255; carriage:
    0 none, 255 other; trip: the service's number, cut to 15 bytes of UTF-8 when packed.
    """

    mode: Mode
    tier: Tier
    rule: int
    relation: Relation
    day: date
    carriage: int
    trip: str

    def worst_first(self) -> tuple[bool, bool, int]:
        """Sort key: close, general, none; then the latest day."""
        return self.tier is Tier.NONE, self.tier is Tier.GENERAL, -self.day.toordinal()

    @property
    def is_blank(self) -> bool:
        """Whether it is no trip of anybody: without a tier, and not the canary's."""
        return (self.tier is Tier.NONE) & (self.trip != CANARY_TRIP)


BLANK = Exposure(Mode.SETTING, Tier.NONE, 0, Relation.UNKNOWN, DAY_ZERO, 1, "NOBODY")


class Label(NamedTuple):
    """Everything an index tells of one identity.

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

    def two_exposures(self) -> tuple[Exposure, Exposure]:
        """Return what stands in both places, blanks where they are free."""
        first, second = (*self.exposures, BLANK, BLANK)[:EXPOSURES_MAX]
        return first, second

    @property
    def counted(self) -> int:
        """The total, 0 of nobody's."""
        return (self.total, 0)[self.two_exposures()[0].is_blank]

    def packed(self) -> bytes:
        """Return the 48 bytes. Raises LabelInvalid where a value does not fit."""
        if not len(self.exposures) <= self.total <= TOTAL_OR_MORE:
            raise LabelInvalid("total")
        if (
            len(self.exposures) < min(self.total, EXPOSURES_MAX)
            or len(self.exposures) > EXPOSURES_MAX
        ):
            raise LabelInvalid("exposures")
        until = 0 if self.observe_until is None else _days(self.observe_until)
        if until == 0 and self.observe_until is not None:
            raise LabelInvalid("observe_until")
        slots = b"".join(map(_packed_exposure, self.exposures))
        head = _HEAD.pack(LABEL_VERSION, self.total, until)
        return (head + slots).ljust(LABEL_BYTES, b"\0")

    @classmethod
    def unpacked(cls, data: bytes) -> "Label":
        """Return the label of 48 bytes. Raises LabelInvalid on any other content.

        Both places are read, whether they hold an exposure or not: time tells nothing of it.
        """
        if len(data) != LABEL_BYTES:
            raise LabelInvalid("length")
        version, total, until, *slots = _WHOLE.unpack(data)
        if version != LABEL_VERSION:
            raise LabelInvalid("version")
        if data[_HEAD.size + _EXPOSURE.size * min(total, EXPOSURES_MAX) :].strip(b"\0"):
            raise LabelInvalid("exposures")
        exposures = _unpacked_exposures(slots)
        return cls(
            exposures[:total], total, _from_ordinal(_ZERO_ORDINAL + until) if until else None
        )


# in the place of a label not found
NOBODY = Label((BLANK, BLANK), EXPOSURES_MAX, DAY_ZERO + timedelta(days=1))


def trip_told(trip: str) -> str:
    """Return a trip as a label tells it: cut at a character, to TRIP_BYTES of UTF-8."""
    return trip.encode()[:TRIP_BYTES].decode(errors="ignore")


def _days(day: date) -> int:
    days = (day - DAY_ZERO).days
    if not 0 <= days <= DAYS_MAX:
        raise LabelInvalid("day")
    return days


def _packed_exposure(exposure: Exposure) -> bytes:
    if "\0" in exposure.trip:
        raise LabelInvalid("trip")
    if not (0 <= exposure.rule <= 0xFF and 0 <= exposure.carriage <= 0xFF):
        raise LabelInvalid("rule or carriage")
    cut = trip_told(exposure.trip).encode()
    return _EXPOSURE.pack(
        exposure.mode,
        exposure.tier,
        exposure.rule,
        exposure.relation,
        _days(exposure.day),
        exposure.carriage,
        cut,
    )


def _unpacked_exposures(slots: Sequence[Any]) -> tuple[Exposure, Exposure]:
    mode, tier, rule, relation, days, carriage, trip = slots[:_FIELDS]
    mode_2, tier_2, rule_2, relation_2, days_2, carriage_2, trip_2 = slots[_FIELDS:]
    text, text_2 = trip.rstrip(b"\0"), trip_2.rstrip(b"\0")
    if 0 in text or 0 in text_2:
        raise LabelInvalid("trip")
    try:
        return Exposure(
            _MODES[mode],
            _TIERS[tier],
            rule,
            _RELATIONS[relation],
            _from_ordinal(_ZERO_ORDINAL + days),
            carriage,
            text.decode(),
        ), Exposure(
            _MODES[mode_2],
            _TIERS[tier_2],
            rule_2,
            _RELATIONS[relation_2],
            _from_ordinal(_ZERO_ORDINAL + days_2),
            carriage_2,
            text_2.decode(),
        )
    except (IndexError, UnicodeDecodeError) as error:
        raise LabelInvalid("exposure") from error
