"""Steps that are skipped while nothing they read has changed, judged by content, not by time."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", ".git"})


@dataclass(frozen=True)
class Step:
    """One piece of work: what it reads, what it leaves, and where its stamp stands."""

    name: str
    action: Callable[[], None]
    stamp: Path
    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    facts: tuple[str, ...] = field(default=())  # what counts besides files: a version, a place


def content_digest(paths: Iterable[Path], facts: Iterable[str] = ()) -> str:
    """Return the SHA-256, in hex, of files (folders with all below them) and of further facts.

    A missing file counts as missing, so that its appearance is a change.
    """
    digest = hashlib.sha256()
    for path in paths:
        for file in _files_of(path):
            content = file.read_bytes() if file.is_file() else b"missing"
            digest.update(f"{file.as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    for fact in facts:
        digest.update(f"fact\0{len(fact)}\0{fact}".encode())
    return digest.hexdigest()


def perform(step: Step) -> bool:
    """Do the step unless its outputs stand and its stamp matches; return whether it was done.

    The stamp goes before the work and comes back after it, so an interrupted step is done again.
    """
    wanted = content_digest(step.inputs, step.facts)
    if all(path.exists() for path in step.outputs) and _stamped(step.stamp) == wanted:
        return False
    step.stamp.unlink(missing_ok=True)
    say(step.name)
    step.action()
    step.stamp.parent.mkdir(parents=True, exist_ok=True)
    partial = step.stamp.with_suffix(".partial")
    partial.write_text(wanted, encoding="ascii")
    partial.replace(step.stamp)
    return True


def say(message: str) -> None:
    """Print one progress line at once, also into a pipe."""
    print(f"set-up: {message}", file=sys.stderr, flush=True)


def _stamped(stamp: Path) -> str:
    return stamp.read_text(encoding="ascii") if stamp.is_file() else ""


def _files_of(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, below, names in os.walk(path):
        below[:] = sorted(set(below) - SKIPPED_FOLDERS)
        for name in sorted(names):
            yield Path(folder, name)
