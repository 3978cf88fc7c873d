"""POST /api/v1/checks, answered early: what is in perfect order, as the view would answer it."""

from app.checks.lookup import check_for_api
from app.checks.request_schema import CheckRequestInvalid, parse_check_request
from app.checks.response_body import answer_body
from app.query.check.api import JSON_TYPE
from app.server.fast.routes import EarlyWay
from app.services import AppServices
from exposure_index.identity.canonical import Identity


def _identity_asked(body: bytes) -> Identity | None:
    try:
        return parse_check_request(body)
    except CheckRequestInvalid:
        return None


def _answered(services: AppServices, network: bytes, identity: Identity) -> bytes:
    services.check_limits.admit_network(network)
    return answer_body(check_for_api(services.indexes, services.check_limits, network, identity))


QUICK_CHECK = EarlyWay(JSON_TYPE, _identity_asked, _answered)
