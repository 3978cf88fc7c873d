"""POST /api/v1/checks: what no fast route (app/server/fast) answers, in full. No log line."""

from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from app.checks.admission import count_names
from app.checks.lookup import check_for_api
from app.checks.request_schema import CheckRequest, CheckRequestInvalid, parse_check_request
from app.checks.response_body import answer_body
from app.checks.response_schema import CheckAnswer
from app.openapi.operations import Operation, described
from app.query.check.api_admission import admit_api_check, settle
from app.query.phone.verification import count_documents
from app.services import current_services
from app.web.error_types import BadInput, FieldFault
from app.web.request_bodies import whole_body
from exposure_index.identity.canonical import EncodedClaim

BODY_MAX_BYTES = 65_536  # a name of 10,000 Han characters still gets its reason
JSON_TYPE = "application/json"
PATH = "/api/v1/checks"

bp = Blueprint("checks_api", __name__)


@bp.post(PATH)
@described(
    Operation(
        "Ask whether somebody is listed",
        body=CheckRequest,
        answer=CheckAnswer,
        refusals=(HTTPStatus.FORBIDDEN,),
        earned=True,
    )
)
def answer_check() -> Response:
    """Answer one self-check; keep nothing, log no identity."""
    services = current_services()
    admission = admit_api_check(services, request)
    try:
        identity = _identity(whole_body(request, JSON_TYPE, BODY_MAX_BYTES))
    except (BadInput, HTTPException):
        if admission.demand is not None:  # whatever is sent from a busy network is met alike
            raise admission.demand from None
        raise
    proof = settle(services, admission, *count_names([identity]))
    count_documents(services, admission.phone, [identity])
    network, limits = admission.network, services.check_limits
    result = check_for_api(services.indexes, limits, network, identity, proof)
    return Response(answer_body(result), content_type=JSON_TYPE)


def _identity(body: bytes) -> EncodedClaim:
    """Return the identity of a request body. Raises BadInput, which quotes nothing of it."""
    try:
        return parse_check_request(body)
    except CheckRequestInvalid as error:
        status = HTTPStatus.BAD_REQUEST if error.malformed else HTTPStatus.UNPROCESSABLE_ENTITY
        raise BadInput(status, [FieldFault(*fault) for fault in error.faults]) from None
