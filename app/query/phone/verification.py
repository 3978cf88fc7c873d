"""Finds the verified telephone of a request, and counts the documents checked from it."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Request, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.services import AppServices
from exposure_index.identity.canonical import EncodedIdentity

COOKIE = "gauge_phone"


def phone_of(services: AppServices, request: Request) -> bytes | None:
    """Return the pseudonym of the telephone; b"" where none is needed, None where it is missing."""
    if services.phone_verifier is None:
        return b""
    return services.phone_verifier.phone_of(request.cookies.get(COOKIE, ""))


def count_documents(
    services: AppServices, phone: bytes, identities: Sequence[EncodedIdentity]
) -> None:
    """Count the documents asked about from a telephone, where one is verified.

    Raises LimitReached.
    """
    if services.phone_verifier is not None:
        for identity in identities:
            services.phone_verifier.admit_document(phone, identity)


def redirect_to_verification() -> AnyResponse:
    """Redirect to the page that verifies a telephone."""
    return redirect(url_for("phone.phone_form"), HTTPStatus.SEE_OTHER)
