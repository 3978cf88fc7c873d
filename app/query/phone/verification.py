"""Whether a request comes from a verified telephone."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Request, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.services import AppServices
from app.web.errors import problem
from exposure_index.identity.canonical import Identity

COOKIE = "gauge_phone"
NOT_VERIFIED = "A telephone must be verified at /phone first; its cookie comes with the check."


def phone_of(services: AppServices, request: Request) -> bytes | None:
    """Return the pseudonym of the telephone; b"" where none is needed, None where it is missing."""
    if services.phone_verifier is None:
        return b""
    return services.phone_verifier.phone_of(request.cookies.get(COOKIE, ""))


def count_documents(services: AppServices, phone: bytes, identities: Sequence[Identity]) -> None:
    """Count the documents asked about from a telephone, where one is verified.

    Raises LimitReached.
    """
    if services.phone_verifier is not None:
        for identity in identities:
            services.phone_verifier.admit_document(phone, identity)


def redirect_to_verification() -> AnyResponse:
    """Redirect to the page that verifies a telephone."""
    return redirect(url_for("phone.phone_form"), HTTPStatus.SEE_OTHER)


def verification_problem() -> Response:
    """Return the error of the API for a request without a verified telephone."""
    return problem(HTTPStatus.FORBIDDEN, NOT_VERIFIED)
