"""Cells under a heading that joins several names: `车厢/座位等`, `航班/日期`.

Where the marks of the heading part the cell into as many values as there are names, each value goes
to its reader. Else every reader is given the whole cell, and says what it is or that it is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_PLACE = ("carriage", "seats")
CARRIAGES_MAX = 20
"""No train in service has more; a higher number beside a carriage is a seat."""
# 12F, or 12A、12B: a row with its letter is no carriage.
_SEATS_ALONE = re.compile(r"[0-9]{1,3}[A-Z]{1,10}(?:[\s,、;/]+[0-9]{1,3}[A-Z]{1,10})*")
# Numbers and marks that say neither carriage nor seat: 5-12F, 3 17.
_NEITHER = re.compile(r"[0-9A-Z]?[\W0-9_]*[0-9][A-Z]?")


def value_of(text: str, field: str, names: Sequence[tuple[str, ...]], marks: str) -> str:
    """Return what a cell holds for one field of its heading, "" where that cannot be known.

    names, marks: of the heading, as HeadingMeaning has them.
    """
    fields = [each for name in names for each in name]
    if sorted(fields) == sorted(_PLACE):
        return _place_values(text, fields.index("seats"), marks)[fields.index(field)]
    if len(names) == 1:
        return text
    at = next(place for place, name in enumerate(names) if field in name)
    values = _parts(text, len(names), marks)
    return values[at] if values else text


def _place_values(text: str, seat_at: int, marks: str) -> tuple[str, str]:
    """Return the values of carriage and seat, in the order of the heading.

    `12F` alone is a seat. `5/12F` is one of each, `3/17` as well two carriages: neither is read.
    """
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    if _SEATS_ALONE.fullmatch(plain):
        return ("", text) if seat_at else (text, "")
    values = _parts(plain, 2, marks)
    if values:
        bare = [value for value in values if re.fullmatch("[0-9]+", value)]
        if len(bare) == 2 and int(values[seat_at]) <= CARRIAGES_MAX:
            return "", ""
        return values[0], values[1]
    return ("", "") if _NEITHER.fullmatch(plain) else (text, text)


def _parts(text: str, count: int, marks: str) -> list[str] | None:
    """Return the values of a cell, None where no mark of the heading parts it into so many."""
    plain = unicodedata.normalize("NFKC", text)
    for mark in dict.fromkeys(marks):
        values = [value.strip() for value in plain.split(mark)]
        if len(values) == count:
            return values
    return None
