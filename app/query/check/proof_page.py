"""The page between form and answer that asks for a proof of work or a wait.

What was typed travels on in hidden fields of a POST form: no address, no cookie holds it.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, render_template

from app.limits.outcomes import ProofNeeded
from app.proofs.issuer import Offer

FIELD = "proof"


def earning_page(
    needed: ProofNeeded, offer: Offer, fields: Mapping[str, str], given: str
) -> Response:
    """Return the page; fields: of the form, to be sent again; given: what was shown in vain."""
    page = render_template(
        "query/check/proof_page.html",
        purpose=offer.purpose.value,
        challenge=json.dumps(offer.challenge),
        ticket=offer.ticket,
        wait_seconds=offer.wait_seconds,
        fields=fields,
        proof_field=FIELD,
        in_vain=bool(given),
    )
    response = Response(page, HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(needed.retry_after)
    return response
