"""Who asks the API of kiosks: the kiosk whose key signed the request, and its organisation.

Threat: requests are forged, or one kiosk asks without end. Limit: each request is verified under
the key that the kiosk made at enrolment; requests of a kiosk are counted by kiosk, requests without
a good signature by network, so that 200 kiosks behind one address do not use up each other's.

Threat: strangers send long bodies slowly, and each holds a thread that kiosks need. Limit: what is
signed is the digest of the body, so no byte of it is read before the signature is verified.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Request
from werkzeug.exceptions import HTTPException

from app.kiosk.api.bodies import JSON_TYPE
from app.kiosk.enrolment.kiosk_enrolments import OrganisationDisabled
from app.kiosk.moments import now_ms
from app.kiosk.signatures.http_signature import (
    SignatureHeaders,
    SignedMessage,
    Unsigned,
    WrongSignature,
    read_signature,
)
from app.limits.actions import Allowance
from app.records.kiosks.kiosks import Kiosk, kiosk_of_id
from app.records.organisations.organisations import Organisation, organisation_where, organisations
from app.services import AppServices
from app.web.error_types import BadInput
from app.web.request_bodies import require_body, whole_body

HOUR_SECONDS = 3_600
MINUTE_SECONDS = 60


class ClockWrong(Exception):
    """Signed by the kiosk, but not at a time near the server's."""


class KioskRevoked(Exception):
    """The kiosk was revoked."""


@dataclass(frozen=True, slots=True)
class SignedKiosk:
    """A kiosk that signed the present request, its organisation, and the body that it signed."""

    kiosk: Kiosk
    organisation: Organisation
    body: bytes


def signed_kiosk(
    services: AppServices, request: Request, body_max_bytes: int = 0, *, revoked_too: bool = False
) -> SignedKiosk:
    """Return which kiosk signed a request, with a JSON body of up to so many bytes, or with none.

    revoked_too: let one in that was revoked. Raises Unsigned, WrongSignature, ClockWrong,
    KioskRevoked, OrganisationDisabled, LimitReached, RecordsUnavailable, and what whole_body does.
    """
    with _failures_counted(services, request):
        if body_max_bytes:
            require_body(request, JSON_TYPE, body_max_bytes)
        message = _message(request)
        kiosk, organisation = _signer(services, message)
    number = services.settings.kiosk_requests_per_minute
    requests = Allowance("kiosk_requests", number, MINUTE_SECONDS)
    services.action_limits.admit(requests, kiosk.id.encode())
    if not message.is_recent(now_ms() // 1_000):
        raise ClockWrong
    if organisation.disabled:
        raise OrganisationDisabled
    if kiosk.revoked_at is not None and not revoked_too:
        raise KioskRevoked
    with _failures_counted(services, request):
        body = whole_body(request, JSON_TYPE, body_max_bytes) if body_max_bytes else b""
        message.verify_body(body)
    return SignedKiosk(kiosk, organisation, body)


@contextmanager
def _failures_counted(services: AppServices, request: Request) -> Iterator[None]:
    """Count against its network a request that bears no good signature, or no good body."""
    try:
        yield
    except (BadInput, HTTPException, Unsigned, WrongSignature):
        number = services.settings.kiosk_network_failed_signatures
        failed = Allowance("kiosk_failed_signatures", number, HOUR_SECONDS)
        services.action_limits.admit_network(failed, services.network_of(request))
        raise


def _message(request: Request) -> SignedMessage:
    headers = SignatureHeaders(
        request.headers.get("Content-Digest"),
        request.headers.get("Signature-Input"),
        request.headers.get("Signature"),
    )
    return read_signature(request.method, request.path, headers)


def _signer(services: AppServices, message: SignedMessage) -> tuple[Kiosk, Organisation]:
    """Return who signed what a request's headers say. Raises WrongSignature."""
    records = services.records
    with records.reading() as connection:
        kiosk = kiosk_of_id(connection, records.cipher, message.kiosk)
        if kiosk is None:
            raise WrongSignature
        found = organisations.c.id == kiosk.organisation
        organisation = organisation_where(connection, found)
    message.verify_head(kiosk.signing_key)
    if organisation is None:
        raise WrongSignature
    return kiosk, organisation
