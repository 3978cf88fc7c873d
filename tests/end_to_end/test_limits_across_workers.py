"""What is admitted is counted: several workers of two services on one Redis, asked all at once."""

import http.client
import json
import threading
from collections import Counter
from itertools import combinations, islice
from urllib.parse import urlsplit

import pytest

from tests.fixtures.patience import PATIENCE_SECONDS, WITH_REDIS

WORKERS = 2
SERVICES = 2
CLIENTS = 6
NETWORK_CHECKS = 120
NAMES = 4
SETTINGS = {
    "GAUGE_WORKERS": str(WORKERS),
    "GAUGE_THREADS": "4",
    "GAUGE_TRUSTED_PROXIES": "127.0.0.0/8",
    "GAUGE_NETWORK_CHECKS": str(NETWORK_CHECKS),
    "GAUGE_NAMES_PER_DOCUMENT": str(NAMES),
    "GAUGE_NAMES_PER_DOCUMENT_EVERYWHERE": "1000",
    "GAUGE_CHECKS_PER_SECOND": "1000000",
}


@pytest.fixture(scope="module")
def redis_url(start_redis):
    return start_redis().url


@pytest.fixture(scope="module")
def urls(start_module_service, published, tmp_path_factory, redis_url):
    services = []
    for _ in range(SERVICES):
        state = tmp_path_factory.mktemp("state")
        settings = {"GAUGE_REDIS_URL": redis_url, "GAUGE_STATE_DIR": str(state), **SETTINGS}
        services.append(start_module_service(published, settings, WITH_REDIS))
    return [service.url for service in services]


def statuses(urls, network: str, bodies) -> Counter:
    """Send each client's bodies over connections of its own; count what came back."""
    counted: Counter = Counter()
    lock = threading.Lock()

    def ask(url, mine):
        headers = {"Content-Type": "application/json", "X-Forwarded-For": network}
        seen = []
        for body in mine:
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE_SECONDS)
            connection.request("POST", "/api/v1/checks", json.dumps(body), headers)
            seen.append(connection.getresponse().status)
            connection.close()
        with lock:
            counted.update(seen)

    threads = [
        threading.Thread(target=ask, args=(urls[client % len(urls)], bodies[client::CLIENTS]))
        for client in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counted


def body(number: int, name: str) -> dict[str, str]:
    return {"id_type": "other", "id_number": f"XX{number:07}", "name": name}


def test_one_network_is_admitted_no_more_than_its_limit_and_one_a_worker(urls):
    bodies = [body(number, "Anna") for number in range(3 * NETWORK_CHECKS)]
    counted = statuses(urls, "203.0.113.9", bodies)
    assert {200, 429} == set(counted)
    assert NETWORK_CHECKS * 3 // 4 <= counted[200] <= NETWORK_CHECKS + WORKERS * SERVICES


def test_names_of_one_document_are_admitted_no_more_than_the_limit_and_one_a_worker(urls):
    different = islice(combinations("BCDFGHJKL", 3), 60)
    bodies = [body(1_000_000, "Ann " + "".join(letters)) for letters in different]
    counted = statuses(urls, "203.0.113.10", bodies)
    assert {200, 429} == set(counted)
    assert NAMES <= counted[200] <= NAMES + WORKERS * SERVICES


def test_repeats_of_a_family_stay_free(urls):
    bodies = [body(2_000_000 + turn % 6, "Anna") for turn in range(72)]
    assert {200: 72} == statuses(urls, "203.0.113.11", bodies)


def test_three_hundred_phones_behind_one_address_meet_no_refusal(
    start_service, published, tmp_path, redis_url
):
    usual = {
        "GAUGE_REDIS_URL": redis_url,
        "GAUGE_STATE_DIR": str(tmp_path / "state"),
        "GAUGE_WORKERS": str(WORKERS),
        "GAUGE_TRUSTED_PROXIES": "127.0.0.0/8",
        "GAUGE_CHECKS_PER_SECOND": "1000000",  # of the machine, not of an address
    }
    service = start_service(published, usual, WITH_REDIS)
    bodies = [body(3_000_000 + phone, "Anna") for phone in range(300) for _ in range(3)]
    assert {200: 900} == statuses([service.url], "203.0.113.12", bodies)
    service.stop()
