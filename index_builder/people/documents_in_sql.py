"""A document number made comparable inside the engine, where Python would be too slow.

Exact for what manifests hold in practice (ASCII and full-width characters); the canonical form of
exposure_index.identity is applied later, to the few rows that are found.
"""

from typing import Any

import ibis

_FULL_WIDTH = "".join(chr(code + 0xFEE0) for code in range(0x21, 0x7F))
_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))
_BIRTH_CENTURY_AT = slice(6, 8)


def plain_document(column: Any) -> Any:  # noqa: ANN401 - ibis columns have no useful static type
    """Return the expression of a document number as A–Z 0–9 in upper case."""
    untidy = column.re_search("[^0-9A-Z]")
    tidy = column.translate(_FULL_WIDTH, _ASCII).upper().re_replace("[^0-9A-Z]", "")
    return ibis.ifelse(untidy, tidy, column).fill_null("")


def plain_forms(document: str) -> tuple[str, ...]:
    """Return the ways in which a canonical document may stand in a manifest.

    A resident number of 18 digits born in 19YY may be written in its old form of 15.
    """
    old = len(document) == 18 and document[:17].isdigit() and document[_BIRTH_CENTURY_AT] == "19"
    return (document, document[:6] + document[8:17]) if old else (document,)
