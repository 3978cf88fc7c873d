"""The index is switched a hundred times under traffic: no failed request, no wrong answer."""

import http.client
import json
import threading
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from urllib.parse import urlsplit

import pytest

from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

SWITCHES = 100
CLIENTS = 4
RELOAD_SECONDS = 0.02
WIDE = {"GAUGE_NETWORK_CHECKS": "1000000", "GAUGE_CHECKS_PER_SECOND": "1000000"}


@dataclass
class Traffic:
    """Clients that ask until they are told to stop; what they were told, and when they asked."""

    url: str
    requests: list[tuple[bytes, str]]
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
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE_SECONDS)
        try:
            while not self.stop.is_set():
                for body, expected in self.requests:
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


@pytest.fixture
def requests(people):
    pairs = [(people.close, "exposed"), (people.unlisted, "not_found"), (people.general, "exposed")]
    return [(json.dumps(person.as_form()).encode(), status) for person, status in pairs]


def test_a_hundred_switches_under_load_fail_no_request_and_tell_nothing_wrong(
    start_service, own_deployment, requests
):
    first = (own_deployment.index / "current").resolve().name
    settings = {
        **WIDE,
        "GAUGE_INDEX_RELOAD_SECONDS": str(RELOAD_SECONDS),
        "GAUGE_WORKERS": "1",  # which never goes back; another looks at its own time
    }
    service = start_service(own_deployment, settings)
    published_at = {first: 0.0}
    with Traffic(service.url, requests) as traffic:
        for _ in range(SWITCHES):
            before = time.monotonic()
            build_id = own_deployment.publish()
            published_at[build_id] = before
            wait_until(partial(traffic.names, build_id))
    service.stop()
    assert [] == traffic.wrong
    assert SWITCHES + 1 == len({build_id for build_id, _, _ in traffic.told} | {first})
    assert [] == [told for told in traffic.told if told[2] < published_at[told[0]]]
    assert [] == answers_gone_back(list(published_at), traffic.told)


def answers_gone_back(builds, told):
    """Return the answers from an older build than one told before they were asked for."""
    number = {build_id: number for number, build_id in enumerate(builds)}
    by_end = sorted((ended, number[build_id]) for build_id, _, ended in told)
    newest = list(accumulate((at for _, at in by_end), max))
    ends = [ended for ended, _ in by_end]
    gone_back = []
    for answer in told:
        before = bisect_right(ends, answer[1])
        if before and number[answer[0]] < newest[before - 1]:
            gone_back.append(answer)
    return gone_back


def test_redis_gone_and_back_in_mid_traffic_fails_no_request(
    start_service, published, requests, start_redis, tmp_path
):
    running = start_redis()
    settings = {
        "GAUGE_REDIS_URL": running.url,
        "GAUGE_WORKERS": "2",
        "GAUGE_STATE_DIR": str(tmp_path / "state"),
        **WIDE,
    }
    service = start_service(published, settings)
    with Traffic(service.url, requests) as traffic:
        wait_until(lambda: len(traffic.told) > 200)
        wait_until(lambda: readiness(service.url)["status"] == "ready")
        running.stop()
        wait_until(lambda: is_degraded(service.url))
        served = len(traffic.told)
        wait_until(lambda: len(traffic.told) > served + 200)
        running.start_again()
        wait_until(lambda: readiness(service.url)["status"] == "ready")
        served = len(traffic.told)
        wait_until(lambda: len(traffic.told) > served + 200)
    service.stop()
    assert [] == traffic.wrong


def is_degraded(url: str):
    told = readiness(url)  # of one worker, by its own look
    return ("local", "degraded") == (told["limits"], told["status"])


def readiness(url: str):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/readyz")
    return json.loads(connection.getresponse().read())
