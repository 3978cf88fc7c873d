"""The progress file: answers to a list so far, so that an interrupted run continues.

Its first frame holds what the answers depend on, each further one the answers of the next people.

Threat: answers of two builds, or of two lists, are mixed. Limit: the key is made of the list, and
what depends on anything else than this run is let go as a whole.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.private_lists.person_answer import PersonAnswer
from app.private_lists.sealed_frames import cipher_of, frames_in, new_head, sealed_frame
from exposure_index.atomic_files import PRIVATE
from exposure_index.errors import ExitCode, ForeseenError


class ProgressInUse(ForeseenError):
    """Another run writes the same output."""

    exit_code = ExitCode.USAGE


class ProgressDamaged(ForeseenError):
    """Answers cannot be read again as they were written: there is no output."""

    exit_code = ExitCode.UNAVAILABLE


class ProgressFile:
    """Answers in the order of the list, of which an earlier run may have left the first ones."""

    def __init__(self, path: Path, list_digest: bytes, binding: Mapping[str, Any]) -> None:
        """Open or begin the file at a path, for its owner alone; list_digest: 64 bytes.

        binding: JSON of what all answers depend on. Raises ProgressInUse, OSError.
        """
        self._path, self._list_digest = path, list_digest
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, PRIVATE)
        self._file = os.fdopen(handle, "r+b")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.fchmod(handle, PRIVATE)
        except BlockingIOError:
            self._file.close()
            raise ProgressInUse(f"{path} is in use: another run writes this output") from None
        self._people = self._frames = 0
        self.begun_anew = not self._continue(dict(binding)) and self._begin(dict(binding))

    def __len__(self) -> int:
        return self._people

    def __iter__(self) -> Iterator[PersonAnswer]:
        """Yield every answer in order. Raises ProgressDamaged where there are fewer by now."""
        people = 0
        for answer in answers_in(self._path, self._list_digest):
            people += 1
            yield answer
        if people != self._people:
            raise ProgressDamaged(f"{self._path} cannot be read again: run the command anew")

    def append(self, answers: Sequence[PersonAnswer]) -> None:
        """Add the answers of the next people. Raises OSError."""
        self._write({"answers": [answer.to_json() for answer in answers]})
        self._people += len(answers)

    def close(self) -> None:
        """Leave the file as it is, for another run."""
        self._file.close()

    def remove(self) -> None:
        """Remove the file: the output says all that it held."""
        self._path.unlink(missing_ok=True)
        self._file.close()

    def keep_as(self, path: Path) -> None:
        """Keep the answers under another name, for later ones to be compared with."""
        os.fsync(self._file.fileno())
        self._path.replace(path)
        self._file.close()

    def _continue(self, binding: dict[str, Any]) -> bool:
        """Take over what is whole and depends on the same; return whether there is any."""
        end = 0
        for end, frame in frames_in(self._file, self._list_digest):  # noqa: B007 - the last one
            if not self._frames and frame != binding:
                return False
            self._frames += 1
            self._people += len(frame.get("answers", ()))
        if not self._frames:
            return False
        self._file.seek(0)
        self._cipher = cipher_of(self._file.read(len(new_head())), self._list_digest)
        self._file.truncate(end)
        self._file.seek(end)
        return True

    def _begin(self, binding: dict[str, Any]) -> bool:
        """Begin the file; return whether anything was there that is let go."""
        was_there = os.fstat(self._file.fileno()).st_size > 0
        head = new_head()
        self._cipher = cipher_of(head, self._list_digest)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(head)
        self._write(binding)
        return was_there

    def _write(self, content: dict[str, Any]) -> None:
        self._file.write(sealed_frame(self._cipher, self._frames, content))
        self._file.flush()
        self._frames += 1


def answers_in(path: Path, list_digest: bytes) -> Iterator[PersonAnswer]:
    """Yield the answers in a file, as far as they are whole and of this list."""
    with path.open("rb") as file:
        for _, frame in frames_in(file, list_digest):
            yield from map(PersonAnswer.from_json, frame.get("answers", ()))


def binding_of(path: Path, list_digest: bytes) -> dict[str, Any] | None:
    """Return what the answers in a file depend on; None where there is none of this list."""
    try:
        with path.open("rb") as file:
            return next((frame for _, frame in frames_in(file, list_digest)), None)
    except FileNotFoundError:
        return None
