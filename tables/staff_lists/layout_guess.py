"""Guesses the layout of a list whose headings say nothing: a suggestion for somebody to confirm."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from exposure_index.identity.document import resident_number_fault
from exposure_index.identity.name import HAN
from tables.dialect import DELIMITERS, Dialect, loose_cells
from tables.document_cells import known_kind
from tables.document_numbers import document_numbers
from tables.staff_lists.list_header import named_columns
from tables.staff_lists.list_words import ColumnGuess, column_letters
from tables.staff_lists.name_parts import name_parts

SAMPLES_MAX = 5
SAMPLED_ROWS = 100
"""Rows whose cells are looked at, and of them those that somebody sees."""
_SURE_SHARE = 0.5
_DATA = re.compile("[0-9]{5}")  # in a cell of a heading there may be a year
_LIKE_PASSPORT = re.compile(r"\s*[A-Z]{1,2}[0-9]{6,9}\s*")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z'.-]*(?:[ ,/]+[A-Za-z][A-Za-z'.-]*){1,5}")


def guess_dialect(texts: Sequence[str], header_row: int | None) -> Dialect:
    """Return how a list is cut whose header is not known, by its first lines.

    header_row: that somebody chose, 0 for none; None where it has to be guessed too.
    """
    filled = [at for at, text in enumerate(texts) if text.strip()]
    delimiter = max(DELIMITERS, key=lambda sign: _fitness(texts, filled, sign, header_row))
    widths = {at: len(loose_cells(texts[at], delimiter)) for at in filled}
    width = _usual(list(widths.values()))
    if header_row is None:
        header_row = _guess_header(
            [(at + 1, loose_cells(texts[at], delimiter)) for at in filled], width
        )
    if not 0 < header_row <= len(texts):
        letters = [column_letters(place) for place in range(width)]
        return Dialect(delimiter, letters, 0, 0, ())
    headings = [
        cell.removeprefix("\ufeff") for cell in loose_cells(texts[header_row - 1], delimiter)
    ]
    above = tuple(
        (at + 1, loose_cells(texts[at], delimiter)) for at in filled if at + 1 < header_row
    )
    return Dialect(delimiter, headings, header_row, header_row, above)


def is_person(cells: Sequence[str]) -> bool:
    """Whether among cells are a name and the number of a resident, or one like a passport's."""
    numbers = any(_is_resident(cell) or _LIKE_PASSPORT.fullmatch(cell) for cell in cells)
    return numbers and any(_is_name(cell) or _is_latin_name(cell) for cell in cells)


def guess_header_row(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Return the row of the headings among the first rows of a sheet, 0 where there are none."""
    filled = [(row, [cell for cell in cells if cell.strip()]) for row, cells in rows]
    width = max((len(cells) for _, cells in filled), default=0)
    for row, cells in filled:
        if len(cells) > max(1, width // 2):
            return 0 if any(map(_DATA.search, cells)) else row
    return 0


def guess_columns(
    header_row: int, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> ColumnGuess:
    """Return what the columns look like, by their headings and by the cells below."""
    named = named_columns(headings) if header_row else {}
    parts = name_parts(headings, named) if header_row else frozenset()
    columns = {
        column: places[0]
        for column, places in named.items()
        if len(places) == 1 and places[0] not in parts
    }
    for column, looks in _LOOKS:
        if column in columns:
            continue
        shares = [
            (_share([row[place] for row in rows if place < len(row)], looks), -place)
            for place in range(len(headings))
            if place not in parts and place not in columns.values()
        ]
        share, place = max(shares, default=(0.0, 0))
        if share > _SURE_SHARE:
            columns[column] = -place
    samples = tuple(tuple(row) for row in rows[:SAMPLES_MAX])
    return ColumnGuess(header_row, tuple(headings), samples, columns)


def _fitness(
    texts: Sequence[str], filled: Sequence[int], sign: str, header_row: int | None
) -> tuple[int, int, int]:
    named = 0
    if header_row and header_row <= len(texts):
        named = len(named_columns(loose_cells(texts[header_row - 1], sign)))
    widths = [len(loose_cells(texts[at], sign)) for at in filled]
    usual = _usual(widths)
    return named, widths.count(usual) if usual > 1 else 0, usual


def _usual(widths: Sequence[int]) -> int:
    """Return the most frequent width above one, of equals the larger."""
    counts = Counter(width for width in widths if width > 1)
    return max(counts, key=lambda width: (counts[width], width), default=1)


def _guess_header(rows: Sequence[tuple[int, Sequence[str]]], width: int) -> int:
    for row, cells in rows:
        if len(cells) == width:
            return 0 if any(map(_DATA.search, cells)) else row
    return 0


def _share(cells: Sequence[str], looks: Callable[[str], bool]) -> float:
    filled = [cell for cell in cells if cell.strip()]
    return sum(map(looks, filled)) / len(filled) if filled else 0.0


def _is_resident(cell: str) -> bool:
    numbers = document_numbers(cell).numbers
    return bool(numbers) and resident_number_fault(numbers[0]) is None


def _is_document(cell: str) -> bool:
    numbers = document_numbers(cell).numbers
    return bool(numbers) and len(numbers[0]) > 7


def _is_name(cell: str) -> bool:
    han = HAN.findall(cell)
    return (len(han) == 1 and han[0] == cell.strip() and 1 < len(han[0]) < 5) and (
        known_kind(cell) is None
    )


def _is_latin_name(cell: str) -> bool:
    return _LATIN_NAME.fullmatch(cell.strip()) is not None and known_kind(cell) is None


def _is_kind(cell: str) -> bool:
    return known_kind(cell) is not None


_LOOKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("id_number", _is_resident),
    ("id_number", _is_document),
    ("id_type", _is_kind),
    ("name", _is_name),
    ("name", _is_latin_name),
    ("name_latin", _is_latin_name),
)
