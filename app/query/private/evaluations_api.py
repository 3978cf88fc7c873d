"""POST /api/v1/private/evaluations: three blinded inputs in, evaluated ones and their proof out.

Each request is counted as for a plain check; there is no document to count. No log line. Every
request that is none (another length, key or version, elements that are none of the group) is
answered alike, so that no difference tells anything of the key; only a client of the first edition
hears that it must be renewed.
"""

from http import HTTPStatus

from flask import Blueprint, Response, request

from app.indexes.private_builds import PrivateBuilds
from app.openapi.operations import Octets, Operation, described
from app.query.check.api_admission import admit_api_check, settle
from app.services import current_services
from app.web.error_types import BadInput
from app.web.request_bodies import whole_body
from exposure_index.private.evaluation import (
    REQUEST_BYTES,
    RESPONSE_BYTES,
    FirstEditionRequest,
    RequestInvalid,
)

BODY_MAX_BYTES = 1_024
NAMES_OF_AN_EVALUATION = 2  # whether there is a second one, nobody can tell
OCTETS_TYPE = "application/octet-stream"
PATH = "/api/v1/private/evaluations"
FIRST_EDITION = (
    "This request is of the first edition of the private check. Load the page again, or renew the "
    "program that sent it. This does not tell whether anyone is listed."
)

bp = Blueprint("evaluations_api", __name__)


@bp.post(PATH)
@described(
    Operation(
        "Evaluate three blinded inputs of a private check",
        body=Octets("0x02, key_id, blinded xd, blinded x0, blinded x1", REQUEST_BYTES),
        answer=Octets(
            "0x02, key_id, evaluated xd, evaluated x0, evaluated x1, one proof", RESPONSE_BYTES
        ),
        refusals=(HTTPStatus.FORBIDDEN,),
        earned=True,
    )
)
def evaluate() -> Response:
    """Evaluate one request of 105 bytes; keep nothing."""
    services = current_services()
    admission = admit_api_check(services, request)
    settle(services, admission, NAMES_OF_AN_EVALUATION)
    if services.phone_verifier is not None:
        services.phone_verifier.admit_evaluation(admission.phone)
    body = whole_body(request, OCTETS_TYPE, BODY_MAX_BYTES)
    return Response(evaluate_body(services.private_builds, body), content_type=OCTETS_TYPE)


def evaluate_body(private: PrivateBuilds, body: bytes) -> bytes:
    """Return the response to a request. Raises BadInput or PrivateCheckUnavailable."""
    try:
        return private.evaluate(body)
    except FirstEditionRequest:
        raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY, detail=FIRST_EDITION) from None
    except RequestInvalid:
        raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY) from None
