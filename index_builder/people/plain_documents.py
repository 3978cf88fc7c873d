"""Plain documents: numbers made comparable inside the engine, where Python would be too slow.

Exact for what passenger lists hold in practice (ASCII and full-width characters, letters and signs
that look like those); the canonical form of exposure_index.identity.document is applied later, to
the few rows that are found.
"""

from string import ascii_lowercase, ascii_uppercase
from typing import Any

import ibis

from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from exposure_index.identity.tables import LOOKALIKES
from tables.document_cells import kind_words

_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))
_FULL_WIDTH = "".join(chr(ord(letter) + 0xFEE0) for letter in _ASCII)
# An engine's own upper() may make two letters of one, or of a letter outside ASCII one inside.
_OTHERS = {**dict(zip(ascii_lowercase, ascii_uppercase, strict=True)), "ı": "I", "ſ": "S"} | {
    written: meant
    for capital, meant in LOOKALIKES.items()
    for written in (capital, capital.lower())
    if len(written) == 1 and written <= "\uffff" and written.upper() == capital
}
_LETTERS_AS_WRITTEN = _FULL_WIDTH + "".join(_OTHERS)
_LETTERS_MEANT = _ASCII.upper() + "".join(_OTHERS.values())
_RENEWED_CHARACTERS = (10, 11)
_PERMIT_CHARACTERS, _TW_PERMIT_DIGITS, _TW_PERMIT_WITH_RENEWALS = 9, 8, 10
_TW_WORDS = tuple(word.replace("_", "") for word in kind_words("tw_permit"))
_BIRTH_CENTURY_AT = slice(6, 8)


def plain_document(rows: Any) -> Any:  # noqa: ANN401 - ibis tables have no useful static type
    """Return the expression of the document numbers of rows as A–Z 0–9 in upper case.

    rows: with id_number and id_type. The digits that count the renewals of a permit are left out.
    """
    number, id_type = rows["id_number"], rows["id_type"]
    untidy = number.re_search("[^0-9A-Z]")
    tidy = number.translate(_LETTERS_AS_WRITTEN, _LETTERS_MEANT).re_replace("[^0-9A-Z]", "")
    # Engines compute both sides of an "and", but of an "if" only what is asked for: nearly every
    # number is tidy and of another length.
    maybe_permit = number.length().isin(_RENEWED_CHARACTERS)
    plain = ibis.ifelse(maybe_permit, _unrenewed(number, id_type), number)
    return ibis.ifelse(untidy, _unrenewed(tidy, id_type), plain).fill_null("")


def _unrenewed(number: Any, id_type: Any) -> Any:  # noqa: ANN401
    kind = id_type.upper().re_replace("[^A-Z\u4e00-\u9fff]", "")
    of_taiwan = ibis.ifelse(kind.isin(_TW_WORDS), _TW_PERMIT_DIGITS, MAX_FIELD_CHARACTERS)
    kept = ibis.ifelse(
        number.re_search("^[HM][0-9]{10}$"),
        _PERMIT_CHARACTERS,
        ibis.ifelse(number.re_search("^[0-9]{10}$"), of_taiwan, MAX_FIELD_CHARACTERS),
    )
    return number.substr(0, kept)


def plain_forms(document: str) -> tuple[str, ...]:
    """Return the ways in which a canonical document may stand in a passenger list.

    A resident number of 18 digits born in 19YY may be written in its old form of 15; ten digits
    may be a permit for Taiwan residents there, of which eight are kept.
    """
    if len(document) == _TW_PERMIT_WITH_RENEWALS and document.isdigit():
        return document, document[:_TW_PERMIT_DIGITS]
    old = len(document) == 18 and document[:17].isdigit() and document[_BIRTH_CENTURY_AT] == "19"
    return (document, document[:6] + document[8:17]) if old else (document,)
