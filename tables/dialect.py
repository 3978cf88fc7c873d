"""The dialect of a CSV file: its delimiter, and where its header stands below titles.

Counting signs proves nothing (a title may hold more commas than the header has), so the header
decides: the delimiter is the one under which a line names the columns that the table must have.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

DELIMITERS = (",", "\t", ";", "|", "#", "，", "；")
HEADER_SEARCHED_ROWS = 20
"""Titles, dates and notes above the header; blank rows are not counted."""
HEADER_LINES_MAX = 5
"""Lines that one header may span, by line breaks within its cells."""

_DIRECTIVE = re.compile(r'"?sep=(.)"?[,;\t]*', re.IGNORECASE)


class HeaderRules(Protocol):
    """What a table knows of its header."""

    def __call__(self, cells: Sequence[str]) -> list[str]:
        """Return the column of each heading, and headings of no column as they are."""

    def is_header(self, cells: Sequence[str]) -> bool:
        """Return whether a row names every column without which no row can be read."""

    def known(self, cells: Sequence[str]) -> int:
        """Return how many cells of a row are headings of known columns."""

    def required_places(self, headings: Sequence[str]) -> tuple[int, ...]:
        """Return the places of the columns that every row of data fills."""

    @property
    def holds_names(self) -> bool:
        """Whether a cell may be a name of a person or place, of which nothing is known."""

    @property
    def may_hold_notes(self) -> bool:
        """Whether titles and footnotes may stand among the rows, and are told apart from data."""

    @property
    def encoding(self) -> str:
        """The name of the encoding that somebody chose for the file, "" for none."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written. Rows are numbers of lines, 1 being the first.

    header_row, last_header_row: where the header begins and ends; above: the rows before it that
    are not blank, cut by the same delimiter.
    """

    delimiter: str
    headings: list[str]
    header_row: int
    last_header_row: int
    above: tuple[tuple[int, list[str]], ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    delimiter: str
    headings: list[str]
    first: int  # place among the lines, and the place behind its last line
    behind: int
    is_header: bool
    known: int

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The more known columns the better, then the more cells."""
        return self.is_header, self.known, len(self.headings) if self.known else 0

    def fitting(self, lines: Sequence[str]) -> int:
        """Return how many lines below have as many cells, under the same delimiter."""
        following = (line for line in lines[self.behind :] if line.strip())
        cells = (loose_cells(line, self.delimiter) for line in following)
        return sum(len(each) == len(self.headings) for each in cells) if self.known else 0


def find_dialect(lines: Sequence[str], rules: HeaderRules) -> Dialect | None:
    """Return the dialect of a file by its first lines, None where all of them are blank.

    Where no line is a header the one that names most columns is returned, so that whoever reads
    on can say which are missing; a file that names none is one of commas with its header first.
    """
    directive = _DIRECTIVE.fullmatch(lines[0].rstrip("\r\n").lstrip("\ufeff")) if lines else None
    delimiters = tuple(dict.fromkeys([*([directive[1]] if directive else []), *DELIMITERS]))
    beginning = [at for at, line in enumerate(lines) if line.strip()][1 if directive else 0 :]
    candidates = [
        candidate
        for at in beginning[:HEADER_SEARCHED_ROWS]
        for delimiter in _possible_at(lines, at, delimiters)
        for candidate in _headers_at(lines, at, delimiter, rules)
    ]
    if not candidates:
        return None
    rank = max(candidate.rank for candidate in candidates)
    equals = [candidate for candidate in candidates if candidate.rank == rank]
    # Of equals the first is taken: the upper line, then the directive's delimiter, then commas.
    best = max(equals, key=lambda candidate: candidate.fitting(lines))
    above = tuple(
        (at + 1, loose_cells(lines[at], best.delimiter)) for at in beginning if at < best.first
    )
    return Dialect(best.delimiter, best.headings, best.first + 1, best.behind, above)


def _possible_at(lines: Sequence[str], at: int, delimiters: Sequence[str]) -> Sequence[str]:
    """Return the delimiters that stand in a line, or the first: the others cut it no otherwise."""
    is_whole = lines[at].count('"') % 2 == 0
    text = lines[at] if is_whole else "".join(lines[at : at + HEADER_LINES_MAX])
    return [delimiter for delimiter in delimiters if delimiter in text] or delimiters[:1]


def _headers_at(
    lines: Sequence[str], at: int, delimiter: str, rules: HeaderRules
) -> Iterator[_Candidate]:
    """Yield what begins at a line as a header, over as many lines as its quotation marks need."""
    for behind in range(at + 1, min(at + HEADER_LINES_MAX, len(lines)) + 1):
        cells = strict_cells("".join(lines[at:behind]), delimiter)
        if cells is not None:
            cells = [cell.removeprefix("\ufeff") for cell in cells]
            yield _Candidate(
                delimiter, cells, at, behind, rules.is_header(cells), rules.known(cells)
            )
            return


def strict_cells(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of one record, None where its quotation marks do not close."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None


def loose_cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line that may be no record at all."""
    cells = strict_cells(line, delimiter)
    return line.strip().split(delimiter) if cells is None else cells
