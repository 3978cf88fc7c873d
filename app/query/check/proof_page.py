"""The page between form and answer that asks for a proof of work or a wait.

The fields of the check travel on in hidden fields of a POST form: no address, no cookie holds it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from flask import Response, render_template
from flask_babel import format_time

from app.limits.outcomes import ProofNeeded
from app.proofs.issuer import Offer

FIELD = "proof"


def render_proof_page(
    needed: ProofNeeded, offer: Offer, fields: Mapping[str, str], proof_text: str
) -> Response:
    """Return the page; fields: of the form, to be sent again; proof_text: sent in vain, or ""."""
    page = render_template(
        "query/check/proof_page.html",
        purpose=offer.purpose.value,
        names=offer.names,
        challenge=json.dumps(offer.challenge),
        ticket=offer.ticket,
        wait_seconds=offer.wait_seconds,
        wait_until=_clock_time(offer.wait_seconds),
        fields=fields,
        proof_field=FIELD,
        proof_rejected=bool(proof_text),
    )
    response = Response(page, HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(needed.retry_after)
    return response


def _clock_time(wait_seconds: int) -> str:
    """Return when a wait is over, HH:MM:SS in the service's time zone."""
    over = datetime.now(UTC) + timedelta(seconds=wait_seconds + 1)
    return str(format_time(over, "HH:mm:ss"))
