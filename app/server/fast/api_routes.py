"""The fast routes, by path: plain checks, and evaluations of the private check."""

from collections.abc import Mapping
from typing import Any

from app.checks.admission import count_names
from app.checks.lookup import check_for_api
from app.checks.request_schema import CheckRequestInvalid, parse_check_request
from app.checks.response_body import answer_body
from app.limits.outcomes import ProofNeeded
from app.query.check import api as checks_api
from app.query.private import evaluations_api
from app.server.fast.route import FastRoute
from app.services import AppServices
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.private.evaluation import RequestInvalid, requested_key


def _check(services: AppServices, network: bytes, identity: IdentityClaim) -> bytes:
    try:
        services.check_limits.admit_network(network)
    except ProofNeeded as demand:
        raise demand.of_names(*count_names([identity])) from None
    return answer_body(check_for_api(services.indexes, services.check_limits, network, identity))


def _parse_evaluation(body: bytes) -> bytes:
    requested_key(body)
    return body


def _evaluate(services: AppServices, network: bytes, body: bytes) -> bytes:
    try:
        services.check_limits.admit_network(network)
    except ProofNeeded as demand:
        raise demand.of_names(evaluations_api.NAMES_OF_AN_EVALUATION) from None
    return evaluations_api.evaluate_body(services.private_builds, body)


FAST_ROUTES: Mapping[str, FastRoute[Any]] = {
    checks_api.PATH: FastRoute(
        checks_api.JSON_TYPE, parse_check_request, CheckRequestInvalid, _check
    ),
    evaluations_api.PATH: FastRoute(
        evaluations_api.OCTETS_TYPE, _parse_evaluation, RequestInvalid, _evaluate
    ),
}
