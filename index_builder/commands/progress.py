"""A progress display on standard error: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

STEPS = 9


class StepProgress:
    """Shows which of a fixed number of steps runs, and how many entries have been written."""

    def __init__(self, steps: int = STEPS, *, quiet: bool = False) -> None:
        self._terminal = sys.stderr.isatty() and not quiet
        self._quiet = quiet
        self._started = time.monotonic()
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not self._terminal,
        )
        self._task = self._bar.add_task("starting", total=steps)
        self._running = False
        self._step = ""

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._bar.advance(self._task)
        self._bar.stop()

    def step(self, name: str) -> None:
        """Say that the next step begins."""
        if self._running:
            self._bar.advance(self._task)
        self._running, self._step = True, name
        self._bar.update(self._task, description=name)
        if not self._terminal and not self._quiet:
            seconds = time.monotonic() - self._started
            print(f"{seconds:7.1f} s  {name}", file=sys.stderr, flush=True)  # noqa: T201

    def entries(self, count: int) -> None:
        """Say how many entries have been sealed."""
        self._bar.update(self._task, description=f"{self._step}: {count:,} entries")
