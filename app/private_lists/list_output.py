"""The output of a list: under the published columns, or the organisation's own file again.

Threat: half of an output is taken for all of it, or somebody else reads it. Limit: it is written
beside, for its owner alone, and bears its name when it is whole.
"""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.bulk.results.columns import ADDED_COLUMNS
from app.private_lists.list_rows import PeopleList
from app.private_lists.list_run import Answers, ListRun
from app.private_lists.own_columns import FileKind, OwnRow, own_row, write_own_columns
from app.private_lists.published_columns import write_published
from app.spreadsheets.workbook import COLUMNS_MAX, ROWS_MAX
from exposure_index.atomic_files import PRIVATE, sync_directory
from exposure_index.errors import ExitCode, ForeseenError

PROGRESS, EARLIER, CHANGES, PARTIAL = ".progress", ".earlier", ".changes.csv", ".partial"
BEFORE_COLUMNS = ("status_before", "tier_before", "act_until_before")


class OutputTooSmall(ForeseenError):
    """A workbook holds fewer rows or columns than the list has."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class ListOutput:
    """Where the answers go. own_columns: whether it is the organisation's own file again."""

    path: Path
    own_columns: bool

    @property
    def kind(self) -> FileKind:
        """A workbook where its name says so, else CSV."""
        return "xlsx" if self.path.suffix.lower() == ".xlsx" else "csv"

    def beside(self, suffix: str) -> Path:
        """Return the path of a file beside it."""
        return self.path.with_name(self.path.name + suffix)

    def require_writable(self) -> None:
        """Raise OSError where no file can be made beside it."""
        with _whole_file(self.beside(PARTIAL), None):
            pass

    def require_place(self, people: PeopleList) -> None:
        """Raise OutputTooSmall where a list does not fit, before anybody is asked about."""
        rows, columns = people.counts.rows, len(people.headings) + len(ADDED_COLUMNS)
        if self.own_columns and self.kind == "xlsx" and (rows > ROWS_MAX or columns > COLUMNS_MAX):
            raise OutputTooSmall("a workbook holds fewer rows or columns: say --out OUT.csv")

    def write(self, run: ListRun, answers: Answers) -> None:
        """Write every row. Raises what the rows raise, and OSError; then nothing is there."""
        with _whole_file(self.beside(PARTIAL), self.path) as target:
            if self.own_columns:
                rows = (own_row(*each) for each in run.rows(answers))
                number = run.people.counts.rows
                write_own_columns(target, self.kind, run.people.headings, rows, number)
            else:
                text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
                write_published(text, run.rows(answers))
                text.detach()

    def write_changes(self, run: ListRun, answers: Answers, earlier: Answers) -> int:
        """Write the rows whose answer is another than before; return how many there are."""
        changed = list(_changed_rows(run, answers, earlier))
        path = self.beside(CHANGES)
        with _whole_file(path.with_name(path.name + PARTIAL), path) as target:
            headings = (*run.people.headings, *BEFORE_COLUMNS)
            write_own_columns(target, "csv", headings, changed, len(changed))
        return len(changed)


def _changed_rows(run: ListRun, answers: Answers, earlier: Answers) -> Iterator[OwnRow]:
    before = (own_row(*each) for each in run.rows(earlier))
    now = (own_row(*each) for each in run.rows(answers))
    width = len(run.people.headings)
    for old, new in zip(before, now, strict=True):
        if old != new:
            until = old.act_until.isoformat() if old.act_until else ""
            cells = _exactly(new.cells, width)
            yield new._replace(cells=(*cells, old.status, old.tier, until))


def _exactly(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells[:width], *("",) * (width - len(cells)))


@contextmanager
def _whole_file(partial: Path, path: Path | None) -> Iterator[BinaryIO]:
    """Give a file for its owner alone, which becomes the one at a path when the block ends."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    with os.fdopen(os.open(partial, flags, PRIVATE), "wb") as file:
        try:
            yield file
            if path is not None:
                file.flush()
                os.fsync(file.fileno())
                partial.replace(path)
                sync_directory(path.parent)
        finally:
            partial.unlink(missing_ok=True)
