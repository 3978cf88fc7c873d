"""The error for a notices file that is no table at all, and the sign of damaged text."""

from __future__ import annotations

from pathlib import Path

from exposure_index.errors import ExitCode, ForeseenError

DAMAGED = "\ufffd"  # stands where bytes could not be decoded; the row holding it is rejected


class NoticesUnreadable(ForeseenError):
    """A file without a single readable row; the text names the file and what to do, no cell."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, file: Path, reason: str, advice: str) -> None:
        """reason: what is wrong; advice: what the reader can do about it."""
        super().__init__(f"{file}: {reason}. {advice}")
        self.file = file
        self.reason = reason
        self.advice = advice
