"""The visits that benchmarks play are those that a browser makes: every request, and no other."""

import re

import pytest

from loadtests.visits import all_visits

HEX = re.compile("[0-9a-f]{8,}")


@pytest.fixture
def requests_of(private_service):
    """Return the requests of a page for this service, as they come; identifiers as #.

    A file of the bundle counts once: what refers to it again finds it in the cache.
    """

    def watch(page):
        seen = []

        def note(request):
            path = HEX.sub("#", request.url.removeprefix(private_service.url))
            if not (path.startswith("/bundle/") and (request.method, path) in seen):
                seen.append((request.method, path))

        page.on("request", note)
        return seen

    return watch


@pytest.fixture
def visit_of(private_service):
    """Return method and path of each request of a visit without its scan; identifiers as #."""

    def requests(name):
        visits = {visit.name: visit for visit in all_visits(private_service.url, "code")}
        visit = visits[name]
        played = visit.requests[1 : visit.length]
        return [(request.method, HEX.sub("#", request.path)) for request in played]

    return requests


def test_a_private_visit_is_what_a_browser_asks(
    page_of, private_service, check_here, requests_of, visit_of
):
    page = page_of(java_script_enabled=True)
    seen = requests_of(page)
    page.goto(f"{private_service.url}/check")
    page.wait_for_selector("[data-check-here]:enabled")
    check_here(page, "close")
    page.wait_for_load_state("networkidle")
    assert sorted(visit_of("private, scanned")) == sorted(seen)


def test_a_visit_by_form_is_what_a_browser_without_scripts_asks(
    page_of, private_service, type_in, requests_of, visit_of
):
    page = page_of()
    seen = requests_of(page)
    page.goto(f"{private_service.url}/check")
    type_in(page, "close")
    page.click("main noscript button >> nth=0")
    page.wait_for_selector("#result")
    assert sorted(visit_of("form, scanned")) == sorted(seen)
