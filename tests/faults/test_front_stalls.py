"""Redis or the evaluator stops in mid-sentence: who needs neither is answered meanwhile.

Whoever waits for them waits longer than the test; each request that is answered was answered
beside all of these.
"""

import json
import os
import select
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import services
from app.evaluators import pool as evaluator_pool
from app.evaluators import remote, supervisor
from exposure_index.crypto.keys import KeyRing
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.evaluation import private_keys
from tests.fixtures.bulk_programs import children_of
from tests.fixtures.http_framings import CHECKS, HEALTH
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.programs import gauge_with
from tests.fixtures.raw_connections import (
    exchange,
    head_of,
    open_connection,
    post_of,
    read_response,
)
from tests.fixtures.server_processes import family_of, web_workers_of

LONG_SECONDS = 9 * PATIENCE_SECONDS
WAITING = 64  # more than there are threads
REQUESTS = 20
SETTINGS = {
    "GAUGE_WORKERS": "1",
    "GAUGE_THREADS": "4",
    "GAUGE_NETWORK_CHECKS": "1000000",
    "GAUGE_CHECKS_PER_SECOND": "1000000",
}
EVALUATIONS = "/api/v1/private/evaluations"
OCTETS = "application/octet-stream"
READINESS = head_of("GET /readyz HTTP/1.1", "Host: localhost")
PAGE = head_of("GET /no-such-page HTTP/1.1", "Host: localhost")


@contextmanager
def suspend(*processes):
    """Let processes stand still, with all their sockets open."""
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


@contextmanager
def waiting_requests(service, request):
    """Send more requests than there are threads, of which most are not answered; yield them."""
    connections = [open_connection(service.url) for _ in range(WAITING)]
    for connection in connections:
        connection.sendall(request)
    yield connections
    for connection in connections:
        connection.close()


def count_waiting(connections):
    return len(connections) - len(select.select(connections, (), (), 0)[0])


def answer_of(connection):
    return read_response(connection.makefile("rb"))


def assert_answered(service, *requests):
    for _ in range(REQUESTS):
        for request, status in requests:
            reply = exchange(service.url, request)
            assert f"HTTP/1.1 {status} ".encode() == reply[:13]


@pytest.fixture(scope="module")
def check(people):
    return post_of(CHECKS, json.dumps(people.close.as_form()).encode())


def test_health_and_readiness_are_answered_while_redis_stands_still(
    start_service, own_deployment, check, redis
):
    settings = {**SETTINGS, "GAUGE_REDIS_URL": redis.url}
    constants = {services: {"REDIS_TIMEOUT_SECONDS": LONG_SECONDS}}
    service = start_service(own_deployment, settings, constants)
    assert_answered(service, (check, 200))
    with suspend(redis.process.pid), waiting_requests(service, check) as connections:
        assert_answered(service, (HEALTH, 200), (READINESS, 200))
        os.kill(redis.process.pid, signal.SIGCONT)
        answers = [answer_of(connection) for connection in connections]
    assert {(200, "exposed")} == {
        (answer.status, json.loads(answer.body)["status"]) for answer in answers
    }
    assert 0 == service.stop()


def test_checks_and_pages_are_answered_though_redis_stands_still(
    start_service, own_deployment, check, redis
):
    service = start_service(own_deployment, {**SETTINGS, "GAUGE_REDIS_URL": redis.url})
    assert_answered(service, (check, 200))
    with suspend(redis.process.pid):
        assert_answered(service, (check, 200), (PAGE, 404), (HEALTH, 200))
    assert_answered(service, (check, 200))
    assert 0 == service.stop()


def test_plain_checks_and_pages_are_answered_while_the_evaluator_stands_still(
    start_service, own_private_deployment, check, people
):
    patient = gauge_with({evaluator_pool: {"SILENCE_MAX_SECONDS": LONG_SECONDS}})
    constants = {
        remote: {"TIMEOUT_SECONDS": LONG_SECONDS},
        supervisor: {"START_SECONDS": PATIENCE_SECONDS, "COMMAND": [*patient, "evaluator"]},
    }
    settings = {**SETTINGS, "GAUGE_EVALUATOR": "process", "GAUGE_EVALUATOR_WORKERS": "1"}
    service = start_service(own_private_deployment, settings, constants)
    evaluation = post_of(
        EVALUATIONS, blinded(own_private_deployment, people.close), content_type=OCTETS
    )
    assert_answered(service, (evaluation, 200))
    with suspend(*evaluators_of(service)), waiting_requests(service, evaluation) as connections:
        assert_answered(service, (check, 200), (PAGE, 404), (HEALTH, 200), (READINESS, 200))
        assert WAITING == count_waiting(connections)
        for process in evaluators_of(service):
            os.kill(process, signal.SIGCONT)
        answers = [answer_of(connection) for connection in connections]
    # what stood still for long may have lost its processes meanwhile, and says so
    assert {200, 503} >= {answer.status for answer in answers}
    assert {169} >= {len(answer.body) for answer in answers if answer.status == 200}
    wait_until(lambda: exchange(service.url, evaluation).startswith(b"HTTP/1.1 200 "))
    assert 0 == service.stop()


def blinded(deployment, person):
    key = private_keys(KeyRing.from_directory(deployment.web_keys, {}))[0]
    return BlindedIdentity.blind(parse_identity(*person.as_form().values()), key.key_id).request


def evaluators_of(service):
    workers = set(web_workers_of(service))
    (pool,) = [
        each
        for each in set(children_of(service.process.pid)) - workers
        if b"evaluator" in Path(f"/proc/{each}/cmdline").read_bytes()
    ]
    return [pool, *family_of(pool)]


@pytest.fixture
def redis(start_redis):
    return start_redis()
