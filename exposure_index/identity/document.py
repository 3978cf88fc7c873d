"""Canonical document numbers, however they are typed; and what is wrong with one."""

import re
from datetime import date
from unicodedata import category, normalize

from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.tables import LOOKALIKES

ID_TYPES: tuple[str, ...] = (
    "resident",
    "passport",
    "hk_mo_permit",
    "tw_permit",
    "foreign_pr",
    "other",
)
ANY_TYPE = "other"
DOCUMENT_MIN_CHARACTERS = 4
_LOOKALIKES = str.maketrans(dict(LOOKALIKES))
_DIGIT = re.compile("[0-9]")
_PLAIN = re.compile("[A-Z0-9]+")
_WORD = re.compile("[A-Z]{2,}")
_PLAIN_PASSPORT = re.compile("[A-Z]{1,2}[0-9]{5,8}")
_OLD_NUMBER = re.compile("[0-9]{15}")
_RESIDENT_NUMBER = re.compile("[0-9]{17}[0-9X]")
_RENEWED_HK_MO_PERMIT = re.compile("[HM][0-9]{10}")
_RENEWED_TW_PERMIT = re.compile("[0-9]{10}")
# between the characters of a number: what people put there, and what tables leave around it
_SEPARATING_CATEGORIES = frozenset(
    {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pc", "Ps", "Pe", "Pi", "Pf"}
)
_SEPARATORS = frozenset(
    "./\\,:;'\"`|~=<>"
    "\u00b4\u00b7\u02d7\u2022\u2027\u2032\u2033\u2044\u2212\u2215\u2219\u22c5\u3001\u3002\u30fb"
)
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_UNPRINTABLE_CATEGORIES = ("Cs", "Co", "Cn", "Mn", "Mc", "Me")


class UnusableDocument(ValueError):
    """A text is no document number.

    reason: empty, looks_like_name, character, no_digit or too_short; character: the first one
    that no document number has, for `character`, as itself or as U+0000 where it cannot be printed.
    """

    def __init__(self, reason: str, character: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.character = character


def canonical_document(text: str, id_type: str = ANY_TYPE) -> str:
    """Return the document number as A–Z 0–9, in its longest-lived form; "" where it is none."""
    try:
        return read_document(text, id_type)
    except UnusableDocument:
        return ""


def read_document(text: str, id_type: str = ANY_TYPE) -> str:
    """Return the document number as A–Z 0–9, in the form that stays when it is renewed.

    15-digit resident numbers become 18; permits lose the digits that count their renewals, those
    of tw_permit only under that id_type. Raises UnusableDocument.
    """
    plain = text.isascii() and text.isalnum()  # nearly always, and then nothing needs removing
    document = text.upper() if plain else letters_and_digits(text)
    if not _DIGIT.search(document):
        raise UnusableDocument("no_digit")
    length = len(document)
    if length < DOCUMENT_MIN_CHARACTERS:
        raise UnusableDocument("too_short")
    if length == 15 and _OLD_NUMBER.fullmatch(document):
        return _eighteen_digits(document)
    if length == 11 and _RENEWED_HK_MO_PERMIT.fullmatch(document):
        return document[:9]
    if length == 10 and id_type == "tw_permit" and _RENEWED_TW_PERMIT.fullmatch(document):
        return document[:8]
    return document


def is_plain_passport(text: str) -> bool:
    """Return whether a text is a passport's number as most are written, and canonical itself."""
    return _PLAIN_PASSPORT.fullmatch(text) is not None


def resident_number_fault(document: str) -> str | None:
    """Return "length" or "check_digit" for a wrong canonical resident number, else None.

    Judged by ISO 7064 MOD 11-2 alone, never by region: published region lists refuse real
    citizens.
    """
    if not _RESIDENT_NUMBER.fullmatch(document):
        return "length"
    return None if calc_check_digit(document) == document[-1] else "check_digit"


def number_fault(document: str, id_type: str) -> str | None:
    """Return "length" or "check_digit" where a canonical document cannot be one of its type.

    The check digit counts under every type: a resident number typed as another document would
    otherwise be looked up with its error.
    """
    if len(document) != 18 and id_type != "resident":  # most passports, and quickly
        return None
    fault = resident_number_fault(document)
    return None if fault == "length" and id_type != "resident" else fault


def fold_number(text: str) -> str:
    """Return a text in NFKC, upper case, with its look-alikes as A–Z 0–9; separators stay."""
    return normalize("NFKC", text).upper().translate(_LOOKALIKES)


def letters_and_digits(text: str) -> str:
    """Return what remains of a text without separators. Raises UnusableDocument."""
    folded = fold_number(text)
    document = "".join([c for c in folded if not _separates(c)])
    if not document:
        raise UnusableDocument("empty")
    if _PLAIN.fullmatch(document):
        if not _DIGIT.search(document) and len(_WORD.findall(folded)) > 1:
            raise UnusableDocument("looks_like_name")
        return document
    if not _DIGIT.search(document) and any(c > "Z" and category(c)[0] == "L" for c in document):
        raise UnusableDocument("looks_like_name")
    refused = next(c for c in document if not _PLAIN.fullmatch(c))
    raise UnusableDocument("character", _printed(refused))


def _separates(character: str) -> bool:
    if "A" <= character <= "Z" or "0" <= character <= "9":
        return False
    return (
        character in _SEPARATORS
        or category(character) in _SEPARATING_CATEGORIES
        or character in _VARIATION_SELECTORS
    )


def _printed(character: str) -> str:
    unprintable = category(character) in _UNPRINTABLE_CATEGORIES
    return f"U+{ord(character):04X}" if unprintable else character


def _eighteen_digits(document: str) -> str:
    """Return the 18-character form where the 7th to 12th digits are a real date of 19YY."""
    try:
        date(1900 + int(document[6:8]), int(document[8:10]), int(document[10:12]))
    except ValueError:
        return document
    longer = document[:6] + "19" + document[6:]
    return longer + calc_check_digit(longer + "0")
