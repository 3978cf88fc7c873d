"""Several trips on one form, without JavaScript: rows by a button, and what they come to first."""

import pytest

from tests.browser.conftest import SEVERAL_TRIPS, lead_to_trip

SCREEN = {"width": 360, "height": 640}
VERDICT = {
    "zh-Hans": "您查询的3个行程中，1个有确诊病例",
    "zh-Hant": "您查詢的3個行程中，1個有確診個案",
    "en": "A confirmed case travelled on 1 of your 3 trips",
}
LINES = """all => all.map((one) => {
  const text = document.createRange();
  text.selectNodeContents(one);
  return text.getClientRects().length;
})"""
"""Over how many lines the text of each goes."""


@pytest.mark.parametrize("language", VERDICT)
def test_what_they_come_to_is_title_focus_and_on_the_first_screen(page_of, service, language):
    page = page_of()
    page.set_viewport_size(SCREEN)
    lead_to_trip(page, service.url, "trips_listed", language)
    heading = page.locator("h1")
    assert VERDICT[language] == heading.inner_text()
    assert page.title().startswith(VERDICT[language])
    assert "result" == page.evaluate("document.activeElement.id")
    box = heading.bounding_box()
    assert box["y"] + box["height"] < SCREEN["height"]


def test_each_trip_of_the_overview_leads_to_its_answer(page_of, service):
    page = page_of()
    lead_to_trip(page, service.url, "trips_listed", "en")
    page.click(".gauge-overview li:nth-child(2) a")
    page.wait_for_url("**#result-2")
    assert "A confirmed case travelled on this trip" == page.inner_text("#result-2")


def test_a_row_that_is_added_has_the_focus(page_of, service):
    page = page_of()
    page.goto(f"{service.url}/trips?lang=en")
    with page.expect_navigation(wait_until="load"):
        page.click("button[value=add]")
    assert "number_2" == page.evaluate("document.activeElement.id")


def test_enter_looks_up_and_adds_no_row(page_of, service):
    page = page_of()
    page.goto(f"{service.url}/trips?lang=en")
    number, day = SEVERAL_TRIPS["trips_listed"][1]
    page.fill("#date", day)
    page.fill("#number", number)
    with page.expect_navigation(wait_until="load"):
        page.press("#number", "Enter")
    assert "A confirmed case travelled on this trip" == page.inner_text("#result")


def test_a_mistake_leads_to_its_row(page_of, service):
    page = page_of()
    lead_to_trip(page, service.url, "trips_mistakes", "en")
    page.click("text=Trip 2: The service knows trips from 2019 on")
    page.wait_for_url("**#date_2")


@pytest.mark.parametrize("width", [320, 360, 390])
def test_the_heading_of_a_trip_breaks_before_its_day_not_within(page_of, service, width):
    page = page_of(width=width)
    lead_to_trip(page, service.url, "trips_listed", "en")
    assert [1, 1, 1] == page.locator("h2 .gauge-trip__day").evaluate_all(LINES)
