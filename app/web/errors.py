"""Errors as responses: problem details (RFC 9457) under /api/ and /b/, pages elsewhere.

No response quotes what was sent. Each view raises; this one table answers.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from flask import Flask, Response, current_app, render_template, request
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException

from app.indexes.private_builds import PrivateCheckUnavailable
from app.indexes.store import CannotAnswer
from app.limits.outcomes import LimitKind, LimitReached, ProofNeeded
from app.posters.qr_codes import ForgedQrCode
from app.proofs.issuer import HEADER, Offer
from app.proofs.work import Challenge
from app.records.database import RecordsUnavailable
from app.services import current_services
from app.web.error_types import FieldProblem, Problem, ProofProblem
from app.web.limit_messages import LIMIT_MESSAGES
from app.web.same_origin import ForeignForm

MACHINE_PREFIXES = ("/api/", "/b/")  # problem details instead of pages
RETRY_CANNOT_ANSWER_SECONDS = 60
RECORDS_UNAVAILABLE = "This part of the service is not available now. Nothing was stored."
PROOF_NEEDED = (
    "Solve the challenge (altcha 2) and send the request again with the header "
    f"{HEADER}: Base64 of the JSON {{challenge, solution}}; or wait and send the ticket in it."
)
CANNOT_ANSWER = "The service cannot answer now. This does not tell whether anyone is listed."


@dataclass(frozen=True, slots=True)
class FieldFault:
    """field: a name of ours, or "" for the whole body; reason: a short word."""

    field: str
    reason: str


class BadInput(Exception):
    """What was sent is of the wrong shape or content; 400 or 422."""

    def __init__(self, status: HTTPStatus, faults: Sequence[FieldFault] = ()) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.faults = tuple(faults)


def problem(status: HTTPStatus, detail: str = "", faults: Sequence[FieldFault] = ()) -> Response:
    """Return an application/problem+json response."""
    errors = tuple(FieldProblem(field=fault.field, reason=fault.reason) for fault in faults)
    body = Problem(title=status.phrase, status=status, detail=detail or None, errors=errors or None)
    return _problem(body, status)


def _problem(body: Problem | ProofProblem, status: HTTPStatus) -> Response:
    return Response(body.model_dump_json(), status, content_type="application/problem+json")


def register_problems(app: Flask) -> None:
    """Answer every error that a view can raise."""
    app.register_error_handler(BadInput, _bad_input)
    app.register_error_handler(LimitReached, _limited)
    app.register_error_handler(ProofNeeded, _proof_needed)
    app.register_error_handler(RateLimitExceeded, _pages_limited)
    app.register_error_handler(CannotAnswer, _cannot_answer)
    app.register_error_handler(PrivateCheckUnavailable, _cannot_answer)
    app.register_error_handler(RecordsUnavailable, _records_unavailable)
    app.register_error_handler(ForeignForm, _foreign_form)
    app.register_error_handler(ForgedQrCode, _forged_code)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


def _reply(status: HTTPStatus, page: str, detail: str = "", **values: object) -> Response:
    if request.path.startswith(MACHINE_PREFIXES):
        return problem(status, detail)
    return Response(render_template(f"errors/{page}.html", **values), status)


def _bad_input(error: BadInput) -> Response:
    if request.path.startswith(MACHINE_PREFIXES):
        return problem(error.status, faults=error.faults)
    return _reply(error.status, "bad_request")


def limited_problem(error: LimitReached) -> Response:
    """Return the problem of a limit, with when to come back."""
    response = problem(HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def proof_problem(error: ProofNeeded, offer: Offer) -> Response:
    """Return the problem of a check that must be earned, with what earns it."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    body = ProofProblem(
        title=status.phrase,
        status=status,
        detail=PROOF_NEEDED,
        purpose=offer.purpose.value,
        challenge=Challenge.model_validate(offer.challenge),
        ticket=offer.ticket,
        wait_seconds=offer.wait_seconds,
    )
    response = _problem(body, status)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def cannot_answer_problem() -> Response:
    """Return the problem of having no answer."""
    response = problem(HTTPStatus.SERVICE_UNAVAILABLE, CANNOT_ANSWER)
    response.headers["Retry-After"] = str(RETRY_CANNOT_ANSWER_SECONDS)
    return response


def _limited(error: LimitReached) -> Response:
    if request.path.startswith(MACHINE_PREFIXES):
        return limited_problem(error)
    minutes = math.ceil(error.retry_after / 60)
    told = {"words": LIMIT_MESSAGES[error.kind], "retry_minutes": minutes}
    response = _reply(HTTPStatus.TOO_MANY_REQUESTS, "limited", **told)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _proof_needed(error: ProofNeeded) -> Response:
    """Offer a proof to a client of the API; a form that can be sent again offers it itself."""
    if not request.path.startswith(MACHINE_PREFIXES):
        return _limited(error)
    services = current_services()
    network = services.network_of(request)
    given = request.headers.get(HEADER, "")
    return proof_problem(error, services.proof_issuer.offer(error, network, given))


def _pages_limited(_error: RateLimitExceeded) -> Response:
    resets = [
        limiter.current_limit.reset_at
        for limiter in current_app.extensions["limiter"]
        if limiter.current_limit
    ]
    return _limited(LimitReached(max(resets, default=0.0) - time.time(), LimitKind.REQUESTS))


def _cannot_answer(_error: CannotAnswer | PrivateCheckUnavailable) -> Response:
    if request.path.startswith(MACHINE_PREFIXES):
        return cannot_answer_problem()
    response = _reply(HTTPStatus.SERVICE_UNAVAILABLE, "cannot_answer")
    response.headers["Retry-After"] = str(RETRY_CANNOT_ANSWER_SECONDS)
    return response


def _records_unavailable(_error: RecordsUnavailable) -> Response:
    response = _reply(HTTPStatus.SERVICE_UNAVAILABLE, "records_unavailable", RECORDS_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_CANNOT_ANSWER_SECONDS)
    return response


def _foreign_form(_error: ForeignForm) -> Response:
    return _reply(HTTPStatus.FORBIDDEN, "foreign_form")


def _forged_code(_error: ForgedQrCode) -> Response:
    return _reply(HTTPStatus.NOT_FOUND, "forged_code")


PAGES = {
    HTTPStatus.NOT_FOUND: "not_here",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_here",
}


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if error.response is not None:
        return Response(status=status, headers=dict(error.response.headers))
    if 300 <= status < 400:
        return Response(status=status, headers=dict(error.get_headers()))
    response = _reply(status, PAGES.get(status, "bad_request" if status < 500 else "bug"))
    if status in PAGES and request.path.startswith(MACHINE_PREFIXES):
        response.headers["Link"] = '</api/openapi.json>; rel="service-desc"'  # RFC 8631
    allowed = dict(error.get_headers()).get("Allow")
    if allowed:
        response.headers["Allow"] = allowed
    return response


def bug_problem(error: Exception) -> Response:
    """Log a bug, without any value, and return the problem that tells of it."""
    structlog.get_logger().error("request_failed", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR)


def _bug(error: Exception) -> Response:
    if request.path.startswith(MACHINE_PREFIXES):
        return bug_problem(error)
    structlog.get_logger().error("request_failed", exc_info=error)
    return _reply(HTTPStatus.INTERNAL_SERVER_ERROR, "bug")
