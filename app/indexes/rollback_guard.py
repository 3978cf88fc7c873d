"""The highest index sequence served so far, kept across restarts against rollback.

One JSON file: ``{"ring:east": {authority: seq}}``, by the set of keys that opened the index: the
name of the authority's own directory of keys, "" for those of the service. Not by trust.json: who
adds a signer must not forget what was served before. Earlier releases wrote the SHA-256 of
trust.json in the place of the ring; such entries are read until their authority is served again.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exposure_index.errors import ExitCode, ForeseenError

STATE_FILE = "highest-seq.json"
RING = "ring:"

Known = dict[str, dict[str, int]]


class StateUnusable(ForeseenError):
    """The state directory cannot be read or written, or its file is damaged."""

    exit_code = ExitCode.UNAVAILABLE

    @property
    def explanation(self) -> str:
        """What the operator is told: where to look, and where the way out stands."""
        return (
            "what was served before cannot be read or written now: look at highest-seq.json "
            "and latest-time.txt in GAUGE_STATE_DIR; docs/playbooks/alerts.md (the state) tells "
            "the way out"
        )


@dataclass(frozen=True, slots=True)
class KeyringId:
    """Which keys an index is opened with: ring, see above; trust: SHA-256 of their trust.json."""

    ring: str
    trust: str


@dataclass(frozen=True, slots=True)
class ServedSeq:
    """An authority that was served; ring: None where an earlier release wrote it."""

    authority: str
    ring: str | None
    seq: int


class RollbackGuard:
    """Remembers the highest sequence of each authority and ring; shared by all workers."""

    def __init__(self, directory: Path) -> None:
        self._file = directory / STATE_FILE

    def remembered(self) -> list[ServedSeq]:
        """Return everything that was served before, in order. Raises StateUnusable."""
        return sorted(
            (
                ServedSeq(name, group[len(RING) :] if group.startswith(RING) else None, seq)
                for group, known in self._read().items()
                for name, seq in known.items()
            ),
            key=lambda one: (one.authority, one.ring or "", one.seq),
        )

    def authorities(self) -> set[str]:
        """Return every authority that was served and not forgotten. Raises StateUnusable."""
        return {one.authority for one in self.remembered()}

    def floor(self, served: KeyringId, authority: str) -> int:
        """Return the lowest sequence that is no rollback, 0 for any. Raises StateUnusable.

        Where these keys never served the authority, what others served counts: keys are moved from
        one directory to another.
        """
        known = self._read()
        for group in (RING + served.ring, served.trust):
            if authority in known.get(group, {}):
                return known[group][authority]
        return max((group.get(authority, 0) for group in known.values()), default=0)

    def remember(self, served: KeyringId, authority: str, seq: int) -> None:
        """Raise the highest sequence of an authority; a lower one changes nothing.

        Raises StateUnusable.
        """

        def change(known: Known) -> None:
            of_ring = known.setdefault(RING + served.ring, {})
            of_ring[authority] = max(seq, of_ring.get(authority, 0))
            for group in [group for group in known if not group.startswith(RING)]:
                known[group].pop(authority, None)

        self._change(change)

    def forget(self, authority: str) -> None:
        """Let an authority be unknown again: it is missed no more, and any sequence is taken.

        Raises StateUnusable.
        """

        def change(known: Known) -> None:
            for group in known.values():
                group.pop(authority, None)

        self._change(change)

    def _read(self) -> Known:
        try:
            data: Any = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise StateUnusable from error
        if not _is_known(data):
            raise StateUnusable
        known: Known = data
        return known

    def _change(self, change: Callable[[Known], None]) -> None:
        """Change the file under a lock; nothing is written where nothing changes."""
        try:
            with self._locked():
                known = self._read()
                before = json.dumps(known)
                change(known)
                if json.dumps(known) != before:
                    self._write({group: names for group, names in known.items() if names})
        except OSError as error:
            raise StateUnusable from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write(self, known: Known) -> None:
        """Write a new file and rename it."""
        partial = self._file.with_suffix(".new")
        with partial.open("w", encoding="utf-8") as out:
            json.dump(known, out, ensure_ascii=False, indent=1, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(self._file)


def _is_known(data: object) -> bool:
    return isinstance(data, dict) and all(
        isinstance(group, dict) and all(type(seq) is int for seq in group.values())
        for group in data.values()
    )
