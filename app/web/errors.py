"""Turn errors into responses: problem details under /api/ and /b/, pages elsewhere.

No response quotes what was sent. Each view raises; this one table answers.
"""

import math
import time
from http import HTTPStatus

import structlog
from flask import Flask, Response, current_app, render_template, request
from flask_babel import LazyString, lazy_gettext
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException

from app.api_response import ApiResponse
from app.indexes.private_builds import PrivateCheckUnavailable
from app.indexes.store import CannotAnswer
from app.limits.outcomes import LimitKind, LimitReached, ProofNeeded
from app.organisations.audience import ORGANISATION
from app.phones.verifier import PhoneNotVerified
from app.posters.qr_codes import ForgedQrCode
from app.proofs.issuer import HEADER
from app.records.database import RecordsUnavailable
from app.services import current_services
from app.web.error_types import (
    RETRY_CANNOT_ANSWER_SECONDS,
    BadInput,
    bug_problem,
    cannot_answer_problem,
    limit_problem,
    problem,
    proof_problem,
)
from app.web.same_origin import ForeignForm

MACHINE_PREFIXES = ("/api/", "/b/")  # problem details instead of pages
NOT_VERIFIED = "A telephone must be verified at /phone first; its cookie comes with the check."
RECORDS_UNAVAILABLE = "This part of the service is not available now. Nothing was stored."
LIMIT_MESSAGES: dict[LimitKind, LazyString] = {
    LimitKind.NETWORK: lazy_gettext(
        "Too many checks came from your network, which many people may share. The limit prevents"
        " others from guessing who is listed."
    ),
    LimitKind.DOCUMENT: lazy_gettext(
        "Too many names were tried for this document. The limit prevents others from guessing who"
        " is listed."
    ),
    LimitKind.TELEPHONE: lazy_gettext(
        "No more documents can be checked from your phone today. The limit prevents others from"
        " guessing who is listed."
    ),
    LimitKind.MESSAGES: lazy_gettext("No more codes can be sent to this mobile number today."),
    LimitKind.TRIP_ALERTS: lazy_gettext(
        "No more text alerts can be set for this mobile number today."
    ),
    LimitKind.CLERK: lazy_gettext(
        "You have reached the limit of people that one clerk can check in a day."
    ),
    LimitKind.REQUESTS: lazy_gettext(
        "Too many requests came from your network, which many people may share."
    ),
    LimitKind.EVERYWHERE: lazy_gettext("Too many people are using the service right now."),
    LimitKind.SIGN_IN: lazy_gettext("There were too many attempts to sign in."),
}
ERROR_PAGES = {
    HTTPStatus.NOT_FOUND: "not_here",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_here",
}


def register_error_handlers(app: Flask) -> None:
    """Answer every error that a view can raise."""
    app.register_error_handler(BadInput, _bad_input)
    app.register_error_handler(LimitReached, _limit_reached)
    app.register_error_handler(ProofNeeded, _proof_needed)
    app.register_error_handler(RateLimitExceeded, _page_limit_reached)
    app.register_error_handler(CannotAnswer, _cannot_answer)
    app.register_error_handler(PrivateCheckUnavailable, _cannot_answer)
    app.register_error_handler(RecordsUnavailable, _records_unavailable)
    app.register_error_handler(PhoneNotVerified, _not_verified)
    app.register_error_handler(ForeignForm, _foreign_form)
    app.register_error_handler(ForgedQrCode, _forged_code)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


def api_error(response: ApiResponse) -> Response:
    """Return problem details as Flask sends them."""
    return Response(response.body, response.status, response.headers)


def _of_api() -> bool:
    return request.path.startswith(MACHINE_PREFIXES)


def _of_organisation() -> bool:
    """Return whether an address is among the pages of organisations, where the service has them."""
    on = current_services().settings.organisations == "on"
    return on and f"{request.path}/".startswith(f"{ORGANISATION.path}/")


def _error_response(status: HTTPStatus, page: str, detail: str = "", **values: object) -> Response:
    if _of_api():
        return api_error(problem(status, detail))
    return Response(render_template(f"errors/{page}.html", **values), status)


def _bad_input(error: BadInput) -> Response:
    if _of_api():
        return api_error(problem(error.status, error.detail, error.faults))
    return _error_response(error.status, "bad_request")


def _limit_reached(error: LimitReached) -> Response:
    if _of_api():
        return api_error(limit_problem(error))
    response = _error_response(
        HTTPStatus.TOO_MANY_REQUESTS,
        "limited",
        words=LIMIT_MESSAGES[error.kind],
        retry_minutes=math.ceil(error.retry_after / 60),
    )
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _proof_needed(error: ProofNeeded) -> Response:
    """Offer a proof to a client of the API; a form that can be sent again offers it itself."""
    if not _of_api():
        return _limit_reached(error)
    services = current_services()
    network = services.network_of(request)
    text = request.headers.get(HEADER, "")
    return api_error(proof_problem(error, services.proof_issuer.offer(error, network, text)))


def _page_limit_reached(_error: RateLimitExceeded) -> Response:
    resets = [
        limiter.current_limit.reset_at
        for limiter in current_app.extensions["limiter"]
        if limiter.current_limit
    ]
    retry_after = max(resets, default=0.0) - time.time()
    return _limit_reached(LimitReached(retry_after, LimitKind.REQUESTS))


def _cannot_answer(_error: CannotAnswer | PrivateCheckUnavailable) -> Response:
    if _of_api():
        return api_error(cannot_answer_problem())
    response = _error_response(HTTPStatus.SERVICE_UNAVAILABLE, "cannot_answer")
    response.headers["Retry-After"] = str(RETRY_CANNOT_ANSWER_SECONDS)
    return response


def _records_unavailable(_error: RecordsUnavailable) -> Response:
    response = _error_response(
        HTTPStatus.SERVICE_UNAVAILABLE, "records_unavailable", RECORDS_UNAVAILABLE
    )
    response.headers["Retry-After"] = str(RETRY_CANNOT_ANSWER_SECONDS)
    return response


def _not_verified(_error: PhoneNotVerified) -> Response:
    """Tell a client of the API; a form leads to the verification instead."""
    return api_error(problem(HTTPStatus.FORBIDDEN, NOT_VERIFIED))


def _foreign_form(_error: ForeignForm) -> Response:
    return _error_response(HTTPStatus.FORBIDDEN, "foreign_form")


def _forged_code(_error: ForgedQrCode) -> Response:
    return _error_response(HTTPStatus.NOT_FOUND, "forged_code")


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if error.response is not None:
        return Response(status=status, headers=dict(error.response.headers))
    if 300 <= status < 400:  # of the router alone: to an address that begins with the Host header
        status = HTTPStatus.NOT_FOUND
    response = _error_response(
        status,
        ERROR_PAGES.get(status, "bad_request" if status < 500 else "bug"),
        of_organisation=_of_organisation(),
    )
    if status in ERROR_PAGES and _of_api():
        response.headers["Link"] = '</api/openapi.json>; rel="service-desc"'  # RFC 8631
    allow = dict(error.get_headers()).get("Allow")
    if allow:
        response.headers["Allow"] = allow
    return response


def _bug(error: Exception) -> Response:
    if _of_api():
        return api_error(bug_problem(error))
    structlog.get_logger().error("request_failed", exc_info=error)
    return _error_response(HTTPStatus.INTERNAL_SERVER_ERROR, "bug")
