"""Runs one build as a whole command, and tells what its steps took and how much memory it held."""

import io
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any

BIN = Path(sys.executable).parent
_STEP = re.compile(r"\s*[0-9.]+ s  (?P<name>.+)")
_SAMPLE_SECONDS = 0.2


class BuildFailed(Exception):
    """The build under test did not end well; the message is its last words."""


@dataclass(frozen=True)
class Measured:
    """steps: name and seconds, in order; peak_bytes: proportional memory of all its processes."""

    steps: list[tuple[str, float]]
    peak_bytes: int
    report: dict[str, Any]

    @property
    def seconds(self) -> float:
        """From the first step to the last line."""
        return sum(seconds for _, seconds in self.steps)


def measure_build(source: Path, keys: Path, out: Path, memory: str, *options: str) -> Measured:
    """Build once, with further options of the command. Raises BuildFailed."""
    command = [str(BIN / "index-builder"), "build", "--source", str(source), "--keys", str(keys)]
    command += ["--out", str(out), "--memory", memory, "--json", *options]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as build:
        watch = _Watch(build.stderr or io.StringIO(), build.pid)
        output = build.stdout.read() if build.stdout else ""
        build.wait()
        watch.end()
    if build.returncode:
        raise BuildFailed("\n".join(watch.lines[-5:]))
    return Measured(watch.steps(), watch.peak_bytes, json.loads(output))


class _Watch:
    """Reads the progress lines as they come, and samples memory beside."""

    def __init__(self, lines: IO[str], session: int) -> None:
        self.lines: list[str] = []
        self.peak_bytes = 0
        self._starts: list[tuple[str, float]] = []
        self._ended = 0.0
        self._source, self._session = lines, session
        self._threads = [Thread(target=self._read), Thread(target=self._sample)]
        self._running = True
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Stop watching: the command has ended."""
        self._ended, self._running = time.monotonic(), False
        for thread in self._threads:
            thread.join()

    def steps(self) -> list[tuple[str, float]]:
        """Return what each step took, in seconds."""
        ends = [at for _, at in self._starts[1:]] + [self._ended]
        return [(name, end - at) for (name, at), end in zip(self._starts, ends, strict=True)]

    def _read(self) -> None:
        for line in self._source:
            self.lines.append(line.rstrip())
            if step := _STEP.fullmatch(line.rstrip()):
                self._starts.append((step["name"], time.monotonic()))

    def _sample(self) -> None:
        while self._running:
            self.peak_bytes = max(self.peak_bytes, _held_bytes(self._session))
            time.sleep(_SAMPLE_SECONDS)


def _held_bytes(session: int) -> int:
    """Return the proportional memory (PSS) of every process of a session."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) != session:
                continue
            text = (stat.parent / "smaps_rollup").read_text()
        except OSError:
            continue  # it has just ended
        match = re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE)
        total += int(match[1]) * 1024 if match else 0
    return total
