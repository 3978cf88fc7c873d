"""Readiness: whether the service can answer, and what is degraded.

Its vocabulary is short words, each with a row in docs/settings.md: of indexes and of the private
check (``private_…``), of records (``records_…``), of limits (``limits_…``, ``redis_…``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.indexes.snapshot import IndexSnapshot
from exposure_index.lookup.result import Missing

MISSING_REASONS = {
    "absent": "authority_missing",
    "expired": "expired",
    "stale": "stale",
    "damaged": "damaged",
}
OTHER_READING = "trip_reading"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether checks are answered, and what is wrong, in short words.

    ready: it answers; complete: from every authority; reasons: of indexes, keys, state and clock;
    missing: what answers do not cover, as operators know whom; records_faults, limits_faults: of
    those, without which checks are answered all the same.
    """

    ready: bool
    complete: bool
    reasons: tuple[str, ...]
    records_faults: tuple[str, ...] = ()
    limits_faults: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def all_reasons(self) -> tuple[str, ...]:
        """Everything that is wrong, those things first without which nothing is answered."""
        return (*self.reasons, *self.limits_faults, *self.records_faults)

    @property
    def whole(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.ready and self.complete and not self.all_reasons

    def with_reasons(self, more: Iterable[str]) -> "Readiness":
        """Return the same with more reasons, each named once."""
        return replace(self, reasons=tuple(dict.fromkeys((*self.reasons, *more))))


def snapshot_readiness(
    snapshot: IndexSnapshot, refusals: Iterable[str], missing: tuple[Missing, ...]
) -> Readiness:
    """Return what a snapshot that answers is: complete or not, and what is wrong.

    refusals: why indexes that stand there are not served, in short words.
    """
    readiness = Readiness(True, not snapshot.missing, tuple(refusals), missing=missing)
    reasons = [MISSING_REASONS[one.why] for one in snapshot.missing]
    if not all(index.reads_trips for index in snapshot.indexes):
        reasons.append(OTHER_READING)
    return readiness.with_reasons(reasons)
