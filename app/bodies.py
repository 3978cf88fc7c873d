"""Bodies of requests: whole, and in UTF-8, or refused.

Threat: a body cut short, or in another charset, may still parse, as another name, and its sender
would be told "not found". Limit: the length announced, and no charset but UTF-8.
"""

from http import HTTPStatus

from flask import Request
from gunicorn.http.errors import ParseException

from app.problems import BadInput

UTF_8 = frozenset({"utf-8", "utf8"})


def whole_body(request: Request, mimetype: str, max_bytes: int) -> bytes:
    """Return the body. Raises BadInput for another type or charset, or a body cut short.

    A longer one raises werkzeug's RequestEntityTooLarge.
    """
    charset = request.mimetype_params.get("charset", "utf-8")
    if request.mimetype != mimetype or charset.lower() not in UTF_8:
        raise BadInput(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    request.max_content_length = max_bytes
    try:
        body = request.get_data(cache=False)
    except (OSError, ParseException):  # the client fell silent, or its chunks are none
        raise BadInput(HTTPStatus.BAD_REQUEST) from None
    if request.content_length is not None and len(body) < request.content_length:
        raise BadInput(HTTPStatus.BAD_REQUEST)
    return body
