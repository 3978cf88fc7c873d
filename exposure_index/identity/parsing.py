"""Identities from the fields of a form or of the API: the canonical form, or each fault."""

from dataclasses import dataclass

from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.document import (
    ANY_TYPE,
    ID_TYPES,
    UnusableDocument,
    is_plain_passport,
    number_fault,
    read_document,
)
from exposure_index.identity.name import (
    ScriptNames,
    UnusableName,
    plain_latin_name,
    read_names,
)
from exposure_index.identity.plain_residents import plain_resident

MAX_FIELD_CHARACTERS = 200
NAMES_MAX = 2
HAN_TYPES = frozenset({"resident"})
LATIN_TYPES = frozenset({"passport", "foreign_pr"})
_NO_NAMES = ScriptNames()
_new = tuple.__new__  # half the time of a named tuple's own


@dataclass(frozen=True, slots=True)
class FieldFault:
    """Why a field cannot be used. character: the one that it may not hold, where that is why."""

    reason: str
    character: str | None = None


class InvalidIdentity(ValueError):
    """The fields are no identity: which field and why, never the value.

    field: id_type, id_number, name or name_latin; reason: missing, unknown_type, too_long, empty;
    of id_number also character, no_digit, too_short, looks_like_name, length, check_digit; of
    names also filler, looks_like_document, han_name_needed, latin_name_needed, too_many_names.
    character: the one that no document number holds, as itself or as U+0000; it is no part of the
    message.
    """

    def __init__(self, field: str, reason: str, character: str | None = None) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.character = character


def parse_identity(id_type: str, id_number: str, name: str, name_latin: str = "") -> IdentityClaim:
    """Parse the identity that a person typed in a form or sent to the API.

    Raises InvalidIdentity for the first wrong field, in the order of the arguments; a form
    that tells every error calls `field_faults`.
    """
    if id_type == "resident" and not name_latin:
        plain = plain_resident(id_number, name)
        if plain is not None:
            return _new(IdentityClaim, (id_number, (plain,)))
    elif id_type == "passport" and not name_latin and len(name) <= MAX_FIELD_CHARACTERS:
        plain = plain_latin_name(name)
        if plain is not None and is_plain_passport(id_number):
            return _new(IdentityClaim, (id_number, (plain,)))
    document = parse_document(id_type, id_number)
    return IdentityClaim(document, parse_names(id_type, name, name_latin))


def parse_document(id_type: str, id_number: str) -> str:
    """Parse a document number of a kind to its canonical form. Raises InvalidIdentity."""
    if id_type not in ID_TYPES:
        raise InvalidIdentity("id_type", "unknown_type" if id_type.strip() else "missing")
    if fault := _text_fault(id_number):
        raise InvalidIdentity("id_number", fault)
    try:
        document = read_document(id_number, id_type)
    except UnusableDocument as error:
        short = error.reason == "too_short" and id_type == "resident"  # 18 characters it has
        reason = "length" if short else error.reason
        raise InvalidIdentity("id_number", reason, error.character) from None
    if fault := number_fault(document, id_type):
        raise InvalidIdentity("id_number", fault)
    return document


def parse_names(id_type: str, name: str, name_latin: str = "") -> tuple[str, ...]:
    """Parse the one name or the two that a document bears; return them distinct, Han first.

    Either field may hold either script; a single one may hold both, as words apart. A resident
    number needs a Han name, a passport and a foreigner's permit a Latin one, other kinds either.
    Raises InvalidIdentity.
    """
    first = _read("name", name)
    second = _read("name_latin", name_latin) if name_latin else _NO_NAMES
    if fault := _name_fault(id_type, first, second):
        raise InvalidIdentity(*fault)
    return _distinct(first, second)


def field_faults(
    id_type: str, id_number: str, name: str, name_latin: str = ""
) -> dict[str, FieldFault]:
    """Return every field that cannot be used and why, in the order of a form.

    Where the kind of document is missing, its number is judged as one of any kind.
    """
    faults: dict[str, FieldFault] = {}
    for kind in (id_type, ANY_TYPE):
        try:
            parse_document(kind, id_number)
        except InvalidIdentity as error:
            faults[error.field] = FieldFault(error.reason, error.character)
        if "id_type" not in faults:
            break
    names: list[ScriptNames] = []
    for field, text in (("name", name), ("name_latin", name_latin)):
        try:
            names.append(_read(field, text))
        except InvalidIdentity as error:
            faults[field] = FieldFault(error.reason)
    if len(names) == NAMES_MAX and (fault := _name_fault(id_type, *names)):
        faults[fault[0]] = FieldFault(fault[1])
    return faults


def _read(field: str, text: str) -> ScriptNames:
    """Return the names in a field, none where it is blank. Raises InvalidIdentity."""
    fault = _text_fault(text)
    if fault == "missing":
        return _NO_NAMES
    if fault:
        raise InvalidIdentity(field, fault)
    try:
        return read_names(text)
    except UnusableName as error:
        raise InvalidIdentity(field, error.reason) from None


def _name_fault(id_type: str, first: ScriptNames, second: ScriptNames) -> tuple[str, str] | None:
    """Return the field at fault and why: the document needs another name, or has too many."""
    if first == second == _NO_NAMES:
        return "name", "missing"
    if id_type in HAN_TYPES and not (first.han or second.han):
        return "name", "han_name_needed"
    if id_type in LATIN_TYPES and not (first.latin or second.latin):
        return "name_latin", "latin_name_needed"
    if len(_distinct(first, second)) > NAMES_MAX:  # a third would be looked up by nobody
        return "name_latin", "too_many_names"
    return None


def _distinct(first: ScriptNames, second: ScriptNames) -> tuple[str, ...]:
    """Return every name once, Han first; of two of a kind that of its own field."""
    if second is _NO_NAMES:
        return tuple([name for name in first if name])
    likeliest = (first.han, second.latin, second.han, first.latin, first.other, second.other)
    names = dict.fromkeys(name for name in likeliest if name)
    return tuple(sorted(names, key=(first.han, second.han, *likeliest).index))


def _text_fault(text: str) -> str | None:
    if len(text) > MAX_FIELD_CHARACTERS:
        return "too_long"
    return "missing" if not text or text.isspace() else None
