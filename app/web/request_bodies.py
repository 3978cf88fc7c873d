"""Read request bodies: whole, in UTF-8 and, of forms, from this site; or refuse them.

Threat: a body cut short, or in another charset, may still parse, as another name, and its sender
would be told "not found". Limit: the length announced, and no charset but UTF-8.
"""

from http import HTTPStatus
from urllib.parse import parse_qsl

from flask import Request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import RequestEntityTooLarge

from app.services import current_services
from app.web.error_types import BadInput
from app.web.same_origin import require_same_origin

FORM_TYPE = "application/x-www-form-urlencoded"
UTF_8 = frozenset({"utf-8", "utf8"})


def whole_body(request: Request, mimetype: str, max_bytes: int) -> bytes:
    """Return the body. Raises BadInput for another type or charset, or a body cut short.

    A longer one raises werkzeug's RequestEntityTooLarge.
    """
    require_body(request, mimetype, max_bytes)
    try:
        body = request.get_data(cache=False)
    except (OSError, ParseException):  # the client fell silent, or its chunks are none
        raise BadInput(HTTPStatus.BAD_REQUEST) from None
    if request.content_length is not None and len(body) < request.content_length:
        raise BadInput(HTTPStatus.BAD_REQUEST)
    return body


def require_body(request: Request, mimetype: str, max_bytes: int) -> None:
    """Judge a body by what the headers say of it, and bound what is read of it later.

    Raises BadInput for another type or charset, RequestEntityTooLarge for one that is too long.
    """
    if request.content_type != mimetype and not _is_in_utf_8(request, mimetype):
        raise BadInput(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    request.max_content_length = max_bytes
    if (request.content_length or 0) > max_bytes:
        raise RequestEntityTooLarge


def _is_in_utf_8(request: Request, mimetype: str) -> bool:
    charset = request.mimetype_params.get("charset", "utf-8")
    return request.mimetype == mimetype and charset.lower() in UTF_8


def same_origin_form(request: Request, max_bytes: int, fields_max: int) -> dict[str, str]:
    """Return the fields of a form of this site. Raises ForeignForm, or as form_fields does."""
    require_same_origin(request.headers, request.host, current_services().settings.base_url)
    return form_fields(request, max_bytes, fields_max)


def form_fields(request: Request, max_bytes: int, fields_max: int) -> dict[str, str]:
    """Return the fields of a form. Raises BadInput for another type, or fields given twice.

    Strictly UTF-8: a browser that sent GB18030 would else be answered for some other name.
    """
    raw = whole_body(request, FORM_TYPE, max_bytes)
    try:
        pairs = parse_qsl(
            raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=fields_max
        )
    except ValueError:  # bytes that are no UTF-8, or too many fields
        raise BadInput(HTTPStatus.BAD_REQUEST) from None
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise BadInput(HTTPStatus.BAD_REQUEST)
    return fields
