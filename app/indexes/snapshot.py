"""The index snapshot: the unchanging set of open indexes that a request begins and ends with.

An index that is gone from its directory is still answered from while it is valid, but counts as
missing: whoever took it away may know why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.indexes.expected_authorities import ExpectedAuthorities
from exposure_index.files.manifest import Manifest
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.lookup.result import Missing

LONG_AGO = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class IndexSnapshot:
    """What one request answers from.

    missing: what should be here and is not, or is stale; unchanged_until: when one of the indexes
    expires or goes stale, and a new snapshot is due.
    """

    indexes: tuple[OpenIndex, ...] = ()
    missing: tuple[Missing, ...] = ()
    unchanged_until: datetime = LONG_AGO

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of the indexes."""
        return tuple(index.manifest for index in self.indexes)


def snapshot_at(
    now: datetime,
    indexes: Mapping[str, OpenIndex],
    expected: ExpectedAuthorities,
    stale_after: timedelta | None,
) -> IndexSnapshot:
    """Return what may be answered from at a time, and what is missing then.

    indexes: those that are open, by authority; stale_after: how old the oldest source of an index
    may be; None: any age.
    """
    valid = {name: one for name, one in indexes.items() if not one.manifest.expired(now)}
    stale_at = {name: _stale_at(one.manifest, stale_after) for name, one in valid.items()}
    missing = []
    for name in sorted(expected.known_authorities | indexes.keys()):
        if name in expected.damaged_authorities and name not in indexes:
            missing.append(Missing(name, "damaged"))
        elif name not in indexes or (name in valid and name not in expected.claimed_authorities):
            missing.append(Missing(name, "absent"))
        elif name not in valid:
            missing.append(Missing(name, "expired"))
        elif stale_at[name] <= now:
            missing.append(Missing(name, "stale"))
    nameless = len(expected.idle_keyrings)
    nameless += max(0, expected.directories - len(expected.known_authorities | indexes.keys()))
    changes = [one.manifest.valid_until for one in valid.values()]
    changes += [moment for moment in stale_at.values() if moment > now]
    return IndexSnapshot(
        tuple(valid[name] for name in sorted(valid)),
        (*missing, *[Missing("", "absent")] * nameless),
        min(changes, default=LONG_AGO),
    )


def _stale_at(manifest: Manifest, stale_after: timedelta | None) -> datetime:
    return NEVER if stale_after is None else manifest.oldest_source + stale_after
