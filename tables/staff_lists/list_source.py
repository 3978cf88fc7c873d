"""What is read as a staff list, and what somebody has decided about it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol

from tables.staff_lists.list_words import Remark

ListKind = Literal["csv", "xlsx", "jsonl"]


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list as bytes, which may be decrypted as they are read: nothing is written to the disk.

    name: what the list is called in messages; open: gives a seekable stream at its start, anew at
    each call.
    """

    name: str
    kind: ListKind
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class ListChoice:
    """What somebody decided about a list; as it is made, nothing.

    encoding: a name of CODECS in `tables.text_encodings.encodings`; sheet: its place, 1 being the
    first; header_row: as the program shows it, 0 for a list without one; columns: column name
    (id_type, id_number, name, name_latin) → place from 0.
    """

    encoding: str = ""
    sheet: int | None = None
    header_row: int | None = None
    columns: Mapping[str, int] | None = None


@dataclass(slots=True)
class ListBlock:
    """Some rows as they were read, in order.

    rows: their numbers; records: their cells, of the header's width; faults: row → one of REASONS
    for those that cannot be checked.
    """

    rows: list[int] = field(default_factory=list)
    records: list[list[str]] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)

    def add(self, row: int, record: list[str], fault: str = "") -> None:
        """Add a row; fault: "" for none."""
        self.rows.append(row)
        self.records.append(record)
        if fault:
            self.faults[row] = fault


class ListReader(Protocol):
    """What each kind of file is read by."""

    @property
    def headings(self) -> Sequence[str]:
        """The headings as they stand."""

    @property
    def columns(self) -> Mapping[str, int]:
        """Column name → place from 0."""

    def blocks(self) -> Iterator[ListBlock]:
        """Yield every row of data in order, in blocks, anew at each call. Raises ListRefused."""

    def remarks(self) -> Sequence[Remark]:
        """Return what is odd, after all blocks were read once."""


BLOCK_ROWS = 5_000
ROWS_MAX = 5_000_000
"""Lines of a list of text, blank ones too; longer ones are refused."""
SHEET_ROWS_MAX = (65_536, 1_048_576)
"""The rows of a sheet of old and of new programs: a list of just so many is cut off."""
