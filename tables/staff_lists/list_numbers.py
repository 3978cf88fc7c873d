"""Numbers of documents in staff lists: of which kinds they may be, and in which spellings.

Threat: a number that a spreadsheet or a clerk has changed is looked up as if it were whole.
Limit: what no document has is refused, what none of its kind has is a doubt; the rest is looked up
in every spelling that it may have.
"""

import re
from contextlib import suppress
from datetime import date

from exposure_index.identity.document import canonical_document, resident_number_fault
from exposure_index.identity.parsing import InvalidIdentity, parse_document
from tables.document_numbers import document_numbers
from tables.people_csv import PersonRow
from tables.staff_names.doubts import DoubtfulIdentity

_ID_NUMBER = "id_number"
_ANY = frozenset(("other", ""))
_PASSPORT = "passport"
_BIRTH_DATE = re.compile("(?:19|20)[0-9]{6}")
_LENGTH_MAX = 15
_RESIDENT_LENGTH = 18
_DIGITS_MIN = 7
_TELEPHONE = re.compile("(?:86)?1[3-9][0-9]{9}")
_LEADING_ZEROS_TO = (8, 9)
"""Digits of permits and passports that begin with zeros, which a spreadsheet takes away."""
_PASSPORT_DIGITS_MAX = 9
"""ICAO 9303 has nine places for the number of a passport."""
_SPREADSHEET = re.compile(r"[0-9][.,]?[0-9]*[eE][-+]?[0-9]|[0-9]{13}0{3}|[0-9]\.0+(?![0-9])")
_LIKE_DIGITS = re.compile("[OIL]+(?=[0-9])|(?<=[0-9])[OIL]+")
_DIGIT_OF = str.maketrans("OIL", "011")
_TW_DIGITS = 8
_TW_FULL = re.compile("[0-9]{10}")
_TW_EDITION = re.compile("([0-9]{8})(?:[0-9]{2})?[A-Z]")
"""Of older booklets, which end in the edition: 0123456701(D)."""
_TW_FURTHER = re.compile("(?:TWN?|TPE|T)?([0-9]{8})(?:[0-9]{2})?[A-Z]?")
"""What may be a permit of Taiwan under another kind: TWN01234567, 0123456701, 01234567(D)."""
_HK_MO_FURTHER = re.compile("(?:HK|MO|HKG|MAC)([HM][0-9]{8})")
_HK_MO_SLIP = re.compile("[HM](?:[0-9]{7}|[0-9]{9})")
_PASSPORT_FURTHER = re.compile(
    "(?:PASSPORT|PASS|PP|NO|ID|CHN)?([A-Z]{1,2}[0-9]{7,8})(?:CHN)?"  # EB1234567CHN
)
_FORMS = {
    "hk_mo_permit": re.compile("[A-Z][0-9]{8}"),
    "tw_permit": re.compile("[0-9]{8}"),
    "foreign_pr": re.compile("[A-Z]{3}[0-9]{12}|[0-9]{17}[0-9X]"),
}
"""Canonical numbers as they are on documents of a kind; those of other kinds may be any."""
_HK_MO_FULL = re.compile("[HM][0-9]{10}")
_read_number = document_numbers.__wrapped__
"""Without its memory of cells: no number of a list comes again."""


def documents_of(person: PersonRow, kind: str) -> list[tuple[str, str]]:
    """Return the numbers of a row, and of each the kind that the list gives, "" for none.

    kind: of the number that may be of any. Raises InvalidIdentity.
    """
    passports = _numbers_or_none(person.passport_number)
    numbers = _numbers_or_none(person.id_number) if passports else _numbers(person.id_number)
    if kind in _ANY and any(map(_is_birth_date, numbers)):
        raise InvalidIdentity(_ID_NUMBER, "not_understood")
    if not numbers and kind not in ("", _PASSPORT):
        raise InvalidIdentity("id_type", "unknown_type")  # another than that of the only number
    return [(one, kind) for one in numbers] + [(one, _PASSPORT) for one in passports]


def kinds_of(number: str, kind: str, *, several: bool) -> tuple[str, ...]:
    """Return the kinds of document that a number may be of; parse_document judges them."""
    if kind and not several:
        return (kind,)
    document = canonical_document(number)
    is_resident = resident_number_fault(document) is None
    if kind and is_resident == (kind == "resident"):
        return (kind,)
    if is_resident:
        return ("resident",)
    if _HK_MO_FULL.fullmatch(number):
        return ("hk_mo_permit",)
    return ("passport", "tw_permit") if _TW_FULL.fullmatch(number) else ("passport",)


def refuse_length(document: str, kind: str) -> None:
    """Refuse what is longer or shorter than any number is: there is a slip in it.

    Raises InvalidIdentity.
    """
    if document.isdigit() and len(document) < (_TW_DIGITS if kind == "tw_permit" else _DIGITS_MIN):
        raise InvalidIdentity(_ID_NUMBER, "digits_lost")  # the zeros that it began with, or more
    is_long = document.isdigit() and len(document) > _PASSPORT_DIGITS_MAX
    if kind == _PASSPORT and is_long and document[0] != "0" and not _is_resident(document):
        raise InvalidIdentity(_ID_NUMBER, "length")  # with or without a zero that was before it
    if kind == "tw_permit" and document.isdigit() and len(document) > _TW_DIGITS:
        raise InvalidIdentity(_ID_NUMBER, "length")  # ten digits have become eight before
    if len(document) > _LENGTH_MAX and resident_number_fault(document) is not None:
        raise InvalidIdentity(_ID_NUMBER, "length")
    if _TELEPHONE.fullmatch(document):
        raise InvalidIdentity(_ID_NUMBER, "not_understood")


def doubt_form(document: str, kind: str, *, untyped: bool) -> None:
    """Raise DoubtfulIdentity where no document of a kind has such a number: M1234567 in Hong Kong.

    Threat: a digit that was left out, or a kind that was mistaken, is a number that nobody has.
    """
    form = _FORMS.get(kind)
    if untyped and _HK_MO_SLIP.fullmatch(document):
        raise DoubtfulIdentity(_ID_NUMBER, "length")
    if form is None or _is_resident(document):
        return
    without_edition = _TW_EDITION.fullmatch(document) if kind == "tw_permit" else None
    spellings = (document, as_digits(document))
    if without_edition is None and not any(map(form.fullmatch, spellings)):
        raise DoubtfulIdentity(_ID_NUMBER, "length")


def spellings_of(document: str, number: str, kind: str, *, untyped: bool) -> tuple[str, ...]:
    """Return every number that a document of a list may have, the likeliest first.

    number: as it stands in the list.
    """
    permits = () if kind == "resident" else (_TW_FURTHER, _HK_MO_FURTHER, _PASSPORT_FURTHER)
    found = (permit.fullmatch(document) for permit in permits)
    return (
        document,
        *_with_zeros(document, kind, untyped=untyped),
        *(permit[1] for permit in found if permit),
        *_resident_with_zeros(number),
        as_digits(document),
    )


def as_digits(document: str) -> str:
    """Return a number with digits in the place of O and I beside digits: EO1234567 is E01234567.

    Some countries have such letters in their numbers, so that both are looked up.
    """
    return _LIKE_DIGITS.sub(lambda found: found[0].translate(_DIGIT_OF), document)


def _numbers_or_none(text: str) -> tuple[str, ...]:
    """Return the numbers in a cell, none where it is blank. Raises InvalidIdentity."""
    try:
        return _numbers(text)
    except InvalidIdentity as error:
        if error.reason == "missing":
            return ()
        raise


def _numbers(text: str) -> tuple[str, ...]:
    if not text or text.isspace():
        raise InvalidIdentity(_ID_NUMBER, "missing")
    joined = "".join(text.split()).upper()
    if len(joined) == _RESIDENT_LENGTH and resident_number_fault(joined) is None:
        return (joined,)  # which a line break has cut in two
    found = _read_number(text)
    if found.numbers:
        return found.numbers
    if found.fault == "blank":
        raise InvalidIdentity(_ID_NUMBER, "missing")
    if found.fault == "destroyed":
        raise InvalidIdentity(_ID_NUMBER, "digits_lost" if _SPREADSHEET.search(text) else "masked")
    parse_document("other", text)  # which knows better what is wrong: a character, too short
    raise InvalidIdentity(_ID_NUMBER, "not_understood")


def _is_birth_date(number: str) -> bool:
    """Whether a number is a day of birth, which stands where a number of no kind should."""
    with suppress(ValueError):
        return bool(_BIRTH_DATE.fullmatch(number)) and bool(date.fromisoformat(number))
    return False


def _is_resident(document: str) -> bool:
    return resident_number_fault(document) is None


def _with_zeros(document: str, kind: str, *, untyped: bool) -> tuple[str, ...]:
    """Return a number of digits with the zeros that it may have lost.

    untyped: nine digits may be the ten of a permit of Taiwan, the last two of which count renewals.
    """
    if kind == "tw_permit" or not document.isdigit():
        return ()
    filled = [document.zfill(length) for length in _LEADING_ZEROS_TO if length > len(document)]
    if kind == "other" and not filled:
        filled = [f"0{document}"]
    if untyped and len(document) == _PASSPORT_DIGITS_MAX:
        filled.append(f"0{document}"[:_TW_DIGITS])
    return tuple(filled)


def _resident_with_zeros(number: str) -> tuple[str, ...]:
    """Return the resident number that 15 characters are where it has lost the zeros before them.

    No region begins with zeros; whoever tries a service out with nobody's numbers has such.
    """
    filled = number.zfill(_RESIDENT_LENGTH)
    is_lost = len(number) == _LENGTH_MAX and resident_number_fault(filled) is None
    return (filled,) if is_lost else ()
