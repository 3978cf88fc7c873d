"""Every route has a limit, and a route that comes later cannot forget it."""

import pytest
from redis import RedisError

from app.limits.pages import CHECK_ENDPOINTS, FREE_ENDPOINTS, SIGNED_ENDPOINTS
from app.openapi.operations import operation_of
from app.web.cached_pages import cached_page_of

TWO = {
    "network_checks": 2,
    "network_pages": 2,
    "kiosk_network_failed_signatures": 2,
    "counter": "on",
}
VALUES = {
    "code": "AQ",
    "name": "manifest.json",
    "digest": "00" * 32,
    "build_id": "00" * 16,
    "number": "0" * 8,
    "kind": "csv",
}
ANYTHING = "1"  # for whatever else varies in a path


def routes(app):
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule, method


def is_in_memory(app, rule, method):
    """Whether the page cache answers: that costs less than counting it."""
    return method == "GET" and (
        cached_page_of(app.view_functions[rule.endpoint]) or rule.endpoint == "bundle.asset_file"
    )


def test_every_route_refuses_the_third_of_two_requests(app_of, published):
    limited_routes = list(routes(app_of(published, **TWO)))
    assert len(limited_routes) > 8
    for rule, method in limited_routes:
        if rule.endpoint in FREE_ENDPOINTS or is_in_memory(app_of(published, **TWO), rule, method):
            continue
        app = app_of(published, **TWO)
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(
                rule.endpoint, {name: VALUES.get(name, ANYTHING) for name in rule.arguments}
            )
        client = app.test_client()
        statuses = [client.open(path, method=method).status_code for _ in range(3)]
        assert 429 == statuses[-1], (method, path)
        assert 429 not in statuses[:2], (method, path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/api/v1/nothing"),
        ("PUT", "/check"),
        ("DELETE", "/api/v1/checks"),
    ],
)
def test_what_leads_nowhere_is_counted_too(client_of, method, path):
    client = client_of(network_pages=2)
    statuses = [client.open(path, method=method).status_code for _ in range(3)]
    assert 429 == statuses[-1]
    assert {404, 405} >= set(statuses[:2])


def test_only_the_checks_have_limits_of_their_own(app_of, published):
    app = app_of(published)
    assert set(app.view_functions) >= CHECK_ENDPOINTS
    for endpoint in CHECK_ENDPOINTS:
        rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]
        assert {"POST"} == {method for r in rules for method in r.methods} - {"OPTIONS"}


def test_what_counts_by_kiosk_is_signed_by_one(app_of, published):
    app = app_of(published)
    signed = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if (operation := operation_of(view)) and operation.signed
    }
    assert signed == SIGNED_ENDPOINTS


def test_a_refused_page_tells_when_to_come_back(client_of):
    client = client_of(network_pages=1)
    client.get("/nothing")
    page = client.get("/nothing?lang=en")
    assert (429, True) == (page.status_code, "from your network, which many" in page.text)
    assert "being guessed" not in page.text
    assert 0 < int(page.headers["Retry-After"]) <= 901


def test_what_is_answered_from_memory_counts_against_no_limit(client_of):
    client = client_of(network_pages=1)
    assert [200] * 4 == [client.get(path).status_code for path in ("/", "/check") * 2]
    assert [200, 429] == [client.get("/readyz").status_code for _ in range(2)]


def test_three_hundred_phones_behind_one_address_read_three_pages_each(client_of):
    client = client_of()
    assert {200} == {client.get(path).status_code for path in ["/", "/check", "/privacy"] * 300}


@pytest.mark.parametrize("header", ["127.0.0.1", "10.0.0.1, 203.0.113.1"])
def test_a_client_cannot_take_another_network_by_a_header(client_of, header):
    client = client_of(network_pages=1)
    client.get("/readyz")
    assert 429 == client.get("/readyz", headers={"X-Forwarded-For": header}).status_code


def test_only_the_sign_of_life_is_free_of_limits(client_of):
    assert {"health.alive"} == FREE_ENDPOINTS
    client = client_of(network_pages=1)
    assert [200] * 4 == [client.get("/healthz").status_code for _ in range(4)]


def test_pages_of_the_networks_of_an_ipv6_prefix_are_counted_together(client_of):
    client = client_of(network_pages=2, ipv6_56_times=2, ipv6_48_times=3)

    def statuses(*networks):
        return [
            client.get(
                "/readyz", environ_base={"REMOTE_ADDR": f"2001:db8:1:{network}::1"}
            ).status_code
            for network in networks
        ]

    assert [200, 200, 429] == statuses("101", "101", "101")
    assert [200, 200, 429] == statuses("102", "103", "104")
    assert [200, 200, 429] == statuses("201", "202", "203")
    assert 200 == client.get("/readyz", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code


def test_every_thread_that_finds_redis_gone_counts_in_memory(client_of, start_redis, monkeypatch):
    client = client_of(redis_url=start_redis().url, network_pages=3)
    (limiter,) = client.application.extensions["limiter"]
    assert 404 == client.get("/nothing").status_code

    def fail(*_arguments, **_named):
        limiter._storage_dead = True  # another thread was told first
        raise RedisError

    monkeypatch.setattr(limiter.storage, "incr", fail)
    statuses = [client.get("/nothing").status_code for _ in range(4)]
    assert [404, 404, 404, 429] == statuses
