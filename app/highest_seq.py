"""The highest index sequence served so far, kept across restarts against rollback."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

STATE_FILE = "highest-seq.json"


class StateUnusable(Exception):
    """The state directory cannot be read or written, or its file is damaged."""


class HighestSeq:
    """Remembers, for each trust and authority, the highest sequence; shared by all workers."""

    def __init__(self, directory: Path) -> None:
        self._file = directory / STATE_FILE

    def known(self, trust: str) -> dict[str, int]:
        """Return authority → highest sequence under one trust. Raises StateUnusable."""
        try:
            data: Any = json.loads(self._file.read_bytes())
            return {str(name): int(seq) for name, seq in data.get(trust, {}).items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise StateUnusable from error

    def remember(self, trust: str, authority: str, seq: int) -> None:
        """Raise the highest sequence of an authority; a lower one changes nothing.

        Written to a new file and renamed, under a lock. Raises StateUnusable.
        """
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._write(trust, authority, seq)
        except OSError as error:
            raise StateUnusable from error

    def _write(self, trust: str, authority: str, seq: int) -> None:
        known = self.known(trust)
        if known.get(authority, 0) >= seq:
            return
        everything = json.loads(self._file.read_bytes()) if self._file.exists() else {}
        everything[trust] = {**known, authority: seq}
        partial = self._file.with_suffix(".new")
        with partial.open("w", encoding="utf-8") as out:
            json.dump(everything, out, ensure_ascii=False, indent=1, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(self._file)
