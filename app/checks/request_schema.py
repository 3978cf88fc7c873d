"""The request of one check as JSON: three texts or four and nothing else, read and judged."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import UNSET, MsgspecError, Struct, UnsetType
from msgspec.json import Decoder
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from exposure_index.identity.canonical import EncodedClaim
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS, InvalidIdentity, parse_identity


class CheckRequest(BaseModel):
    """What a client sends: three texts, or four, and nothing else."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    id_type: str = Field(json_schema_extra={"enum": list(ID_TYPES)})
    id_number: str = Field(description=f"At most {MAX_FIELD_CHARACTERS} characters.")
    name: str = Field(
        description=f"At most {MAX_FIELD_CHARACTERS} characters. Needs Chinese characters for a "
        "resident, unless name_latin holds them; may be empty where name_latin is not."
    )
    name_latin: str = Field(
        "",
        description=f"The name in Latin letters, at most {MAX_FIELD_CHARACTERS} characters. Needed "
        "for a passport and a foreign_pr, unless name holds it. Where a document bears both names, "
        "give both: whichever a passenger list received is found.",
    )


class RequestFault(NamedTuple):
    """Why a field cannot be used; character: the one that it may not hold, where that is why."""

    field: str
    reason: str
    character: str | None = None


class CheckRequestInvalid(Exception):
    """A body that is no check; quotes nothing of it.

    faults: the field "" for the whole body; malformed: it is no JSON at all.
    """

    def __init__(self, faults: Sequence[RequestFault]) -> None:
        super().__init__(", ".join(fault.reason for fault in faults))
        self.faults = tuple(faults)
        self.malformed = any(fault.reason == MALFORMED for fault in faults)


FIELDS = frozenset(CheckRequest.model_fields)
MALFORMED = "malformed"
REASONS = {"missing": "missing", "string_type": "not_text", "extra_forbidden": "unknown_field"}
_FIELD_COUNT = json.JSONDecoder(object_pairs_hook=len)  # made once: that takes longer than its use
_QUOTES_OF_A_FIELD = 4  # around its name and its text


class _Fields(Struct, forbid_unknown_fields=True, gc=False):
    """The same as CheckRequest, for bodies in perfect order."""

    id_type: str
    id_number: str
    name: str
    name_latin: str | UnsetType = UNSET


_decode_fields = Decoder(_Fields, strict=True).decode


def parse_check_request(body: bytes) -> EncodedClaim:
    """Parse whom a request body, UTF-8, asks about. Raises CheckRequestInvalid."""
    id_type, id_number, name, name_latin = _fields(body)
    try:
        return parse_identity(id_type, id_number, name, name_latin).encode()
    except InvalidIdentity as error:
        fault = RequestFault(error.field, error.reason, error.character)
        raise CheckRequestInvalid([fault]) from None


def _fields(body: bytes) -> tuple[str, str, str, str]:
    """Return the four texts of a body, name_latin "" where it is absent.

    The quicker decoder reads what is in perfect order; whatever it refuses, and whatever may hold
    a field twice, is judged by the schema. Tests hold both to one judgement.
    Raises CheckRequestInvalid.
    """
    try:
        check = _decode_fields(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return _judged_fields(body)
    if check.name_latin is UNSET:
        count, name_latin = 3, ""
    else:
        count, name_latin = 4, check.name_latin
    if _may_repeat_a_field(body, count):
        return _judged_fields(body)
    return check.id_type, check.id_number, check.name, name_latin


def _judged_fields(body: bytes) -> tuple[str, str, str, str]:
    """Return the four texts of a body as the schema reads it. Raises CheckRequestInvalid."""
    try:
        check = CheckRequest.model_validate_json(body)
    except ValidationError as error:
        faults = [_fault(item["type"], item["loc"]) for item in error.errors(include_url=False)]
        raise CheckRequestInvalid(faults) from None
    fields = len(check.model_fields_set)
    if _may_repeat_a_field(body, fields) and _FIELD_COUNT.decode(body.decode()) != fields:
        raise CheckRequestInvalid([RequestFault("", "duplicate_field")])
    return check.id_type, check.id_number, check.name, check.name_latin


def _may_repeat_a_field(body: bytes, fields: int) -> bool:
    """Whether a valid body of so many different fields may hold one twice: then a look is due.

    Without an escaped quotation mark each mark begins or ends a text, and as many as the names
    and texts of these fields take leave none for another name.
    """
    # find, not in: that asks first whether the mark is a number, and makes an error of it
    return body.find(b'\\"') >= 0 or body.count(b'"') != _QUOTES_OF_A_FIELD * fields


def _fault(kind: str, location: tuple[Any, ...]) -> RequestFault:
    field = str(location[0]) if location and location[0] in FIELDS else ""
    if kind == "json_invalid":
        return RequestFault("", MALFORMED)
    return RequestFault(field, REASONS.get(kind, "not_an_object" if not field else "invalid"))
