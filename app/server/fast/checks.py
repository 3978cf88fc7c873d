"""POST /api/v1/checks, answered early: what is in perfect order, as the view would answer it."""

from app.checks.lookup import self_check
from app.checks.response_body import answer_body
from app.query.check.api import JSON_TYPE, identity_of
from app.server.fast.routes import EarlyWay
from app.services import AppServices
from app.web.errors import BadInput
from exposure_index.identity.canonical import Identity


def _identity_asked(body: bytes) -> Identity | None:
    try:
        return identity_of(body)
    except BadInput:
        return None


def _answered(services: AppServices, network: bytes, identity: Identity) -> bytes:
    services.check_limits.admit_network(network)
    return answer_body(self_check(services.indexes, services.check_limits, network, identity))


QUICK_CHECK = EarlyWay(JSON_TYPE, _identity_asked, _answered)
