"""How far a list is, on standard error: a bar where somebody looks, else a line now and then."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

WORDS = "checking privately"
CONTINUES = "{before:,} of {total:,} people were answered by the run before; it goes on from there"
BEGINS_ANEW = "the list or the index changed since the run before: everybody is asked about anew"
WAITS = "the service asks to wait {seconds:.0f} s: it answers so many in a time for one address"
LONG_WAIT_SECONDS = 5.0


class ListProgress:
    """Shows a list being answered."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task(WORDS, total=None)
        self._waits = False

    def begin(self, before: int, total: int, *, anew: bool) -> None:
        """Show where it begins."""
        if anew:
            click.echo(BEGINS_ANEW, err=True)
        if before:
            click.echo(CONTINUES.format(before=before, total=total), err=True)
        self._bar.update(self._task, completed=before, total=total)

    def advance(self, people: int) -> None:
        """Show that so many more are answered."""
        self._bar.update(self._task, advance=people)

    def wait(self, seconds: float) -> None:
        """Show that the service asks to wait; without a bar once each time that it begins to."""
        waits = seconds > LONG_WAIT_SECONDS
        if waits and not self._waits and self._bar.disable:
            click.echo(WAITS.format(seconds=seconds), err=True)
        self._waits = waits
        words = f"waiting {seconds:.0f} s, as the service asks" if waits else WORDS
        self._bar.update(self._task, description=words)


@contextmanager
def list_progress() -> Iterator[ListProgress]:
    """Show a list while it is answered; an interrupted one says how to continue."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    ) as bar:
        yield ListProgress(bar)
