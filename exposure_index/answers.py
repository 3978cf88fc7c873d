"""One answer from all indexes: every authority, by name and by document alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from exposure_index.identity import Identity
from exposure_index.label import TOTAL_OR_MORE, Exposure, Label, Mode, Relation, Tier
from exposure_index.manifest import Manifest
from exposure_index.observation import observed_until
from exposure_index.opened import OpenIndex
from exposure_index.plain_index import IndexDamaged

Status = Literal["exposed", "not_found", "incomplete"]


class Missing(NamedTuple):
    """Data that should be here: whose, and why they do not count.

    authority: "" where nobody knows whose; why: absent, expired, stale or damaged.
    """

    authority: str
    why: Literal["absent", "expired", "stale", "damaged"]


class NoIndex(Exception):
    """No index is open: there is no answer, least of all "not found"."""


@dataclass(frozen=True, slots=True)
class ListedTrip:
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
    missing: what the answer does not cover, the damaged ones included.
    """

    status: Status
    exposures: tuple[ListedTrip, ...]
    total: int
    indexes: tuple[Manifest, ...]
    damaged: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


def answer(
    indexes: Sequence[OpenIndex], identity: Identity, *, missing: tuple[Missing, ...] = ()
) -> Answer:
    """Return the merged answer of all indexes.

    missing: what should be here and is not; then an unlisted person is told `incomplete`. A
    damaged index counts as missing.
    Raises NoIndex without any index, IndexDamaged when no index could be read.
    """
    if not indexes:
        raise NoIndex
    trips: list[tuple[Exposure, ListedTrip]] = []
    total = 0
    damaged: list[str] = []
    for index in indexes:
        try:
            labels = index.labels(identity)
        except IndexDamaged:
            if len(damaged) + 1 == len(indexes):
                raise
            damaged.append(index.manifest.authority)
            continue
        # a document without a name in its manifest carries one label under both entries
        for label in dict.fromkeys(labels):
            listed = _listed(label, index.manifest)
            total += label.total if listed else 0
            trips.extend(pair for pair in listed if pair not in trips)
    trips.sort(key=lambda pair: pair[0].worst_first())
    if damaged:
        missing += tuple(Missing(authority, "damaged") for authority in damaged)
    return Answer(
        status=_status(bool(trips), missing),
        exposures=tuple(trip for _, trip in trips),
        total=min(total, TOTAL_OR_MORE),
        indexes=tuple(index.manifest for index in indexes),
        damaged=tuple(damaged),
        missing=missing,
    )


def _status(listed: bool, missing: tuple[Missing, ...]) -> Status:
    if listed:
        return "exposed"
    return "incomplete" if missing else "not_found"


def _listed(label: Label, manifest: Manifest) -> list[tuple[Exposure, ListedTrip]]:
    """Return the trips of a label; that of tier NONE is the canary's, told to whoever probes."""
    return [
        (
            exposure,
            ListedTrip(
                tier=exposure.tier,
                mode=exposure.mode,
                number=exposure.trip,
                service_date=exposure.day,
                carriage=exposure.carriage,
                relation=exposure.relation,
                rule=manifest.rule_name(exposure.rule),
                observe_until=until,
                authority=manifest.authority,
            ),
        )
        for exposure, until in zip(label.exposures, observed_until(label, manifest), strict=True)
    ]
