"""What a reader of staff lists has to say, in codes: whoever shows them has the words.

No code carries what stood in a cell: places alone, as the program shows them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tables.row_kinds import RowKinds
from tables.staff_lists.row_spans import RowSpans
from tables.table_faults import RANGES_MAX, row_ranges

REASONS: tuple[str, ...] = (
    "row_unreadable",  # more or fewer cells than the header, quotation marks, no text
    "above_header",  # it stands above the header and may be a person
    "cells_merged",  # the cell of the number or of the name is merged with another person's
    "formula",  # a formula without a result in a cell that matters
    "digits_lost",  # a spreadsheet has replaced the last digits
    "masked",  # stars or crosses in place of digits
    "document_missing",
    "document_unclear",  # more than a number stands in the cell, and it is not understood
    "document_type_missing",  # the number may be of several kinds, which need other names
    "document_type_unclear",
    "character",  # one that no document number has
    "too_short",
    "too_long",
    "length",
    "check_digit",
    "name_missing",
    "name_filler",  # N/A, 未知, 张某某
    "name_partial",  # a family's name, initials, a name that is cut off
    "name_unclear",  # several people, or more than a name
    "han_name_needed",
    "latin_name_needed",
    "too_many_names",
    "quota",  # of jobs: beyond the people whom the organisation may ask about
)
"""Every code of why a row is not checked."""

REFUSALS: tuple[str, ...] = (
    "locked",  # by a password
    "legacy_xls",
    "wrong_type",  # a file of another kind than its name or its sender says
    "damaged",
    "too_large",  # unpacked, in rows, columns or cells
    "cut_off",  # 65,536 or 1,048,576 rows, the most that a sheet holds
    "cut_row",  # it ends in the middle of a row
    "empty",
    "no_people",  # a header and no row of data
    "one_column",
    "encoding",  # choices: which it may be
    "several_sheets",  # choices: the places of the sheets, 1 being the first
    "no_such_sheet",
    "formulas",  # without results, and it is not known in which rows
    "several_tables",  # a header of other columns below the first
    "endless_line",
)
"""Every code of why a list is refused as a whole."""

REMARKS: tuple[str, ...] = (
    "encoding",  # places: its name
    "delimiter",  # places: comma is not remarked on
    "titles_above",  # places: rows
    "notes",  # rows taken as titles, notes or totals
    "repeated_headers",
    "blank_rows",
    "nameless_columns",  # columns with cells and without a heading
    "headings_by_meaning",
    "hidden_rows",
    "hidden_columns",
    "hidden_sheets",
    "other_sheets",  # that are not read
    "list_hidden",  # the sheet of the list is hidden itself
    "merged_filled",  # merged cells read as one value for each of their rows
    "formulas",  # their last results are read
    "formulas_without_result",
    "error_cells",  # #N/A and the like
    "external_links",
    "macros",
    "rounded_numbers",  # CSV: too many numbers end in 000
)
"""Every code of what is odd in a list that is read all the same."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is odd in a list. code: one of REMARKS.

    places: rows as ranges (`4`, `9-11`), columns by their letters, sheets by their numbers, or the
    name of an encoding or a delimiter; count: of what it speaks, where they are counted.
    """

    code: str
    places: tuple[str, ...] = ()
    count: int = 0


def remark_on_rows(code: str, rows: Iterable[int]) -> Remark:
    """Return a remark about rows, which are named in ranges; of very many the first."""
    every = set(rows)
    ranges = row_ranges(every).partition(" and ")[0].split(", ")[:RANGES_MAX]
    return Remark(code, tuple(ranges), len(every))


def remark_on_spans(code: str, rows: RowSpans) -> Remark:
    """Return a remark about rows that are known by their spans."""
    places = [str(a) if a == b else f"{a}-{b}" for a, b in rows.spans[:RANGES_MAX]]
    return Remark(code, tuple(places), rows.count)


def remarks_on_kinds(kinds: RowKinds, first_column: int = 0) -> Iterator[Remark]:
    """Yield remarks on the rows that were no data, and on columns without a heading."""
    if kinds.notes:
        yield remark_on_rows("notes", kinds.notes)
    if kinds.headers:
        yield remark_on_rows("repeated_headers", kinds.headers)
    if kinds.nameless:
        letters = tuple(column_letters(place + first_column) for place in sorted(kinds.nameless))
        yield Remark("nameless_columns", letters, len(letters))


def column_letters(place: int) -> str:
    """Return a column as spreadsheets show it: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class ListRefused(ValueError):
    """A list is refused as a whole. code: one of REFUSALS.

    row: as the program shows it; column: from 0; choices: among what somebody may choose: names of
    encodings, or places of sheets.
    """

    def __init__(
        self,
        code: str,
        row: int | None = None,
        column: int | None = None,
        choices: Sequence[str] = (),
    ) -> None:
        place = f" (row {row})" if row else ""
        super().__init__(f"{code}{place}")
        self.code = code
        self.row = row
        self.column = column
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a list may mean, where its headings do not say so.

    header_row: of the headings, 0 for none; headings: letters of columns where there are none;
    samples: up to five rows below; columns: what the cells look like, column name → place from 0.
    """

    header_row: int
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    columns: Mapping[str, int] = field(default_factory=dict)


class ColumnsUnclear(ValueError):
    """Which column is which has to be said by somebody, as `ListChoice.columns`."""

    def __init__(self, guess: ColumnGuess) -> None:
        super().__init__("no certain columns of numbers and names")
        self.guess = guess

    @property
    def header_row(self) -> int:
        """The row of the headings, 0 where the list has none."""
        return self.guess.header_row

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as they stand, or letters of columns."""
        return self.guess.headings

    @property
    def samples(self) -> tuple[tuple[str, ...], ...]:
        """Up to five rows below the headings."""
        return self.guess.samples

    @property
    def suggestion(self) -> Mapping[str, int]:
        """Which columns look like which, by their cells: column name → place from 0."""
        return self.guess.columns
