"""One answer from all indexes: every authority, by name and by document alone.

Threat: whoever measures time learns who is listed. Limit: from every index two labels of two trips
each are read and put in order, whoever asks; what is blank is left out at the very end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Literal, NamedTuple, Protocol, TypeAlias

from exposure_index.identity import Identity
from exposure_index.label import TOTAL_OR_MORE, Exposure, Label, Mode, Relation, Tier
from exposure_index.manifest import Manifest
from exposure_index.observation import ObservationRules, observed_until
from exposure_index.plain_index import IndexDamaged

Status = Literal["exposed", "not_found", "incomplete"]
Rank: TypeAlias = tuple[bool, bool, bool, int]  # whether it is blank, then the worst first


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

    def both_labels(self, identity: Identity) -> tuple[Label, Label]:
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What all indexes together tell of one identity.

    exposures: worst first (close, general; then the latest day), at most two a label;
    total: 255 = 255 or more; damaged: authorities whose index failed a check meanwhile;
    missing: what the answer does not cover, the damaged ones included; blanks: what stands in the
    place of the trips that could be listed besides, for whoever must take as long over any answer.
    """

    status: Status
    exposures: tuple[ListedTrip, ...]
    total: int
    indexes: tuple[Manifest, ...]
    damaged: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    blanks: tuple[ListedTrip, ...] = ()


def answer(
    indexes: Sequence[ReadIndex], identity: Identity, *, missing: tuple[Missing, ...] = ()
) -> Answer:
    """Return the merged answer of all indexes.

    missing: what should be here and is not; then an unlisted person is told `incomplete`. A
    damaged index counts as missing.
    Raises NoIndex without any index, IndexDamaged when no index could be read.
    """
    if not indexes:
        raise NoIndex
    trips: list[tuple[Rank, ListedTrip]] = []
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
        # a document without a name in its manifest carries one label under both entries
        total += named.counted + (nameless.counted, 0)[named == nameless]
        first = _trips(named, index)
        second = _trips(nameless, index)
        trips += first
        trips += [(trip, _blanked(trip))[trip in first] for trip in second]
    trips.sort(key=itemgetter(0))
    if damaged:
        missing += tuple(Missing(authority, "damaged") for authority in damaged)
    listed = sum(not rank[0] for rank, _ in trips)
    told = [trip for _, trip in trips]
    return Answer(
        status=_status(listed > 0, missing),
        exposures=tuple(told[:listed]),
        total=min(total, TOTAL_OR_MORE),
        indexes=tuple([index.manifest for index in indexes]),
        damaged=tuple(damaged),
        missing=missing,
        blanks=tuple(told[listed:]),
    )


def _status(listed: bool, missing: tuple[Missing, ...]) -> Status:
    if listed:
        return "exposed"
    return "incomplete" if missing else "not_found"


def _trips(label: Label, index: ReadIndex) -> tuple[tuple[Rank, ListedTrip], ...]:
    """Return both trips of a label after what puts the worst first; the canary's is told too."""
    first, second = label.two_exposures()
    first_until, second_until = observed_until(label, index.observation)
    return _ranked(first, first_until, index), _ranked(second, second_until, index)


def _ranked(exposure: Exposure, until: date | None, index: ReadIndex) -> tuple[Rank, ListedTrip]:
    mode, tier, rule, relation, day, carriage, number = exposure
    trip = ListedTrip(
        tier,
        mode,
        number,
        day,
        carriage,
        relation,
        index.rule_names[rule],
        until,
        index.manifest.authority,
    )
    return (exposure.is_blank, *exposure.worst_first()), trip


def _blanked(ranked: tuple[Rank, ListedTrip]) -> tuple[Rank, ListedTrip]:
    """Return what is told already as a blank."""
    return (True, *ranked[0][1:]), ranked[1]
