"""Canonical document numbers, however they are typed; and what is wrong with a resident number."""

import re
from datetime import date
from unicodedata import normalize

from stdnum.cn.ric import calc_check_digit

ID_TYPES: tuple[str, ...] = (
    "resident",
    "passport",
    "hk_mo_permit",
    "tw_permit",
    "foreign_pr",
    "other",
)
ANY_TYPE = "other"
_NOT_DOCUMENT = re.compile("[^A-Z0-9]+")
_OLD_NUMBER = re.compile("[0-9]{15}")
_RESIDENT_NUMBER = re.compile("[0-9]{17}[0-9X]")


def canonical_document(text: str) -> str:
    """Return the document number as A–Z 0–9, 15-digit resident numbers as 18; "" if empty."""
    if text.isascii() and text.isalnum():  # nearly always, and then nothing needs removing
        document = text.upper()
    else:
        document = _NOT_DOCUMENT.sub("", normalize("NFKC", text).upper())
    if len(document) == 15 and _OLD_NUMBER.fullmatch(document):
        return _eighteen_digits(document)
    return document


def resident_number_fault(document: str) -> str | None:
    """Return "length" or "check_digit" for a wrong canonical resident number, else None.

    Judged by ISO 7064 MOD 11-2 alone, never by region: published region lists refuse real
    citizens.
    """
    if not _RESIDENT_NUMBER.fullmatch(document):
        return "length"
    return None if calc_check_digit(document) == document[-1] else "check_digit"


def _eighteen_digits(document: str) -> str:
    """Return the 18-character form where the 7th to 12th digits are a real date of 19YY."""
    try:
        date(1900 + int(document[6:8]), int(document[8:10]), int(document[10:12]))
    except ValueError:
        return document
    longer = document[:6] + "19" + document[6:]
    return longer + calc_check_digit(longer + "0")
