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


Ranked: TypeAlias = tuple[int, ListedTrip]  # the worst first, then the latest day; blanks last
_RANK, _TRIP = itemgetter(0), itemgetter(1)
_MORE_THAN_ANY_DAY = date.max.toordinal() + 1
_TIER_RANKS = tuple(  # by number: an enum's own hash costs more than the rest
    _MORE_THAN_ANY_DAY * {Tier.CLOSE: 1, Tier.GENERAL: 2, Tier.NONE: 3}[tier] for tier in Tier
)
_BLANK_RANK = 3 * _MORE_THAN_ANY_DAY


@dataclass(frozen=True, slots=True)
class Answer:
    """What all indexes together tell of one identity.

    exposures: worst first (close, general; then the latest day), at most two a label;
    total: 255 = 255 or more; damaged: authorities whose index failed a check meanwhile;
    missing: what the answer does not cover, the damaged ones included; places: the exposures, then
    what stands in the place of others that could be listed, for whoever must take as long over any
    answer; () where nobody looked them up.
    """

    status: Status
    exposures: tuple[ListedTrip, ...]
    total: int
    indexes: tuple[Manifest, ...]
    damaged: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    places: tuple[ListedTrip, ...] = ()


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
    trips: list[Ranked] = []
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
        first, second = _trips(named, index)
        third, fourth = _trips(nameless, index)
        trips += (first, second, _once(third, first, second), _once(fourth, first, second))
    trips.sort(key=_RANK)
    if damaged:
        missing += tuple(Missing(authority, "damaged") for authority in damaged)
    listed = sum([rank < _BLANK_RANK for rank, _ in trips])
    told = tuple(map(_TRIP, trips))
    return Answer(
        status=_status(listed > 0, missing),
        exposures=told[:listed],
        total=min(total, TOTAL_OR_MORE),
        indexes=tuple([index.manifest for index in indexes]),
        damaged=tuple(damaged),
        missing=missing,
        places=told,
    )


def _status(listed: bool, missing: tuple[Missing, ...]) -> Status:
    if listed:
        return "exposed"
    return "incomplete" if missing else "not_found"


def _trips(label: Label, index: ReadIndex) -> tuple[Ranked, Ranked]:
    """Return both trips of a label, ranked; the canary's is told too."""
    first, second = label.two_exposures()
    first_until, second_until = observed_until(label, index.observation)
    return _ranked(first, first_until, index), _ranked(second, second_until, index)


def _ranked(exposure: Exposure, until: date | None, index: ReadIndex) -> Ranked:
    mode, tier, rule, relation, day, carriage, number = exposure
    trip = ListedTrip._make(
        (
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
    )
    return _TIER_RANKS[tier] - day.toordinal() + _BLANK_RANK * exposure.is_blank, trip


def _once(ranked: Ranked, first: Ranked, second: Ranked) -> Ranked:
    """Return a trip, as a blank where it is one of two that are told already."""
    again = (ranked == first) | (ranked == second)
    return ranked[0] + _BLANK_RANK * again, ranked[1]
