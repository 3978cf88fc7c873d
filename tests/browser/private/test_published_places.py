"""From and to of a listed trip: everybody asks for all of them ahead, and nobody waits for them."""

import re

import pytest

from tests.browser.private.test_page_versions import turn

PLACES = ".gauge-trip__places"
ADDRESS = "/check/private/places"
TOLD = ["Published: a case travelled from 汉口 to 北京西"]
HEX = re.compile("[0-9a-f]{8,}")
SAVING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
SLOW = "Object.defineProperty(navigator, 'connection', { value: { effectiveType: '2g' } })"
SLOW_PART = """{
  const told = performance.getEntriesByType.bind(performance);
  performance.getEntriesByType = (kind) =>
    kind === "resource" ? [...told(kind), { duration: 5001 }] : told(kind);
}"""


@pytest.fixture
def opened(page_of, private_service):
    """Open the form; hold: whether the places never come; before: a script of the browser's own."""

    def open_form(before="", *, hold=False):
        page = page_of(java_script_enabled=True)
        if before:
            page.add_init_script(before)
        if hold:
            page.route(f"**{ADDRESS}", lambda _: None)
        seen = []
        for event in ("request", "requestfailed"):
            page.on(event, lambda request, event=event: note(seen, event, request))
        page.goto(f"{private_service.url}/check?lang=en")
        page.wait_for_selector("[data-check-here]:enabled")
        return page, seen

    def note(seen, event, request):
        path = HEX.sub("#", request.url.removeprefix(private_service.url))
        seen.append((event, request.method, path))

    return open_form


def test_a_listed_trip_names_the_places_that_were_published(private_page, check_here):
    page = private_page()
    check_here(page, "close")
    assert TOLD == page.locator(PLACES).all_inner_texts()


def test_the_service_names_the_same(page_of, private_service, type_in):
    page = page_of()
    page.goto(f"{private_service.url}/check?lang=en")
    type_in(page, "close")
    with page.expect_navigation(wait_until="load"):
        page.click("main noscript button >> nth=0")
    assert TOLD == page.locator(PLACES).all_inner_texts()


def test_everybody_asks_for_them_once_and_before_the_check(opened, check_here):
    every = []
    for who in ("close", "unlisted", "wrong_name", "nameless"):
        page, seen = opened()
        page.wait_for_load_state("networkidle")
        before = list(seen)
        check_here(page, who)
        page.wait_for_load_state("networkidle")
        assert before == seen[: len(before)]
        every.append((sorted(before), seen[len(before) :]))
    assert [every[0]] * len(every) == every
    before, after = every[0]
    assert 1 == before.count(("request", "GET", ADDRESS))
    assert ["POST", "GET"] == [method for _, method, _ in after]


@pytest.mark.parametrize("who", ["close", "unlisted"])
def test_whoever_checks_does_not_wait_for_them(opened, check_here, who):
    page, seen = opened(hold=True)
    check_here(page, who)
    page.wait_for_load_state("networkidle")
    assert 0 == page.locator(PLACES).count()
    given_up = seen.index(("requestfailed", "GET", ADDRESS))
    assert ("request", "POST", "/api/v1/private/evaluations") in seen[given_up - 1 : given_up + 2]
    assert 1 == seen.count(("request", "GET", ADDRESS))


@pytest.mark.parametrize("before", [SAVING, SLOW, SLOW_PART])
def test_on_a_slow_network_they_are_not_asked_for(opened, check_here, before):
    page, seen = opened(before)
    check_here(page, "close")
    page.wait_for_load_state("networkidle")
    assert ("request", "GET", ADDRESS) not in seen
    assert 0 == page.locator(PLACES).count()


def test_in_another_language_they_stay_and_are_not_asked_for_again(opened, check_here):
    page, seen = opened()
    page.wait_for_load_state("networkidle")
    check_here(page, "close")
    turn(page, "zh-Hans")
    assert ["据公布，病例乘坐区间：汉口→北京西"] == page.locator(PLACES).all_inner_texts()
    assert 1 == seen.count(("request", "GET", ADDRESS))
