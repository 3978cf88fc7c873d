"""POST /api/v1/checks, answered early: what is in perfect order, as the view would answer it."""

from app.problems import BadInput
from app.query.answer_json import answer_body
from app.query.checks_api import JSON_TYPE, identity_of
from app.query.early_answers import EarlyWay
from app.query.self_check import self_check
from app.service import Service
from exposure_index.identity.canonical import Identity


def _identity_asked(body: bytes) -> Identity | None:
    try:
        return identity_of(body)
    except BadInput:
        return None


def _answered(running: Service, network: bytes, identity: Identity) -> bytes:
    running.limits.admit_network(network)
    return answer_body(self_check(running.index, running.limits, network, identity))


QUICK_CHECK = EarlyWay(JSON_TYPE, _identity_asked, _answered)
