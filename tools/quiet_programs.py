"""Runs programs of the set-up: what they say is shown only where they fail."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

SHOWN_CHARACTERS = 3000


class InstallFailed(Exception):
    """A step of the set-up failed; the message ends with what the program said."""


def run_quietly(
    command: Sequence[str | Path],
    what: str,
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a program without standard input. Raises InstallFailed, naming `what` was done."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        message = f"{what} failed:\n{done.stdout[-SHOWN_CHARACTERS:]}"
        raise InstallFailed(message)
