"""What leaves the browser, and what stays in it: the same for everybody, and nothing of anybody."""

import json
import re

import pytest

from tests.browser.private.open_pages import leave_open

KEPT = """async () => JSON.stringify({
  local: {...localStorage}, session: {...sessionStorage}, cookies: document.cookie,
  state: history.state, address: location.href, caches: await caches.keys(),
  databases: await indexedDB.databases(),
})"""
HEX = re.compile("[0-9a-f]{8,}")
BUCKET = f"/b/{'#' * 32}/{'#' * 8}"
ASKED = [("POST", "/api/v1/private/evaluations"), ("GET", BUCKET)]


@pytest.fixture
def traffic_of(private_page, check_here):
    """Check somebody and return every exchange from before the click until a while after."""

    def recorded(who, minutes=0):
        page = private_page()
        leave_open(page, minutes)
        finished = []
        for event in ("requestfinished", "requestfailed"):
            page.on(event, lambda request: finished.insert(len(finished), request))
        check_here(page, who)
        page.wait_for_load_state("networkidle")
        return [_exchange(request) for request in finished]

    return recorded


def _exchange(request):
    sizes = request.sizes()
    return (
        request.method,
        HEX.sub(lambda found: "#" * len(found[0]), request.url.partition("://")[2]),
        len(request.url),
        sorted(name for name in request.all_headers() if name != "user-agent"),
        request.response().status,
        {name: size for name, size in sizes.items() if name != "requestHeadersSize"},
    )


def asked(exchanges, service):
    """Return method and path of each exchange."""
    host = service.url.partition("://")[2]
    return [(method, address.removeprefix(host)) for method, address, *_ in exchanges]


def test_a_hit_a_miss_and_a_wrong_name_look_alike_on_the_way(traffic_of, private_service):
    close, unlisted, wrong_name, nameless = map(
        traffic_of, ["close", "unlisted", "wrong_name", "nameless"]
    )
    assert close == unlisted == wrong_name == nameless
    assert ASKED == asked(close, private_service)
    assert (105, 169) == (close[0][5]["requestBodySize"], close[0][5]["responseBodySize"])


def test_on_a_page_left_open_they_look_alike_too(traffic_of, private_service):
    close, unlisted = (traffic_of(who, minutes=11) for who in ("close", "unlisted"))
    assert close == unlisted
    assert [("GET", "/api/v1/index"), *ASKED] == asked(close, private_service)


def test_a_household_asks_once_for_each_person(private_page, type_in):
    page = private_page()
    type_in(page, "close")
    page.click("[data-add]")
    type_in(page, "unlisted", "_2")
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.click("[data-check-here]")
    page.wait_for_selector("#overview")
    assert ["POST", "POST", "GET", "GET"] == asked


def test_nothing_of_person_or_answer_stays_in_the_browser(private_page, check_here, people):
    page = private_page()
    check_here(page, "close")
    kept = page.evaluate(KEPT)
    for told in (people.close.id_number, people.close.name, "G1234", "exposed"):
        assert told not in kept
    held = json.loads(kept)
    assert ["gauge-manifests"] == list(held["local"])
    assert ({}, "", {"at": "answer"}, [], []) == (
        held["session"],
        held["cookies"],
        held["state"],
        held["caches"],
        held["databases"],
    )
    assert page.url.endswith("/check?lang=en")


def test_back_forward_and_reload_forget_everything(private_page, check_here):
    page = private_page()
    check_here(page, "close")
    page.go_back()
    page.wait_for_selector("#name")
    assert ("", "") == (page.input_value("#id_number"), page.input_value("#name"))
    page.go_forward()
    assert 0 == page.locator(".gauge-result").count()
    check_here(page, "close")
    page.reload()
    page.wait_for_selector("[data-check-here]:enabled")
    assert ("", "") == (page.input_value("#id_number"), page.input_value("#name"))
    assert 0 == page.locator(".gauge-result").count()


def test_the_service_logs_and_keeps_nothing_that_tells_a_hit_from_a_miss(
    private_service, private_page, check_here, published_privately, people
):
    def kept():
        files = [path for path in published_privately.state.rglob("*") if path.is_file()]
        return {path.name for path in files}, private_service.output_text()

    check_here(private_page(), "unlisted")
    files, said = kept()
    check_here(private_page(), "close")
    later_files, later_said = kept()
    assert files == later_files
    assert "" == later_said.removeprefix(said)
    assert people.close.id_number not in later_said
