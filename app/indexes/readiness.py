"""Readiness: whether the service can answer, and what is degraded.

Its vocabulary is short words, each with a row in docs/settings.md: of indexes and of the private
check (``private_…``), of records (``records_…``), of limits (``limits_…``, ``redis_…``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.indexes.snapshot import IndexSnapshot

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
    records_faults, limits_faults: of those, without which checks are answered all the same.
    """

    ready: bool
    complete: bool
    reasons: tuple[str, ...]
    records_faults: tuple[str, ...] = ()
    limits_faults: tuple[str, ...] = ()

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


def snapshot_readiness(snapshot: IndexSnapshot, refusals: Iterable[str]) -> Readiness:
    """Return whether a snapshot answers, after looking up the canary of every index.

    refusals: why indexes that stand there were not opened, in short words.
    """
    if not all(index.canary_found() for index in snapshot.indexes):
        return Readiness(ready=False, complete=False, reasons=("canary", *refusals))
    readiness = Readiness(ready=True, complete=not snapshot.missing, reasons=tuple(refusals))
    missing = [MISSING_REASONS[missing.why] for missing in snapshot.missing]
    if not all(index.reads_trips for index in snapshot.indexes):
        missing.append(OTHER_READING)
    return readiness.with_reasons(missing)
