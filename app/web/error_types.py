"""Errors of the API as problem details (RFC 9457): their types, and whole responses made of them.

No framework is needed to make one, so that fast routes and views answer with the same bytes. No
response quotes what was sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal, cast

import structlog
from pydantic import BaseModel, ConfigDict, Field

from app.api_response import ApiResponse
from app.limits.outcomes import LimitReached, ProofNeeded
from app.proofs.issuer import HEADER, Offer
from app.proofs.work import Challenge

PROBLEM_TYPE = "application/problem+json"
RETRY_CANNOT_ANSWER_SECONDS = 60
CANNOT_ANSWER = "The service cannot answer now. This does not tell whether anyone is listed."
PROOF_NEEDED = (
    "Solve the challenge (altcha 2) and send the request again with the header "
    f"{HEADER}: Base64 of the JSON {{challenge, solution}}; or wait and send the ticket in it."
)


class _ErrorBody(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldProblem(_ErrorBody):
    """One field that cannot be used."""

    field: str = Field(description='Its name, or "" for the whole body.')
    reason: str = Field(
        description="A short word, never the value: missing, empty, too_long, not_text, "
        "unknown_type; of a number length, check_digit, character, no_digit, too_short, "
        "looks_like_name; of a name filler, looks_like_document, han_name_needed, "
        "latin_name_needed, too_many_names; of another request its own."
    )
    character: str | None = Field(
        None,
        description="With the reason `character`: the one that a document number cannot hold, as "
        "itself or, where it cannot be printed, as U+0000.",
        exclude_if=lambda value: value is None,
    )


class Problem(_ErrorBody):
    """Problem details (RFC 9457); members without a value are left out."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = Field(None, exclude_if=lambda value: value is None)
    code: str | None = Field(
        None,
        description="A short word for programs, where the status alone does not say why.",
        exclude_if=lambda value: value is None,
    )
    errors: tuple[FieldProblem, ...] | None = Field(None, exclude_if=lambda value: value is None)
    server_at: int | None = Field(
        None,
        description="The server's clock in milliseconds since 1970, where a kiosk's is wrong.",
        exclude_if=lambda value: value is None,
    )


class ProofProblem(_ErrorBody):
    """The check must be earned: by solving the challenge, or with the ticket after its time."""

    type: Literal["urn:contact-gauge:problem:proof-needed"] = (
        "urn:contact-gauge:problem:proof-needed"
    )
    title: str
    status: int
    detail: str
    purpose: Literal["network", "document"]
    challenge: Challenge
    ticket: str
    wait_seconds: int = Field(ge=0, description="Seconds until the ticket counts.")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """field: a name of ours, or "" for the whole body; reason: a short word.

    character: the one that the field may not hold, where that is why.
    """

    field: str
    reason: str
    character: str | None = None


class BadInput(Exception):
    """What was sent is of the wrong shape or content; 400 or 422. detail: the way out, if any."""

    def __init__(
        self, status: HTTPStatus, faults: Sequence[FieldFault] = (), detail: str = ""
    ) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.faults = tuple(faults)
        self.detail = detail


def problem(
    status: HTTPStatus,
    detail: str = "",
    faults: Sequence[FieldFault] = (),
    retry_seconds: int | None = None,
    code: str = "",
) -> ApiResponse:
    """Return problem details; retry_seconds: when to come back; code: why, for programs."""
    errors = tuple(
        FieldProblem(field=fault.field, reason=fault.reason, character=fault.character)
        for fault in faults
    )
    body = Problem(
        title=status.phrase,
        status=status,
        detail=detail or None,
        code=code or None,
        errors=errors or None,
        server_at=None,
    )
    return _response(body, status, retry_seconds)


def clock_problem(detail: str, server_at: int) -> ApiResponse:
    """Return the problem of a client whose clock is wrong; server_at: milliseconds since 1970."""
    status = HTTPStatus.UNAUTHORIZED
    body = Problem(
        title=status.phrase,
        status=status,
        detail=detail,
        code="clock",
        errors=None,
        server_at=server_at,
    )
    return _response(body, status, None)


def limit_problem(error: LimitReached) -> ApiResponse:
    """Return the problem of a limit, with when to come back."""
    return problem(HTTPStatus.TOO_MANY_REQUESTS, retry_seconds=error.retry_after)


def proof_problem(error: ProofNeeded, offer: Offer) -> ApiResponse:
    """Return the problem of a check that must be earned, with what earns it."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    body = ProofProblem(
        title=status.phrase,
        status=status,
        detail=PROOF_NEEDED,
        purpose=cast('Literal["network", "document"]', offer.purpose.value),  # of checks alone
        challenge=Challenge.model_validate(offer.challenge),
        ticket=offer.ticket,
        wait_seconds=offer.wait_seconds,
    )
    return _response(body, status, error.retry_after)


def cannot_answer_problem() -> ApiResponse:
    """Return the problem of an index that is missing, damaged or expired."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return problem(status, CANNOT_ANSWER, retry_seconds=RETRY_CANNOT_ANSWER_SECONDS)


def bug_problem(error: Exception) -> ApiResponse:
    """Log a bug, without any value, and return the problem that tells of it."""
    structlog.get_logger().error("request_failed", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR)


def _response(
    body: Problem | ProofProblem, status: HTTPStatus, retry_seconds: int | None
) -> ApiResponse:
    content = body.model_dump_json().encode()
    headers = [("Content-Type", PROBLEM_TYPE), ("Content-Length", str(len(content)))]
    if retry_seconds is not None:
        headers.append(("Retry-After", str(retry_seconds)))
    return ApiResponse(status.value, headers, content)
