"""Signing in by a form, for every audience: the known device, the proof, and what the page needs.

The password is not sent back to a page that asks for a proof: it is entered again, while the device
calculates.
"""

import json
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import request
from werkzeug.wrappers import Response

from app.accounts.audience import Audience
from app.accounts.device_cookies import GOOD_FOR_SECONDS, DeviceCookies
from app.accounts.sign_in import Attempt, sign_in
from app.limits.outcomes import ProofNeeded
from app.proofs.issuer import Offer
from app.records.accounts.accounts import AccountName
from app.records.database import RecordsUnavailable
from app.services import current_services
from app.web.forwarded_scheme import came_by_https

FIELD = "proof"


@dataclass(frozen=True, slots=True)
class SignInOutcome:
    """How an attempt by a form ended.

    account: who signed in, None for nobody; offer: what earns the attempt that was not looked at,
    None where it was; retry_after: seconds until an attempt is free again.
    """

    account: AccountName | None = None
    offer: Offer | None = None
    retry_after: int = 0

    @property
    def status(self) -> HTTPStatus:
        """The status of the form's page that is shown again."""
        refused = HTTPStatus.UNPROCESSABLE_ENTITY
        return refused if self.offer is None else HTTPStatus.TOO_MANY_REQUESTS

    @property
    def headers(self) -> dict[str, str]:
        """The headers of that page."""
        return {} if self.offer is None else {"Retry-After": str(self.retry_after)}

    @property
    def challenge(self) -> str:
        """The challenge as the page's script takes it; "" where none is to be solved."""
        return "" if self.offer is None else json.dumps(self.offer.challenge)


def sign_in_by_form(audience: Audience, attempt: Attempt, proof: str) -> SignInOutcome:
    """Judge an attempt of the present request; proof: what its field of that name holds.

    Raises LimitReached where the service is busy with others, and RecordsUnavailable.
    """
    services = current_services()
    network, account = services.network_of(request), attempt.account(audience)
    device = _devices(audience).device(account, _device_cookie(audience))
    admission = services.proof_issuer.admission_proof(proof, network)
    known = replace(attempt, device=device, proof=admission)
    try:
        signed_in = sign_in(audience, services.records, services.action_limits, network, known)
    except ProofNeeded as needed:
        offer = services.proof_issuer.offer(needed, network, proof)
        return SignInOutcome(offer=offer, retry_after=needed.retry_after)
    return SignInOutcome(signed_in)


def remember_device(response: Response, audience: Audience, account: AccountName) -> None:
    """Let the browser of the present request be known when the account signs in again."""
    cookie = audience.device_cookie(https=came_by_https())
    value = _devices(audience).renew(account, _device_cookie(audience))
    response.set_cookie(cookie.name, value, max_age=GOOD_FOR_SECONDS, **cookie.attributes)


def _devices(audience: Audience) -> DeviceCookies:
    key = current_services().session_key
    if key is None:
        raise RecordsUnavailable
    return DeviceCookies(audience, key)


def _device_cookie(audience: Audience) -> str | None:
    return request.cookies.get(audience.device_cookie(https=came_by_https()).name)
