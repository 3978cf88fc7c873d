"""The index is switched a hundred times under traffic: no failed request, no wrong answer."""

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import pytest

SWITCHES = 100
CLIENTS = 4
RELOAD_SECONDS = 0.02
SWITCHED_WITHIN_SECONDS = 20
LAG_SECONDS = 5  # a busy machine may look late; much less than a build is valid
WIDE = {"GAUGE_NETWORK_CHECKS": "1000000", "GAUGE_CHECKS_PER_SECOND": "1000000"}


@dataclass
class Traffic:
    """Clients that ask until they are told to stop; what they were told, and when they asked."""

    url: str
    asked: list[tuple[bytes, str]]
    stop: threading.Event = field(default_factory=threading.Event)
    told: list[tuple[str, float, float]] = field(default_factory=list)
    wrong: list[object] = field(default_factory=list)

    def __enter__(self):
        self.threads = [threading.Thread(target=self.run) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def run(self):
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        try:
            while not self.stop.is_set():
                for body, expected in self.asked:
                    self.ask(connection, body, expected)
        except Exception as error:
            self.wrong.append(error)

    def names(self, build_id: str) -> bool:
        """Whether the last answer names the build, or something went wrong."""
        return bool(self.wrong) or (bool(self.told) and self.told[-1][0] == build_id)

    def ask(self, connection, body, expected):
        begun = time.monotonic()
        connection.request("POST", "/api/v1/checks", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        answer = json.loads(content)
        if (response.status, answer.get("status")) != (200, expected):
            self.wrong.append((response.status, answer.get("status"), expected))
            return
        self.told.append((answer["index"][0]["build_id"], begun, time.monotonic()))


def wait_until(happened) -> bool:
    deadline = time.monotonic() + SWITCHED_WITHIN_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


@pytest.fixture
def asked(people):
    pairs = [(people.close, "exposed"), (people.unlisted, "not_found"), (people.general, "exposed")]
    return [(json.dumps(person.as_form()).encode(), status) for person, status in pairs]


def test_a_hundred_switches_under_load_fail_no_request_and_tell_nothing_wrong(
    service_starter, own_deployment, asked
):
    first = (own_deployment.index / "current").resolve().name
    settings = {**WIDE, "GAUGE_INDEX_RELOAD_SECONDS": str(RELOAD_SECONDS)}
    service = service_starter(own_deployment, settings)
    current_from = {first: 0.0}
    with Traffic(service.url, asked) as traffic:
        for _ in range(SWITCHES):
            before = time.monotonic()
            build_id = own_deployment.publish()
            current_from[build_id] = before
            assert wait_until(partial(traffic.names, build_id))
    service.stop()
    assert [] == traffic.wrong
    assert SWITCHES + 1 == len({build_id for build_id, _, _ in traffic.told} | {first})
    starts = list(current_from.values())
    ends = dict(zip(current_from, [*starts[1:], float("inf")], strict=True))
    for build_id, begun, ended in traffic.told:
        assert current_from[build_id] <= ended
        assert begun <= ends[build_id] + LAG_SECONDS


def test_redis_gone_and_back_in_mid_traffic_fails_no_request(
    service_starter, published, asked, start_redis, tmp_path
):
    running = start_redis()
    settings = {
        "GAUGE_REDIS_URL": running.url,
        "GAUGE_WORKERS": "2",
        "GAUGE_STATE_DIR": str(tmp_path / "state"),
        **WIDE,
    }
    service = service_starter(published, settings)
    with Traffic(service.url, asked) as traffic:
        assert wait_until(lambda: len(traffic.told) > 200)
        assert "ready" == readiness(service.url)["status"]
        running.stop()
        assert wait_until(lambda: readiness(service.url)["limits"] == "local")
        assert "degraded" == readiness(service.url)["status"]
        served = len(traffic.told)
        assert wait_until(lambda: len(traffic.told) > served + 200)
        running.start_again()
        assert wait_until(lambda: readiness(service.url)["status"] == "ready")
        served = len(traffic.told)
        assert wait_until(lambda: len(traffic.told) > served + 200)
    service.stop()
    assert [] == traffic.wrong


def readiness(url: str):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", "/readyz")
    return json.loads(connection.getresponse().read())
