"""Lookup of one identity in all indexes: every authority, by name and by document alone.

Threat: whoever measures time learns who is listed. Limit: from every index two labels of two trips
each are read and put in order, whoever asks; what is blank is left out at the very end.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Protocol, TypeAlias

from exposure_index.errors import IndexDamaged
from exposure_index.files.manifest import Manifest
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
from exposure_index.lookup.result import (
    FormattedExposure,
    ListedExposure,
    LookupResult,
    Missing,
    Status,
)


class AuthorityIndex(Protocol):
    """Index of one authority, here or at another service."""

    @property
    def manifest(self) -> Manifest:
        """Its manifest."""

    @property
    def rule_names(self) -> Sequence[str]:
        """Names of its rule sets by number."""

    @property
    def observation(self) -> ObservationRules:
        """Days of observation of its rule sets."""

    def both_labels(self, identity: Identity) -> tuple[LabelNumbers, LabelNumbers]:
        """Return the label of the identity and of its document alone, nobody's where none is.

        Raises IndexDamaged.
        """


class NoIndex(Exception):
    """No index is open: there is no answer, least of all "not found"."""


FormatExposure: TypeAlias = Callable[[ExposureNumbers, int, AuthorityIndex], FormattedExposure]
Ranked: TypeAlias = tuple[int, FormattedExposure]  # worst first, then the latest day; blanks last
_RANK, _CONTENT = itemgetter(0), itemgetter(1)
_MORE_THAN_ANY_DAY = DAYS_MAX + 1
_TIER_RANKS = tuple(
    _MORE_THAN_ANY_DAY * {Tier.CLOSE: 1, Tier.GENERAL: 2, Tier.NONE: 3}[tier] for tier in Tier
)
_BLANK_RANK = 4 * _MORE_THAN_ANY_DAY


def look_up_exposures(
    indexes: Sequence[AuthorityIndex], identity: Identity, *, missing: tuple[Missing, ...] = ()
) -> LookupResult[ListedExposure]:
    """Look an identity up in all indexes, its exposures in words and dates; as ``look_up``."""
    return look_up(indexes, identity, listed_exposure, missing)


def look_up(
    indexes: Sequence[AuthorityIndex],
    identity: Identity,
    format_exposure: FormatExposure[FormattedExposure],
    missing: tuple[Missing, ...] = (),
) -> LookupResult[FormattedExposure]:
    """Look an identity up in all indexes and merge what they list.

    format_exposure: formats an exposure from its numbers, the last day of observation (0: not
    known) and its index; equal exposures of one index come out alike, different ones do not.
    missing: what should be here and is not; then an unlisted person is `incomplete`. A damaged
    index counts as missing.
    Raises NoIndex without any index, IndexDamaged when no index could be read.
    """
    if not indexes:
        raise NoIndex
    trips: list[Ranked[FormattedExposure]] = []
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
        first, second = _ranked(named, index, format_exposure)
        third, fourth = _ranked(nameless, index, format_exposure)
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
    return LookupResult(
        _status(listed > 0, missing),
        listed,
        min(total, TOTAL_OR_MORE),
        tuple([index.manifest for index in indexes]),
        tuple(damaged),
        missing,
        tuple(map(_CONTENT, trips)),
    )


def listed_exposure(exposure: ExposureNumbers, until: int, index: AuthorityIndex) -> ListedExposure:
    """Format an exposure in words and dates."""
    mode, tier, rule, relation, day, carriage, number = exposure
    return ListedExposure(
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
    label: LabelNumbers, index: AuthorityIndex, format_exposure: FormatExposure[FormattedExposure]
) -> tuple[Ranked[FormattedExposure], Ranked[FormattedExposure]]:
    """Rank and format both exposures of a label; also the canary's."""
    _, _, first, second = label
    until, until_2 = observed_until(label, index.observation)
    return (
        (_rank(first), format_exposure(first, until, index)),
        (_rank(second), format_exposure(second, until_2, index)),
    )


def _rank(exposure: ExposureNumbers) -> int:
    _, tier, _, _, day, _, trip = exposure
    return _TIER_RANKS[tier] - day + _BLANK_RANK * ((tier == 0) & (trip != CANARY_TRIP))
