"""The rollback guard: no index is served whose sequence is below the highest served before.

The highest sequence of each authority is kept across restarts; ``opening`` hands its ``floor`` to
``OpenIndex.open``, which raises RolledBack below it.

One JSON file: ``{"ring:east": {authority: seq}}``, by the set of keys that opened the index: the
name of the authority's own directory of keys, "" for those of the service. Not by trust.json: who
adds a signer must not forget what was served before. Earlier releases wrote the SHA-256 of
trust.json in the place of the ring; such entries are read until their authority is served again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exposure_index.atomic_files import only_writer, write_whole
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.regular_files import STATE_MAX_BYTES, read_regular

STATE_FILE = "highest-seq.json"
RING = "ring:"

SeqsByGroup = dict[str, dict[str, int]]


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
    """Names the keyring that opens an index, as above; trust_sha256: of its trust.json, in hex."""

    name: str
    trust_sha256: str


@dataclass(frozen=True, slots=True)
class ServedSeq:
    """The highest sequence served of an authority.

    keyring: its name, as above; None where an earlier release wrote it.
    """

    authority: str
    keyring: str | None
    seq: int


class RollbackGuard:
    """The file in the state directory; shared by all workers."""

    def __init__(self, directory: Path) -> None:
        self._file = directory / STATE_FILE

    def entries(self) -> list[ServedSeq]:
        """Return everything that was served before, in order. Raises StateUnusable."""
        return sorted(
            (
                ServedSeq(name, group[len(RING) :] if group.startswith(RING) else None, seq)
                for group, seqs in self._read().items()
                for name, seq in seqs.items()
            ),
            key=lambda one: (one.authority, one.keyring or "", one.seq),
        )

    def is_lost(self) -> bool:
        """Return whether nothing is kept: nothing was served yet, or the directory was emptied."""
        return not self._file.exists()

    def authorities(self) -> set[str]:
        """Return every authority that was served and not forgotten. Raises StateUnusable."""
        return {one.authority for one in self.entries()}

    def floor(self, keyring: KeyringId, authority: str) -> int:
        """Return the lowest sequence that is no rollback, 0 for any. Raises StateUnusable.

        Where these keys never served the authority, what others served counts: keys are moved from
        one directory to another.
        """
        groups = self._read()
        for group in (RING + keyring.name, keyring.trust_sha256):
            if authority in groups.get(group, {}):
                return groups[group][authority]
        return max((seqs.get(authority, 0) for seqs in groups.values()), default=0)

    def remember(self, keyring: KeyringId, authority: str, seq: int) -> None:
        """Raise the highest sequence of an authority; a lower one changes nothing.

        Raises StateUnusable.
        """

        def change(groups: SeqsByGroup) -> None:
            seqs = groups.setdefault(RING + keyring.name, {})
            seqs[authority] = max(seq, seqs.get(authority, 0))
            for group in [group for group in groups if not group.startswith(RING)]:
                groups[group].pop(authority, None)

        self._change(change)

    def forget(self, authority: str) -> None:
        """Let an authority be unknown again: it is missed no more, and any sequence is taken.

        Raises StateUnusable.
        """

        def change(groups: SeqsByGroup) -> None:
            for seqs in groups.values():
                seqs.pop(authority, None)

        self._change(change)

    def _read(self) -> SeqsByGroup:
        try:
            data: Any = json.loads(read_regular(self._file, STATE_MAX_BYTES))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise StateUnusable from error
        if not _has_form(data):
            raise StateUnusable
        groups: SeqsByGroup = data
        return groups

    def _change(self, change: Callable[[SeqsByGroup], None]) -> None:
        """Change the file as its only writer; nothing is written where nothing changes."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with only_writer(self._file.parent):
                groups = self._read()
                before = json.dumps(groups)
                change(groups)
                if json.dumps(groups) != before:
                    write_whole(self._file, _as_json(groups))
        except OSError as error:
            raise StateUnusable from error


def _as_json(groups: SeqsByGroup) -> bytes:
    some = {group: seqs for group, seqs in groups.items() if seqs}
    return json.dumps(some, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _has_form(data: object) -> bool:
    return isinstance(data, dict) and all(
        isinstance(group, dict) and all(type(seq) is int for seq in group.values())
        for group in data.values()
    )
