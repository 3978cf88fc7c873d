"""One page of results: of one state or all, with what is searched for, a few rows at a time.

Rows are decrypted one after the other and only those of the page are kept.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from app.bulk.jobs.views import ResultRow, ResultTable

ROWS_PER_PAGE = 50
ALL = ""


@dataclass(frozen=True, slots=True)
class ResultChoice:
    """What is to be seen.

    state: rows of a state, of ALL, or None for those that matter most; search: that hold a text;
    page: from 1.
    """

    state: str | None = None
    search: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The rows of one page; first: the place of its first row among those that fit, from 1."""

    rows: tuple[ResultRow, ...]
    first: int
    has_next: bool


def result_page(
    table: ResultTable, choice: ResultChoice, state_of: Callable[[ResultRow], str]
) -> ResultPage:
    """Return one page of the rows that fit; it has none where the page lies past the last.

    state_of: by which state a row is chosen.
    """
    start = (choice.page - 1) * ROWS_PER_PAGE
    rows = tuple(islice(_fitting(table, choice, state_of), start, start + ROWS_PER_PAGE + 1))
    return ResultPage(rows[:ROWS_PER_PAGE], start + 1, len(rows) > ROWS_PER_PAGE)


def _fitting(
    table: ResultTable, choice: ResultChoice, state_of: Callable[[ResultRow], str]
) -> Iterator[ResultRow]:
    wanted = folded(choice.search)
    for row in table.rows():
        if choice.state and choice.state != state_of(row):
            continue
        if not wanted or any(wanted in folded(cell) for cell in row.cells):
            yield row


def folded(text: str) -> str:
    """Return a text as searches compare it: no matter the width, case or spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
