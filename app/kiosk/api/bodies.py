"""Reads and writes the JSON of kiosks' requests: one type a body, nothing of it quoted."""

from http import HTTPStatus
from typing import Any, TypeVar

from flask import Response
from pydantic import BaseModel, ValidationError

from app.kiosk.keys.encodings import NotBase64Url, from_base64url
from app.web.error_types import BadInput, FieldFault

JSON_TYPE = "application/json"
REASONS = {"missing": "missing", "string_type": "not_text", "extra_forbidden": "unknown_field"}

FAULTS_MAX = 10

Body = TypeVar("Body", bound=BaseModel)


def parse_body(model: type[Body], body: bytes) -> Body:
    """Return the body as its type. Raises BadInput, 400 where it is no JSON, else 422."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        raise BadInput(HTTPStatus.BAD_REQUEST, [FieldFault("", "malformed")])
    shorts = [
        FieldFault(_field(model, fault["loc"]), REASONS.get(fault["type"], "invalid"))
        for fault in faults[:FAULTS_MAX]
    ]
    raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY, shorts)


def bytes_of(field: str, text: str) -> bytes:
    """Return the bytes of a field in base64url. Raises BadInput."""
    try:
        return from_base64url(text)
    except NotBase64Url:
        raise invalid_field(field, "not_base64url") from None


def invalid_field(field: str, reason: str) -> BadInput:
    """Return the error of a field that cannot be used."""
    return BadInput(HTTPStatus.UNPROCESSABLE_ENTITY, [FieldFault(field, reason)])


def _field(model: type[BaseModel], location: tuple[Any, ...]) -> str:
    """Return the field of ours that a fault is in, "" for the whole body."""
    return str(location[0]) if location and location[0] in model.model_fields else ""


def json_response(
    body: BaseModel, status: HTTPStatus = HTTPStatus.OK, padded_bytes: int = 0
) -> Response:
    """Return a body of the API, with spaces up to so many bytes."""
    content = body.model_dump_json().encode().ljust(padded_bytes)
    return Response(content, status, content_type=JSON_TYPE)
