"""Whom a row of a staff list asks about: every identity that its cells may mean, or why none.

Threat: a row that is half understood is looked up under something else, and somebody who is listed
is told "not found".
Limit: a cell is read whole or not at all. Where it may mean several things all of them are looked
up, and where one of those cannot be, nothing is. Where it is in doubt what it means, guesses are
looked up, and whoever is not found under them is not known to be not listed.
"""

from contextlib import suppress
from typing import NamedTuple
from unicodedata import normalize

from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.document import resident_number_fault
from exposure_index.identity.name_brackets import former_names, outside_brackets
from exposure_index.identity.parsing import (
    MAX_FIELD_CHARACTERS,
    InvalidIdentity,
    parse_document,
    parse_names,
)
from tables.people_csv import PersonRow
from tables.staff_lists.document_kinds import staff_kind
from tables.staff_lists.list_numbers import (
    documents_of,
    doubt_form,
    kinds_of,
    refuse_length,
    spellings_of,
)
from tables.staff_names.doubts import DoubtfulIdentity
from tables.staff_names.former_names import (
    names_in_former,
    refuse_unclear_former_names,
)
from tables.staff_names.han_pieces import names_of_pieces
from tables.staff_names.names import (
    further_names,
    is_plain_han,
    name_in_brackets,
    refuse_partial_names,
    shorter_names,
)

_RESIDENT_OR_NONE = frozenset(("resident", ""))


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
    documents = documents_of(person, kind)
    name_latin = person.name_latin or name_in_brackets(person.name)
    claims: dict[IdentityClaim, None] = {}
    for number, kind_given in documents:
        for each in kinds_of(number, kind_given, several=len(documents) > 1):
            document = parse_document(each, number)
            refuse_length(document, each)
            if not in_doubt:
                doubt_form(document, each, untyped=not kind_given)
                refuse_partial_names(each, person.name, name_latin)
                refuse_unclear_former_names(person.former_name)
            whole = _names(each, person.name, name_latin, untyped=not kind_given)
            shorter = shorter_names(each, person.name, name_latin, in_doubt=in_doubt)
            names = _further_names(person, name_latin, tuple(dict.fromkeys((*whole, *shorter))))
            spellings = spellings_of(document, number, each, untyped=not kind_given)
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


def _names(kind: str, name: str, name_latin: str, *, untyped: bool) -> tuple[str, ...]:
    try:
        return parse_names(kind, name, name_latin)
    except InvalidIdentity as error:
        if untyped and error.reason == "latin_name_needed":
            raise InvalidIdentity("id_type", "missing") from None
        raise


_REASONS = {
    ("id_type", "missing"): "document_type_missing",
    ("id_type", "unknown_type"): "document_type_unclear",
    ("id_number", "missing"): "document_missing",
    ("id_number", "empty"): "document_missing",
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
