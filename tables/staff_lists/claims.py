"""Whom a row of a staff list asks about: every identity that its cells may mean, or why none.

Threat: a row that is half understood is looked up under something else, and somebody who is listed
is told "not found".
Limit: a cell is read whole or not at all. Where it may mean several things all of them are looked
up, and where one of those cannot be, nothing is. Where it is in doubt what it means, guesses are
looked up, and whoever is not found under them is not known to be not listed.
"""

import re
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.document import canonical_document, resident_number_fault
from exposure_index.identity.name_brackets import former_names, outside_brackets
from exposure_index.identity.parsing import (
    MAX_FIELD_CHARACTERS,
    InvalidIdentity,
    parse_document,
    parse_names,
)
from tables.document_numbers import document_numbers
from tables.people_csv import PersonRow
from tables.staff_lists.document_kinds import staff_kind
from tables.staff_names.han_pieces import names_of_pieces
from tables.staff_names.names import (
    DoubtfulIdentity,
    further_names,
    is_plain_han,
    name_in_brackets,
    names_in_former,
    refuse_partial_names,
    refuse_unclear_former_names,
    shorter_names,
)

_ID_NUMBER = "id_number"
_RESIDENT_OR_NONE = frozenset(("resident", ""))
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


class RowClaims(NamedTuple):
    """Whom a row asks about; doubt: a code of REASONS where these are guesses, else "".

    Whoever is not found under a guess is not known to be not listed.
    """

    claims: tuple[IdentityClaim, ...]
    doubt: str


def row_claims(person: PersonRow) -> RowClaims:
    """Return whom a row asks about, guesses included. Raises InvalidIdentity where it is nobody."""
    try:
        return RowClaims(claims_of(person), "")
    except DoubtfulIdentity as error:
        return RowClaims(claims_of(person, in_doubt=True), reason_of(error))


def claims_of(person: PersonRow, *, in_doubt: bool = False) -> tuple[IdentityClaim, ...]:
    """Return everything that a row asks about, distinct, the likeliest first.

    in_doubt: guesses too, where a name may be a part of one or more than one, or where a number is
    none of its kind; DoubtfulIdentity otherwise.

    Several where the kind of document is missing and matters, where a cell holds two numbers, and
    where it gives a further name; under more names than two where words beside a name may be
    none. Raises InvalidIdentity; `reason_of` says why in a code.
    """
    _refuse_long_cells(person)
    kind = staff_kind(person.id_type)
    is_plain = not (person.name_latin or person.passport_number or person.former_name)
    if kind in _RESIDENT_OR_NONE and is_plain and (claim := _usual_claim(person)):
        return (claim,)
    documents = _documents(person, kind)
    name_latin = person.name_latin or name_in_brackets(person.name)
    claims: dict[IdentityClaim, None] = {}
    for number, kind_given in documents:
        for each in _kinds(number, kind_given, several=len(documents) > 1):
            document = parse_document(each, number)
            _refuse_length(document, each)
            if not in_doubt:
                _doubt_form(document, each, untyped=not kind_given)
                refuse_partial_names(each, person.name, name_latin)
                refuse_unclear_former_names(person.former_name)
            whole = _names(each, person.name, name_latin, untyped=not kind_given)
            shorter = shorter_names(each, person.name, name_latin, in_doubt=in_doubt)
            names = _further_names(person, name_latin, tuple(dict.fromkeys((*whole, *shorter))))
            spellings = _spellings(document, number, each, untyped=not kind_given)
            for one in spellings:
                claims.update(dict.fromkeys(IdentityClaim(one, alike) for alike in names))
    return tuple(claims)


def _refuse_long_cells(person: PersonRow) -> None:
    """Refuse cells longer than any name or kind, as they are compared: one sign may be eighteen.

    Raises InvalidIdentity.
    """
    for text in (person.name, person.name_latin, person.former_name, person.id_type):
        length = len(text) if text.isascii() else len(normalize("NFKC", text))
        if length > MAX_FIELD_CHARACTERS:
            raise InvalidIdentity("name", "too_long")


def _further_names(
    person: PersonRow, name_latin: str, names: tuple[str, ...]
) -> list[tuple[str, ...]]:
    """Return the canonical names of a row and, each beside them, those that it gives further."""
    found = [names]
    texts = [(name, name_latin) for name in further_names(person.name)]
    now = outside_brackets(normalize("NFKC", person.name))
    for former in (person.former_name, *former_names(person.name)):
        texts += [(name, "") for name in names_in_former(former, name_latin or now)]
    for each in texts:
        with suppress(InvalidIdentity):  # what stands in the brackets is no name
            further = parse_names("other", *each)
            if not set(further) <= set(names):
                found.append(further)
    return found


def _spellings(document: str, number: str, kind: str, *, untyped: bool) -> tuple[str, ...]:
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


def _usual_claim(person: PersonRow) -> IdentityClaim | None:
    """Return the claim of a plain resident number and a plain name in Han, None for all else.

    It is what the longer path of claims_of would return, sooner; most rows of most lists are so.
    """
    number, name = person.id_number.upper(), person.name
    if len(number) != 18 or not number.isascii() or resident_number_fault(number) is not None:
        return None
    if not is_plain_han(name):
        return None
    (canonical,) = parse_names("resident", name)
    return IdentityClaim(number, names_of_pieces(canonical))


def reason_of(error: InvalidIdentity) -> str:
    """Return the code of REASONS for what is wrong with a row."""
    return _REASONS.get((error.field, error.reason)) or _REASONS[error.reason]


def _documents(person: PersonRow, kind: str) -> list[tuple[str, str]]:
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


def _kinds(number: str, kind: str, *, several: bool) -> tuple[str, ...]:
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


def _names(kind: str, name: str, name_latin: str, *, untyped: bool) -> tuple[str, ...]:
    try:
        return parse_names(kind, name, name_latin)
    except InvalidIdentity as error:
        if untyped and error.reason == "latin_name_needed":
            raise InvalidIdentity("id_type", "missing") from None
        raise


def _refuse_length(document: str, kind: str) -> None:
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


def _doubt_form(document: str, kind: str, *, untyped: bool) -> None:
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


def as_digits(document: str) -> str:
    """Return a number with digits in the place of O and I beside digits: EO1234567 is E01234567.

    Some countries have such letters in their numbers, so that both are looked up.
    """
    return _LIKE_DIGITS.sub(lambda found: found[0].translate(_DIGIT_OF), document)


def _resident_with_zeros(number: str) -> tuple[str, ...]:
    """Return the resident number that 15 characters are where it has lost the zeros before them.

    No region begins with zeros; whoever tries a service out with nobody's numbers has such.
    """
    filled = number.zfill(_RESIDENT_LENGTH)
    is_lost = len(number) == _LENGTH_MAX and resident_number_fault(filled) is None
    return (filled,) if is_lost else ()


_REASONS = {
    ("id_type", "missing"): "document_type_missing",
    ("id_type", "unknown_type"): "document_type_unclear",
    (_ID_NUMBER, "missing"): "document_missing",
    (_ID_NUMBER, "empty"): "document_missing",
    ("name", "missing"): "name_missing",
    "missing": "name_missing",
    "empty": "name_missing",
    "filler": "name_filler",
    "looks_like_document": "name_unclear",
    "partial": "name_partial",
    "unclear": "name_unclear",
    "han_name_needed": "han_name_needed",
    "latin_name_needed": "latin_name_needed",
    "too_many_names": "too_many_names",
    "digits_lost": "digits_lost",
    "masked": "masked",
    "not_understood": "document_unclear",
    "looks_like_name": "document_unclear",
    "no_digit": "document_unclear",
    "character": "character",
    "too_short": "too_short",
    "too_long": "too_long",
    "length": "length",
    "check_digit": "check_digit",
}
