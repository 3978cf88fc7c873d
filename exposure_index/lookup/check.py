"""One answer from all indexes: every authority, by name and by document alone.

Threat: whoever measures time learns who is listed. Limit: from every index two labels of two trips
each are read and put in order, whoever asks; what is blank is left out at the very end.
"""

from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import Generic, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from exposure_index.files.manifest import Manifest
from exposure_index.files.plain_index import IndexDamaged
from exposure_index.identity.canonical import Identity
from exposure_index.label.codec import (
    CANARY_TRIP,
    DAYS_MAX,
    TOTAL_OR_MORE,
    ExposureNumbers,
    LabelNumbers,
    date_of,
)
from exposure_index.label.model import Mode, Relation, Tier
from exposure_index.lookup.observation import ObservationRules, observed_until

Status = Literal["exposed", "not_found", "incomplete"]


class Missing(NamedTuple):
    """Data that should be here: whose, and why they do not count.

    authority: "" where nobody knows whose; why: absent, expired, stale or damaged.
    """

    authority: str
    why: Literal["absent", "expired", "stale", "damaged"]


class ReadIndex(Protocol):
    """One authority's index, wherever it lies."""

    @property
    def manifest(self) -> Manifest:
        """What it is."""

    @property
    def rule_names(self) -> Sequence[str]:
        """Names of its rule sets by number."""

    @property
    def observation(self) -> ObservationRules:
        """What its rule sets say of observation."""

    def both_labels(self, identity: Identity) -> tuple[LabelNumbers, LabelNumbers]:
        """Return the label of the identity and of its document alone, nobody's where none is.

        Raises IndexDamaged.
        """


class NoIndex(Exception):
    """No index is open: there is no answer, least of all "not found"."""


class ListedTrip(NamedTuple):
    """One exposure as the person is told of it.

    carriage: 0 none, 255 other; rule: name of the rule set; observe_until: None where no day is
    known for this trip.
    """

    tier: Tier
    mode: Mode
    number: str
    service_date: date
    carriage: int
    relation: Relation
    rule: str
    observe_until: date | None
    authority: str


Told = TypeVar("Told")
Tell: TypeAlias = Callable[[ExposureNumbers, int, ReadIndex], Told]
Ranked: TypeAlias = tuple[int, Told]  # the worst first, then the latest day; blanks last
_RANK, _TOLD = itemgetter(0), itemgetter(1)
_MORE_THAN_ANY_DAY = DAYS_MAX + 1
_TIER_RANKS = tuple(
    _MORE_THAN_ANY_DAY * {Tier.CLOSE: 1, Tier.GENERAL: 2, Tier.NONE: 3}[tier] for tier in Tier
)
_BLANK_RANK = 4 * _MORE_THAN_ANY_DAY


class Answered(NamedTuple, Generic[Told]):
    """What all indexes together tell of one identity.

    listed: how many of the places are exposures; total: 255 = 255 or more; damaged: authorities
    whose index failed a check meanwhile; missing: what the answer does not cover, the damaged ones
    included; places: the exposures, worst first (close, general; then the latest day), at most two
    a label, and behind them what stands in the place of others that could be listed, for whoever
    must take as long over any answer.
    """

    status: Status
    listed: int
    total: int
    indexes: tuple[Manifest, ...]
    damaged: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    places: tuple[Told, ...] = ()

    @property
    def exposures(self) -> tuple[Told, ...]:
        """What is told of the person, worst first."""
        return self.places[: self.listed]


Answer: TypeAlias = Answered[ListedTrip]


def answer(
    indexes: Sequence[ReadIndex], identity: Identity, *, missing: tuple[Missing, ...] = ()
) -> Answer:
    """Return the merged answer of all indexes, trip by trip; ``answered`` says how."""
    return answered(indexes, identity, listed_trip, missing)


def answered(
    indexes: Sequence[ReadIndex],
    identity: Identity,
    tell: Tell[Told],
    missing: tuple[Missing, ...] = (),
) -> Answered[Told]:
    """Return the merged answer of all indexes.

    tell: makes what is told of an exposure from its numbers, the last day of observation (0: not
    known) and its index; equal exposures of one index are told alike, different ones are not.
    missing: what should be here and is not; then an unlisted person is told `incomplete`. A
    damaged index counts as missing.
    Raises NoIndex without any index, IndexDamaged when no index could be read.
    """
    if not indexes:
        raise NoIndex
    trips: list[Ranked[Told]] = []
    total = 0
    damaged: list[str] = []
    for index in indexes:
        try:
            named, nameless = index.both_labels(identity)
        except IndexDamaged:
            if len(damaged) + 1 == len(indexes):
                raise
            damaged.append(index.manifest.authority)
            continue
        first, second = _ranked(named, index, tell)
        third, fourth = _ranked(nameless, index, tell)
        # a document without a name in its manifest carries one label under both entries
        total += (named.total, 0)[first[0] >= _BLANK_RANK]
        total += (nameless.total, 0)[(third[0] >= _BLANK_RANK) | (named == nameless)]
        trips += (
            first,
            second,
            (third[0] + _BLANK_RANK * ((third == first) | (third == second)), third[1]),
            (fourth[0] + _BLANK_RANK * ((fourth == first) | (fourth == second)), fourth[1]),
        )
    trips.sort(key=_RANK)
    if damaged:
        missing += tuple(Missing(authority, "damaged") for authority in damaged)
    listed = sum([rank < _BLANK_RANK for rank, _ in trips])
    return Answered(
        _status(listed > 0, missing),
        listed,
        min(total, TOTAL_OR_MORE),
        tuple([index.manifest for index in indexes]),
        tuple(damaged),
        missing,
        tuple(map(_TOLD, trips)),
    )


def listed_trip(exposure: ExposureNumbers, until: int, index: ReadIndex) -> ListedTrip:
    """Return an exposure as the person is told of it."""
    mode, tier, rule, relation, day, carriage, number = exposure
    return ListedTrip(
        Tier(tier),
        Mode(mode),
        number,
        date_of(day),
        carriage,
        Relation(relation),
        index.rule_names[rule],
        (None, date_of(until))[until > 0],  # the same steps always
        index.manifest.authority,
    )


def _status(listed: bool, missing: tuple[Missing, ...]) -> Status:
    if listed:
        return "exposed"
    return "incomplete" if missing else "not_found"


def _ranked(
    label: LabelNumbers, index: ReadIndex, tell: Tell[Told]
) -> tuple[Ranked[Told], Ranked[Told]]:
    """Return what is told of both places of a label, ranked; the canary's is told too."""
    _, _, first, second = label
    until, until_2 = observed_until(label, index.observation)
    return (
        (_rank(first), tell(first, until, index)),
        (_rank(second), tell(second, until_2, index)),
    )


def _rank(exposure: ExposureNumbers) -> int:
    _, tier, _, _, day, _, trip = exposure
    return _TIER_RANKS[tier] - day + _BLANK_RANK * ((tier == 0) & (trip != CANARY_TRIP))
