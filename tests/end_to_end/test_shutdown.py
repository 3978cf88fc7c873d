"""Stopping and reloading a service that people are asking."""

import http.client
import json
import os
import signal
import threading
import urllib.error
import urllib.request

import pytest

from app.server import gunicorn_server
from app.server.connections import deadlines
from app.settings import read_settings
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

HEADERS = {"Content-Type": "application/json"}
UNLIMITED = {"GAUGE_NETWORK_CHECKS": "1000000", "GAUGE_CHECKS_PER_SECOND": "1000000"}
# a client that a busy machine makes slow is not a silent one
PATIENT = {
    gunicorn_server: {"GRACEFUL_TIMEOUT_SECONDS": int(PATIENCE_SECONDS)},
    deadlines: {"BODY_GRACE_SECONDS": PATIENCE_SECONDS},
}


def connection(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(url.removeprefix("http://"), timeout=PATIENCE_SECONDS)


class CheckingClient(threading.Thread):
    """Asks on a new connection each time until it is told to stop."""

    def __init__(self, url: str, body: bytes) -> None:
        super().__init__(daemon=True)
        self.answers = 0
        self.failures: list[str] = []
        self._url = url
        self._body = body
        self._stop_checking = threading.Event()

    def run(self) -> None:
        while not self._stop_checking.is_set():
            client = connection(self._url)
            try:
                client.request("POST", "/api/v1/checks", self._body, HEADERS)
                response = client.getresponse()
                answer = json.load(response)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.failures.append(type(error).__name__)
            else:
                self.answers += 1
                if (200, "exposed") != (response.status, answer.get("status")):
                    self.failures.append(str(response.status))
            finally:
                client.close()

    def end(self) -> None:
        self._stop_checking.set()
        self.join(PATIENCE_SECONDS)


def test_a_request_that_began_is_answered_though_the_service_is_told_to_stop(
    start_service, published, people
):
    service = start_service(published, constants=PATIENT)
    body = json.dumps(people.close.as_form()).encode()
    client = connection(service.url)
    client.putrequest("POST", "/api/v1/checks")
    for name, value in {**HEADERS, "Content-Length": str(len(body))}.items():
        client.putheader(name, value)
    client.endheaders(body[:10])  # the worker waits for the rest
    _wait_until_it_waits(service)
    service.process.send_signal(signal.SIGTERM)
    _wait_until_refused(service.url)
    client.send(body[10:])
    response = client.getresponse()
    assert (200, "exposed") == (response.status, json.load(response)["status"])
    client.close()
    assert 0 == service.process.wait(PATIENCE_SECONDS)


def test_new_workers_take_over_without_a_failed_request(start_service, published, people):
    service = start_service(published, UNLIMITED)
    clients = [
        CheckingClient(service.url, json.dumps(people.close.as_form()).encode()) for _ in range(3)
    ]
    for thread in clients:
        thread.start()
    for _ in range(3):
        before = sum(thread.answers for thread in clients)
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda before=before: sum(t.answers for t in clients) > before + 200)
    for thread in clients:
        thread.end()
    assert [] == [failure for thread in clients for failure in thread.failures]
    assert 0 == service.stop()


@pytest.mark.parametrize(
    ("expected", "settings"),
    [
        (os.cpu_count(), {}),
        (3, {"workers": 3}),
        (3, {"redis_url": "redis://127.0.0.1:1/0", "workers": 3}),
    ],
)
def test_workers_are_as_many_as_chosen_else_one_a_processor(expected, settings):
    assert expected == read_settings(**settings).processes


def _wait_until_it_waits(service) -> None:
    """Return once another connection is answered: the earlier one was taken before it."""
    with urllib.request.urlopen(f"{service.url}/healthz", timeout=PATIENCE_SECONDS) as response:
        assert 200 == response.status


def _wait_until_refused(url: str) -> None:
    def refused() -> bool:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=PATIENCE_SECONDS).close()
        except (urllib.error.URLError, ConnectionError):
            return True
        return False

    wait_until(refused)
