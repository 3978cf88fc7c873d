"""The request of one check as JSON: three texts and nothing else, read and judged."""

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from exposure_index.identity.canonical import Identity
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS, InvalidIdentity, parse_identity


class CheckRequest(BaseModel):
    """What a client sends: three texts and nothing else."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    id_type: str = Field(json_schema_extra={"enum": list(ID_TYPES)})
    id_number: str = Field(description=f"At most {MAX_FIELD_CHARACTERS} characters.")
    name: str = Field(description=f"At most {MAX_FIELD_CHARACTERS} characters.")


class CheckRequestInvalid(Exception):
    """A body that is no check; quotes nothing of it.

    faults: (field, reason), the field "" for the whole body; malformed: it is no JSON at all.
    """

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__(", ".join(reason for _, reason in faults))
        self.faults = tuple(faults)
        self.malformed = any(reason == MALFORMED for _, reason in faults)


FIELDS = frozenset(CheckRequest.model_fields)
MALFORMED = "malformed"
REASONS = {"missing": "missing", "string_type": "not_text", "extra_forbidden": "unknown_field"}
_FIELD_COUNT = json.JSONDecoder(object_pairs_hook=len)  # made once: that takes longer than its use
_QUOTES = 4 * len(FIELDS)  # around each field's name and its text


def parse_check_request(body: bytes) -> Identity:
    """Parse the identity of a request body, UTF-8. Raises CheckRequestInvalid."""
    try:
        check = CheckRequest.model_validate_json(body)
    except ValidationError as error:
        faults = [_fault(item["type"], item["loc"]) for item in error.errors(include_url=False)]
        raise CheckRequestInvalid(faults) from None
    if _may_repeat_a_field(body) and _FIELD_COUNT.decode(body.decode()) != len(FIELDS):
        raise CheckRequestInvalid([("", "duplicate_field")])
    try:
        claim = parse_identity(check.id_type, check.id_number, check.name)
    except InvalidIdentity as error:
        raise CheckRequestInvalid([(error.field, error.reason)]) from None
    return Identity(claim.document, claim.names[0])


def _may_repeat_a_field(body: bytes) -> bool:
    """Whether a valid body may hold a field twice: then a look is due.

    Without an escaped quotation mark each mark begins or ends a text, and as many as three names
    and three texts take leave none for a fourth name.
    """
    return b'\\"' in body or body.count(b'"') != _QUOTES


def _fault(kind: str, location: tuple[Any, ...]) -> tuple[str, str]:
    field = str(location[0]) if location and location[0] in FIELDS else ""
    if kind == "json_invalid":
        return "", MALFORMED
    return field, REASONS.get(kind, "not_an_object" if not field else "invalid")
