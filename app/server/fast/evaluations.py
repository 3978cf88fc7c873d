"""POST /api/v1/private/evaluations, answered early: what may be a request."""

from app.query.private.evaluations_api import OCTETS_TYPE, evaluate_body
from app.server.fast.routes import EarlyWay
from app.services import AppServices
from exposure_index.private.evaluation import RequestInvalid, requested_key


def _request_of(body: bytes) -> bytes | None:
    try:
        requested_key(body)
    except RequestInvalid:
        return None
    return body


def _answered(services: AppServices, network: bytes, body: bytes) -> bytes:
    services.check_limits.admit_network(network)
    return evaluate_body(services.private_builds, body)


QUICK_EVALUATION = EarlyWay(OCTETS_TYPE, _request_of, _answered)
