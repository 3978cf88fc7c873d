"""Lookup of one identity in all indexes: every authority, by each name and by document alone.

Threat: whoever measures time learns who is listed. Limit: from every index one label of two trips
for each name, and one for the document alone, are read and put in order, whoever asks; what is
blank is left out at the very end.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter, itemgetter
from typing import Protocol, TypeAlias

from exposure_index.errors import IndexDamaged
from exposure_index.files.manifest import Manifest
from exposure_index.identity.canonical import EncodedIdentity
from exposure_index.label.codec import (
    CANARY_TRIP,
    DAYS_MAX,
    TOTAL_OR_MORE,
    PlainExposure,
    PlainLabel,
    date_of,
)
from exposure_index.label.model import Mode, Relation, Tier
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

    def entry_labels(self, identity: EncodedIdentity) -> tuple[PlainLabel, ...]:
        """Return the labels under each name, and under the document alone, which comes last.

        Nobody's label stands for each that is not there. Raises IndexDamaged.
        """


class NoIndex(Exception):
    """No index is open: there is no answer, least of all "not found"."""


FormatExposure: TypeAlias = Callable[[PlainExposure, AuthorityIndex], FormattedExposure]
Ranked: TypeAlias = tuple[int, FormattedExposure]  # as Exposure.worst_first; blanks last
_RANK, _CONTENT, _MANIFEST = itemgetter(0), itemgetter(1), attrgetter("manifest")
_MORE_THAN_ANY_DAY = DAYS_MAX + 1
_MORE_THAN_ANY_DAYS = _MORE_THAN_ANY_DAY * _MORE_THAN_ANY_DAY
_TIER_RANKS = tuple(
    _MORE_THAN_ANY_DAYS * {Tier.CLOSE: 1, Tier.GENERAL: 2, Tier.NONE: 3}[tier] for tier in Tier
)
_HAS_NO_TIER = 1, 0, 0  # by tier; read and not compared, which tells by how it comes out
_BLANK_RANK = 4 * _MORE_THAN_ANY_DAYS
_new = tuple.__new__  # half the time of a named tuple's own


def look_up_exposures(
    indexes: Sequence[AuthorityIndex],
    identity: EncodedIdentity,
    *,
    missing: tuple[Missing, ...] = (),
) -> LookupResult[ListedExposure]:
    """Look an identity up in all indexes, its exposures in words and dates; as ``look_up``."""
    return look_up(indexes, identity, listed_exposure, missing)


def look_up(
    indexes: Sequence[AuthorityIndex],
    identity: EncodedIdentity,
    format_exposure: FormatExposure[FormattedExposure],
    missing: tuple[Missing, ...] = (),
) -> LookupResult[FormattedExposure]:
    """Look an identity up in all indexes and merge what they list.

    format_exposure: formats an exposure from its numbers and its index; equal exposures of one
    index come out alike, different ones do not.
    missing: what should be here and is not; then an unlisted person is `incomplete`. A damaged
    index counts as missing.
    Raises NoIndex without any index, IndexDamaged when no index could be read.
    """
    if not indexes:
        raise NoIndex
    trips: list[Ranked[FormattedExposure]] = []
    total = listed = 0
    damaged: list[str] = []
    for index in indexes:
        try:
            labels = index.entry_labels(identity)
        except IndexDamaged:
            if len(damaged) + 1 == len(indexes):
                raise
            damaged.append(index.manifest.authority)
            continue
        of_index, listed_there = _append_ranked(trips, labels, index, format_exposure)
        total += of_index
        listed += listed_there
    trips.sort(key=_RANK)
    if damaged:
        missing += tuple(Missing(authority, "damaged") for authority in damaged)
    return _new(
        LookupResult,
        (
            _status(listed > 0, missing),
            listed,
            min(TOTAL_OR_MORE, total),
            tuple(map(_MANIFEST, indexes)),
            tuple(damaged),
            missing,
            tuple(map(_CONTENT, trips)),
        ),
    )


def listed_exposure(exposure: PlainExposure, index: AuthorityIndex) -> ListedExposure:
    """Format an exposure in words and dates."""
    mode, tier, rule, relation, day, until, carriage, number = exposure
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


def _append_ranked(
    trips: list[Ranked[FormattedExposure]],
    labels: Sequence[PlainLabel],
    index: AuthorityIndex,
    format_exposure: FormatExposure[FormattedExposure],
) -> tuple[int, int]:
    """Append both exposures of each label to ``trips``, also the canary's.

    Return the total of all, and how many of those appended are listed. A person's entries, one a
    spelling, carry one label: what stands in an earlier one counts once.
    """
    total = listed = 0
    exposures_before: list[PlainExposure] = []
    labels_before: list[PlainLabel] = []
    for label in labels:
        label_total, first, second = label
        slots = first, second
        _, tier, _, _, _, _, _, trip = first
        is_blank = _HAS_NO_TIER[tier] & (trip != CANARY_TRIP)
        total += (label_total, 0)[is_blank | (labels_before.count(label) > 0)]
        for exposure in slots:
            _, tier, _, _, day, until, _, trip = exposure
            is_blank = _HAS_NO_TIER[tier] & (trip != CANARY_TRIP)
            left_out = exposures_before.count(exposure) + is_blank
            listed += 1 >> left_out  # 1 where nothing leaves it out
            reach = (day, until)[until > day]
            rank = _TIER_RANKS[tier] - reach * _MORE_THAN_ANY_DAY - day + _BLANK_RANK * left_out
            trips.append((rank, format_exposure(exposure, index)))
        exposures_before += slots
        labels_before.append(label)
    return total, listed
