"""Readiness: whether the service can answer, and what is degraded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.indexes.snapshot import IndexSnapshot

MISSING_REASONS = {
    "absent": "authority_missing",
    "expired": "expired",
    "stale": "stale",
    "damaged": "damaged",
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """ready: it answers; complete: from every authority; reasons: what is wrong, in short words."""

    ready: bool
    complete: bool
    reasons: tuple[str, ...]

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
    return readiness.with_reasons(MISSING_REASONS[missing.why] for missing in snapshot.missing)
