"""POST /api/v1/checks: what is not answered early (quick_checks), in full. No log line."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.checks.lookup import count_check, self_check
from app.checks.response_body import answer_body
from app.checks.response_schema import CheckAnswer
from app.openapi.operations import Operation, described
from app.proofs.issuer import HEADER
from app.query.phone.verification import count_documents, not_verified, phone_of
from app.services import current_services
from app.web.errors import BadInput, FieldFault
from app.web.request_bodies import whole_body
from exposure_index.identity.canonical import (
    ID_TYPES,
    MAX_FIELD_CHARACTERS,
    Identity,
    InvalidIdentity,
    identity_typed,
)

BODY_MAX_BYTES = 65_536  # a name of 10,000 Han characters still gets its reason
JSON_TYPE = "application/json"
PATH = "/api/v1/checks"

bp = Blueprint("checks_api", __name__)


class CheckRequest(BaseModel):
    """What a client sends: three texts and nothing else."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    id_type: str = Field(json_schema_extra={"enum": list(ID_TYPES)})
    id_number: str = Field(description=f"At most {MAX_FIELD_CHARACTERS} characters.")
    name: str = Field(description=f"At most {MAX_FIELD_CHARACTERS} characters.")


FIELDS = frozenset(CheckRequest.model_fields)
_FIELD_COUNT = json.JSONDecoder(object_pairs_hook=len)  # made once: that takes longer than its use
_QUOTES = 4 * len(FIELDS)  # around each field's name and its text


@bp.post(PATH)
@described(
    Operation(
        "Ask whether somebody is listed",
        body=CheckRequest,
        answer=CheckAnswer,
        refusals=(HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE),
        earned=True,
    )
)
def answer_check() -> Response:
    """Answer one self-check; keep nothing, log no identity."""
    services = current_services()
    network = services.network_of(request)
    shown = services.proof_issuer.earned(request.headers.get(HEADER, ""), network)
    count_check(services.check_limits, network, shown)
    phone = phone_of(services, request)
    if phone is None:
        return not_verified()
    identity = identity_of(whole_body(request, JSON_TYPE, BODY_MAX_BYTES))
    count_documents(services, phone, [identity])
    found = self_check(services.indexes, services.check_limits, network, identity, shown)
    return Response(answer_body(found), content_type=JSON_TYPE)


def identity_of(body: bytes) -> Identity:
    """Return the identity of a request body. Raises BadInput, which quotes nothing of it."""
    try:
        asked = CheckRequest.model_validate_json(body)
    except ValidationError as error:
        faults = [_fault(item["type"], item["loc"]) for item in error.errors(include_url=False)]
        malformed = any(fault.reason == "malformed" for fault in faults)
        status = HTTPStatus.BAD_REQUEST if malformed else HTTPStatus.UNPROCESSABLE_ENTITY
        raise BadInput(status, faults) from None
    if _may_repeat_a_field(body) and _FIELD_COUNT.decode(body.decode()) != len(FIELDS):
        raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY, [FieldFault("", "duplicate_field")])
    try:
        return identity_typed(asked.id_type, asked.id_number, asked.name)
    except InvalidIdentity as error:
        fault = FieldFault(error.field, error.reason)
        raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY, [fault]) from None


def _may_repeat_a_field(body: bytes) -> bool:
    """Whether a valid body may hold a field twice: then a look is due.

    Without an escaped quotation mark each mark begins or ends a text, and as many as three names
    and three texts take leave none for a fourth name.
    """
    return b'\\"' in body or body.count(b'"') != _QUOTES


REASONS = {"missing": "missing", "string_type": "not_text", "extra_forbidden": "unknown_field"}


def _fault(kind: str, place: tuple[Any, ...]) -> FieldFault:
    field = str(place[0]) if place and place[0] in FIELDS else ""
    if kind == "json_invalid":
        return FieldFault("", "malformed")
    return FieldFault(field, REASONS.get(kind, "not_an_object" if not field else "invalid"))
