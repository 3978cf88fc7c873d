"""The health officer's pages in a real browser: live, without a script, and to assistive tools."""

import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.organisations.roles import Role
from app.settings import read_settings
from tests.fixtures.health_office import STAFF_NAME, HealthOffice, health_office

PAGES = ("/org/health", "/org/health/people", "/org/health/log", "/org/health/export")
SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SECOND_LOOK = 11_000  # milliseconds: past the time after which the page asks again


@dataclass
class _Service:
    """The services as the fixtures of the officer's pages have them."""

    records: object
    settings: object


@dataclass
class _Office:
    services: _Service


@pytest.fixture(scope="session")
def officer_cookie(portal_service):
    return portal_service.cookie("guan.li", Role.OFFICER)


@pytest.fixture(scope="session")
def gate(portal_service) -> HealthOffice:
    """The kiosk of the organisation works, with one of its staff."""
    office = _Office(_Service(portal_service.records, read_settings()))
    made = health_office(office, portal_service.organisation().id)
    made.staff()
    made.fever(minutes_ago=0)
    made.observe()
    return made


@pytest.fixture
def officer_page(page_of, officer_cookie, gate):
    def make(**options):
        page = page_of(**options)
        page.context.add_cookies([officer_cookie])
        return page

    return make


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_a_telephone_and_have_no_fault_that_axe_knows(officer_page, portal_service, path):
    page = officer_page(java_script_enabled=True)
    page.goto(f"{portal_service.url}{path}?lang=en")
    assert 0 == page.evaluate(SPILL)
    assert [] == [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_a_new_fever_comes_by_itself_and_is_told(officer_page, portal_service, gate):
    page = officer_page(java_script_enabled=True)
    page.clock.install()
    page.goto(f"{portal_service.url}/org/health?lang=en")
    before = page.locator("[data-alarm]").count()
    gate.now += 60_000
    gate.fever(minutes_ago=0)
    page.clock.fast_forward(SECOND_LOOK)
    page.wait_for_function("n => document.querySelectorAll('[data-alarm]').length > n", arg=before)
    page.clock.fast_forward(1_000)
    page.wait_for_selector("[data-announce]:has-text('There is a new fever.')", state="attached")


def test_what_somebody_types_is_not_taken_away(officer_page, portal_service):
    page = officer_page(java_script_enabled=True)
    page.clock.install()
    page.goto(f"{portal_service.url}/org/health?lang=en")
    page.locator("[data-alarm] summary").first.click()
    page.locator("[data-alarm] input[name=note]").first.fill("half a note")
    with page.expect_response(re.compile("/org/health")):
        page.clock.fast_forward(SECOND_LOOK)
    assert "half a note" == page.locator("[data-alarm] input[name=note]").first.input_value()


def test_a_person_is_found_without_a_script(officer_page, portal_service):
    page = officer_page()
    page.goto(f"{portal_service.url}/org/health/people?lang=en")
    page.fill("#search", STAFF_NAME)
    page.fill("#reason", "体温升高，电话回访")
    with page.expect_navigation(wait_until="load"):
        page.click("form[action*='people'] button")
    assert "38.4 °C" in page.inner_text("main")


def test_a_reading_is_recorded_without_a_script(page_of, portal_service, gate):
    _, token = gate.observe("白露未")
    page = page_of()
    page.goto(f"{portal_service.url}/health/{token}?lang=en")
    page.fill("#temperature", "36.5")
    with page.expect_navigation(wait_until="load"):
        page.click("form button.govuk-button")
    assert ("Recorded", 0) == (page.inner_text("h1"), page.evaluate(SPILL))
