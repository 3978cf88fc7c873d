"""Runs one build as a whole command: what its steps took, of time and of processors, and memory."""

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any

BIN = Path(sys.executable).parent
_STEP = re.compile(r"\s*[0-9.]+ s  (?P<name>.+)")
_SAMPLE_SECONDS = 0.2
_OF_NO_FILE = re.compile(r"^Rss(?:Anon|Shmem):\s+(\d+) kB$", re.MULTILINE)
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class BuildFailed(Exception):
    """The build under test did not end well; the message is its last words."""


@dataclass(frozen=True)
class Measured:
    """steps: name and seconds, in order; of all its processes, sampled: processor_seconds, of the
    command from its start; peak_bytes, of memory that no file stands behind, for each process."""

    steps: list[tuple[str, float]]
    processor_seconds: float
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
    return Measured(watch.steps(), watch.processor_seconds, watch.peak_bytes, json.loads(output))


class _Watch:
    """Reads the progress lines as they come, and samples memory beside."""

    def __init__(self, lines: IO[str], session: int) -> None:
        self.lines: list[str] = []
        self.peak_bytes = 0
        self._ticks: dict[str, int] = {}
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

    @property
    def processor_seconds(self) -> float:
        """Of all processes, each as it was seen last."""
        return sum(self._ticks.values()) / _TICKS_A_SECOND

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
        others: set[str] = set()
        while self._running:
            processes = dict(_processes(self._session, others))
            self._ticks.update(processes)
            self.peak_bytes = max(self.peak_bytes, sum(map(_memory_bytes, processes)))
            time.sleep(_SAMPLE_SECONDS)


def _processes(session: int, others: set[str]) -> Iterator[tuple[str, int]]:
    """Yield number and processor ticks of the processes of a session; note the others, once."""
    for process in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - a fifth of the time
        if process in others:
            continue
        try:
            fields = Path("/proc", process, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[3]) == session:
            yield process, int(fields[11]) + int(fields[12])  # in user and in system mode
        else:
            others.add(process)


def _memory_bytes(process: str) -> int:
    """Return the memory of a process that no file stands behind, 0 where it has just ended.

    The kernel has counted it. For proportional memory (PSS) it walks through all pages, and the
    process waits: half a second and more of a build.
    """
    try:
        status = Path("/proc", process, "status").read_text()
    except OSError:
        return 0
    return sum(int(size) * 1024 for size in _OF_NO_FILE.findall(status))
