"""Identities from the fields of a form or of the API: the canonical form, or each fault."""

from collections.abc import Callable

from exposure_index.identity.canonical import Identity
from exposure_index.identity.document import (
    ANY_TYPE,
    ID_TYPES,
    canonical_document,
    resident_number_fault,
)
from exposure_index.identity.name import canonical_name

MAX_FIELD_CHARACTERS = 200


class InvalidIdentity(ValueError):
    """The fields are no identity: which field and why, never the value.

    field: id_type, id_number or name; reason: missing, unknown_type, too_long, empty, length
    or check_digit.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def parse_identity(id_type: str, id_number: str, name: str) -> Identity:
    """Parse the identity that a person typed in a form or sent to the API.

    Raises InvalidIdentity for the first wrong field, in the order of the arguments; a form
    that tells every error calls `parse_document` and `parse_name` apart.
    """
    return Identity(parse_document(id_type, id_number), parse_name(name))


def parse_document(id_type: str, id_number: str) -> str:
    """Parse a document number of a kind to its canonical form. Raises InvalidIdentity."""
    if id_type not in ID_TYPES:
        raise InvalidIdentity("id_type", "unknown_type" if id_type.strip() else "missing")
    document = canonical_document(_require_text("id_number", id_number))
    if not document:
        raise InvalidIdentity("id_number", "empty")
    if id_type == "resident" and (fault := resident_number_fault(document)):
        raise InvalidIdentity("id_number", fault)
    return document


def parse_name(name: str) -> str:
    """Parse a name to its canonical form. Raises InvalidIdentity."""
    canonical = canonical_name(_require_text("name", name))
    if not canonical:
        raise InvalidIdentity("name", "empty")
    return canonical


def field_faults(id_type: str, id_number: str, name: str) -> dict[str, str]:
    """Return every field that cannot be used and why, in the order of a form.

    Where the kind of document is missing, its number is judged as one of any kind.
    """
    faults: dict[str, str] = {}

    def judge(canonical: Callable[[], str]) -> None:
        try:
            canonical()
        except InvalidIdentity as error:
            faults[error.field] = error.reason

    judge(lambda: parse_document(id_type, id_number))
    if "id_type" in faults:
        judge(lambda: parse_document(ANY_TYPE, id_number))
    judge(lambda: parse_name(name))
    return faults


def _require_text(field: str, text: str) -> str:
    if len(text) > MAX_FIELD_CHARACTERS:
        raise InvalidIdentity(field, "too_long")
    if not text or text.isspace():
        raise InvalidIdentity(field, "missing")
    return text
