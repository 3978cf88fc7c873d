"""The fast routes: plain checks, evaluations and buckets of the private check, trip look-ups."""

from collections.abc import Mapping
from typing import Any

from app.checks.lookup import check_admitted
from app.checks.request_schema import CheckRequestInvalid, parse_check_request
from app.checks.response_body import answer_body
from app.limits.outcomes import ProofNeeded, WouldWait
from app.query.check import api as checks_api
from app.query.private import buckets, evaluations_api
from app.query.trips import api as trips_api
from app.query.trips.form import TripForm
from app.server.fast.route import FastReads, FastRoute
from app.services import AppServices
from exposure_index.identity.canonical import EncodedClaim
from exposure_index.private.evaluation import RequestInvalid, requested_key


def _check(services: AppServices, network: bytes, identity: EncodedClaim, may_wait: bool) -> bytes:
    services.check_limits.admit_check(network, identity, may_wait=may_wait)
    return answer_body(check_admitted(services.indexes, identity))


def _parse_evaluation(body: bytes) -> bytes:
    requested_key(body)
    return body


def _evaluate(services: AppServices, network: bytes, body: bytes, may_wait: bool) -> bytes:
    if not may_wait and not services.private_builds.evaluates_at_once(body):
        raise WouldWait
    try:
        services.check_limits.admit_network(network, may_wait=may_wait)
    except ProofNeeded as demand:
        raise demand.of_names(evaluations_api.NAMES_OF_AN_EVALUATION) from None
    return evaluations_api.evaluate_body(services.private_builds, body)


def _look_up_trip(services: AppServices, network: bytes, form: TripForm, may_wait: bool) -> bytes:
    services.page_limits.admit(network, may_wait=may_wait)
    return trips_api.answer_form(services, form)


def _read_bucket(
    services: AppServices, network: bytes, address: buckets.BucketAddress, may_wait: bool
) -> bytes:
    bucket = buckets.read_at_hand(services.private_builds, address)
    if bucket is None:
        raise WouldWait
    services.page_limits.admit(network, may_wait=may_wait)
    return bucket


FAST_READS = FastReads(
    by_path={
        trips_api.PATH: FastRoute(
            trips_api.JSON_TYPE, trips_api.parse_plain_query, trips_api.QueryUnclear, _look_up_trip
        )
    },
    by_segment={
        buckets.FIRST_SEGMENT: FastRoute(
            buckets.OCTETS_TYPE,
            buckets.parse_address,
            buckets.AddressUnclear,
            _read_bucket,
            (("Cache-Control", buckets.CACHE_CONTROL),),
        )
    },
)
FAST_ROUTES: Mapping[str, FastRoute[bytes, Any]] = {
    checks_api.PATH: FastRoute(
        checks_api.JSON_TYPE, parse_check_request, CheckRequestInvalid, _check
    ),
    evaluations_api.PATH: FastRoute(
        evaluations_api.OCTETS_TYPE, _parse_evaluation, RequestInvalid, _evaluate
    ),
}
