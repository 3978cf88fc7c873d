"""Headers: headings become columns. A file without a header has a person in its first line."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tables.column_mapping import MappingRefused, TableMapping
from tables.headings import column_named, heading_form
from tables.table_faults import row_ranges

_LOOKS_LIKE_A_COLUMN = re.compile(r"[a-z_][a-z0-9_ ]{0,30}")
NAMES_SHOWN_MAX = 20


def column_names(cells: Sequence[str]) -> list[str]:
    """Return the names in a header as they are compared: trimmed, in small letters."""
    return [cell.strip().strip("\ufeff").lower() for cell in cells]


@dataclass(frozen=True, slots=True)
class HeaderNaming:
    """Names the columns of one table by the headings of its file.

    In this order: by the mapping file, the column's own name, the words that departments
    use (`tables.headings`) for columns that the header does not name otherwise.

    columns, required: of the table, all and those without which a row is no header of it;
    known_columns: of any table; they alone may stand in a message, other headings may be a
    person's.
    """

    columns: tuple[str, ...] = ()
    mapping: TableMapping = field(default_factory=TableMapping)
    required: tuple[str, ...] = ()
    known_columns: frozenset[str] = frozenset()

    def __call__(self, cells: Sequence[str]) -> list[str]:
        """Return the column of each heading, and headings of no column as they are."""
        mapped = [self.mapping.columns.get(heading_form(cell)) for cell in cells]
        names = [
            own if by_mapping is None else by_mapping
            for by_mapping, own in zip(mapped, column_names(cells), strict=True)
        ]
        present = {*names, *self.mapping.fixed}
        for place, cell in enumerate(cells):
            column = column_named(cell, self.columns)
            if mapped[place] is None and column is not None and column not in present:
                names[place] = column
        return names

    def is_header(self, cells: Sequence[str]) -> bool:
        """Return whether a row names every required column that the mapping file does not fix."""
        return set(self.required) - set(self.mapping.fixed) <= set(self(cells))

    def known(self, cells: Sequence[str]) -> int:
        """Return how many cells of a row name a column of the table, or of any table."""
        columns = {*self.columns, *self.required, *self.known_columns}
        return sum(name in columns for name in self(cells))

    def required_places(self, headings: Sequence[str]) -> tuple[int, ...]:
        """Return the places of the required columns that the file itself has, in their order."""
        names = self(headings)
        return tuple(names.index(column) for column in self.required if column in names)

    @property
    def holds_names(self) -> bool:
        """Whether a cell may be a name: of a person, or of a place as in `stops`."""
        return True

    @property
    def may_hold_notes(self) -> bool:
        """Whether titles and footnotes are told apart: only in tables whose columns are known."""
        return bool(self.columns)

    @property
    def encoding(self) -> str:
        """The encoding that somebody chose for the file, "" for none."""
        return self.mapping.encoding

    def remarks(self, cells: Sequence[str]) -> list[str]:
        """Remark on headings that were read as columns of other names. Raises MappingRefused.

        Headings of the mapping file and of the known words are no person's and may be named.
        """
        forms = {heading_form(cell) for cell in cells}
        if missing := [form for form in self.mapping.columns if form not in forms]:
            message = f"the mapping file names headings that are not there: {', '.join(missing)}"
            raise MappingRefused(message)
        if twice := sorted(set(self(cells)) & set(self.mapping.fixed)):
            message = f"the mapping file fixes columns that are there: {', '.join(twice)}"
            raise MappingRefused(message)
        own = column_names(cells)
        renamed = [
            f"{cell.strip()} as {name}"
            for cell, name, own_name in zip(cells, self(cells), own, strict=True)
            if name and name != own_name
        ]
        return [f"headings read by their meaning: {', '.join(renamed)}"] if renamed else []


def repeated_columns(header: Sequence[str], known_columns: Collection[str] = ()) -> str:
    """Return which columns carry the same name, "" where none do.

    Named by place; by name too where it is one of the known columns.
    """
    places: dict[str, list[str]] = {}
    for place, name in enumerate(header, 1):
        if name:
            places.setdefault(name, []).append(str(place))
    return "; ".join(
        f"columns {' and '.join(at)}" + (f" ({name})" if name in known_columns else "")
        for name, at in places.items()
        if len(at) > 1
    )


def unknown_columns(header: Sequence[str], columns: Sequence[str]) -> str:
    """Return the columns that are not known, "" where all are.

    Named where they look like names of columns, by place otherwise. Only for what is a header
    beyond doubt; see unknown_places.
    """
    unknown = [name for name in header if name and name not in columns]
    names = [name for name in unknown if _LOOKS_LIKE_A_COLUMN.fullmatch(name)][:NAMES_SHOWN_MAX]
    others = unknown_places(header, {*columns, *names})
    return ", ".join([*names, others] if others else names)


def unknown_places(header: Sequence[str], columns: Collection[str]) -> str:
    """Return by place alone the columns that are not known: they may be a person's cells."""
    places = [at for at, name in enumerate(header, 1) if name and name not in columns]
    return f"column{'s' if len(places) > 1 else ''} {row_ranges(places)}" if places else ""
