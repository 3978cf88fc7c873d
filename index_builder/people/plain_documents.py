"""Plain documents: numbers made comparable inside the engine, where Python would be too slow.

Exact for what passenger lists hold in practice (ASCII and full-width characters); the canonical
form of exposure_index.identity.document is applied later, to the few rows that are found.
"""

from string import ascii_lowercase, ascii_uppercase
from typing import Any

import ibis

_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))
_FULL_WIDTH = "".join(chr(ord(letter) + 0xFEE0) for letter in _ASCII)
# An engine's own upper() may make two letters of one, or of a letter outside ASCII one inside.
_LETTERS_AS_WRITTEN = _FULL_WIDTH + ascii_lowercase + "ıſ"
_LETTERS_MEANT = _ASCII.upper() + ascii_uppercase + "IS"
_BIRTH_CENTURY_AT = slice(6, 8)


def plain_document(column: Any) -> Any:  # noqa: ANN401 - ibis columns have no useful static type
    """Return the expression of a document number as A–Z 0–9 in upper case."""
    untidy = column.re_search("[^0-9A-Z]")
    tidy = column.translate(_LETTERS_AS_WRITTEN, _LETTERS_MEANT).re_replace("[^0-9A-Z]", "")
    return ibis.ifelse(untidy, tidy, column).fill_null("")


def plain_forms(document: str) -> tuple[str, ...]:
    """Return the ways in which a canonical document may stand in a passenger list.

    A resident number of 18 digits born in 19YY may be written in its old form of 15.
    """
    old = len(document) == 18 and document[:17].isdigit() and document[_BIRTH_CENTURY_AT] == "19"
    return (document, document[:6] + document[8:17]) if old else (document,)
