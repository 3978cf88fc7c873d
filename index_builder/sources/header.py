"""What may be said of a header: a file without one has a person in its first line."""

import re
from collections.abc import Sequence

from index_builder.dictionary import TABLES

_KNOWN = frozenset(column for table in TABLES.values() for column in table.columns)
_LOOKS_LIKE_A_COLUMN = re.compile(r"[a-z_][a-z0-9_ ]{0,30}")
NAMES_SHOWN_MAX = 20


def column_names(cells: Sequence[str]) -> list[str]:
    """Return the names in a header as they are compared: trimmed, in small letters."""
    return [cell.strip().strip("\ufeff").lower() for cell in cells]


def repeated_columns(header: Sequence[str]) -> str:
    """Return which columns carry the same name, "" where none do.

    Told by place; by name too where the name is one of the data dictionary.
    """
    places: dict[str, list[str]] = {}
    for place, name in enumerate(header, 1):
        if name:
            places.setdefault(name, []).append(str(place))
    return "; ".join(
        f"columns {' and '.join(at)}" + (f" ({name})" if name in _KNOWN else "")
        for name, at in places.items()
        if len(at) > 1
    )


def unknown_columns(header: Sequence[str], known: Sequence[str]) -> str:
    """Return the columns that are not known, "" where all are.

    Named where they look like names of columns, counted otherwise.
    """
    unknown = [name for name in header if name and name not in known]
    shown = [name for name in unknown if _LOOKS_LIKE_A_COLUMN.fullmatch(name)][:NAMES_SHOWN_MAX]
    others = len(unknown) - len(shown)
    counted = [f"{others} other{'s' if others > 1 else ''}"] if others else []
    return ", ".join(shown + counted)
