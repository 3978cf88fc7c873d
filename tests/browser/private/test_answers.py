"""What the browser finds by itself is what the service would have said, word for word."""

import re
from datetime import UTC, datetime, timedelta

import pytest

PEOPLE = ["close", "general", "nameless", "unlisted", "wrong_name"]
# text as one reads it, and the elements around it but for what sends a form or needs a script
SHAPE = """() => [...document.querySelectorAll('main *')]
  .filter((e) => !e.closest(SENDS) && !e.querySelector(SENDS))
  .map((e) => `${e.tagName} ${e.className} ${e.id}`.trim())""".replace(
    "SENDS", "'form, button, template, a[href*=corrections], [data-with-script]'"
)
WITHOUT_SCRIPT = "document.querySelector('[data-with-script]').hidden = true"


def answer_text(page):
    """The text less the minute of the check, which may be another one, and what needs a script."""
    page.evaluate(WITHOUT_SCRIPT)
    return re.sub(r"\d\d:\d\d", "", re.sub(r"\s+", " ", page.inner_text("main")))


def plain_page(page_of, private_service, language, fill):
    page = page_of()
    page.goto(f"{private_service.url}/check?lang={language}")
    fill(page)
    with page.expect_navigation(wait_until="load"):
        page.click("main noscript button >> nth=0")
    return page


@pytest.mark.parametrize(
    ("who", "language"),
    [*((who, "en") for who in PEOPLE), ("close", "zh-Hans"), ("unlisted", "zh-Hant")],
)
def test_the_private_answer_is_the_plain_one(
    page_of, private_service, private_page, check_here, type_in, who, language
):
    page = private_page(language)
    check_here(page, who)
    plain = plain_page(page_of, private_service, language, lambda p: type_in(p, who))
    assert answer_text(plain) == answer_text(page)
    assert plain.evaluate(SHAPE) == page.evaluate(SHAPE)
    assert plain.title() == page.title()


def test_a_household_is_answered_on_one_page(private_page, type_in, people):
    page = private_page()
    type_in(page, "close")
    page.click("[data-add]")
    type_in(page, "unlisted", "_2")
    page.click("[data-add]")
    page.click("[data-check-here]")
    page.wait_for_selector("#overview")
    assert "Listed as a contact: 1 of 2 entries" == page.inner_text("h1")
    assert "Listed as a contact: 1 of 2 entries – Contact Gauge" == page.title()
    assert f"Person 2 · {people.unlisted.name}" == page.inner_text("#person-2")
    assert "No record of a shared trip" == page.inner_text("#result-2")


def test_six_people_are_the_most(private_page):
    page = private_page()
    for _ in range(5):
        page.click("[data-add]")
    assert page.is_hidden("[data-add]")
    assert 6 == page.locator(".gauge-person").count()


def test_the_focus_moves_to_the_answer(private_page, check_here):
    page = private_page()
    check_here(page, "unlisted")
    assert "H1" == page.evaluate("document.activeElement.tagName")
    assert "No record of a shared trip – Contact Gauge" == page.title()


def test_what_was_typed_can_be_corrected_without_leaving_the_browser(
    private_page, check_here, people
):
    page = private_page()
    check_here(page, "unlisted")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("button", name="Change", exact=True).click()
    page.wait_for_selector("#name")
    assert people.unlisted.name == page.input_value("#name")
    check_here(page, "close")
    assert "You are listed" in page.inner_text("#result")
    assert [] == [url for url in sent if "/check" in url]


def test_a_mistake_is_told_as_the_service_tells_it(page_of, private_service, private_page):
    def mistaken(page):
        page.fill("#id_number", "990000198001011230")
        page.fill("#name", "12")

    page = private_page()
    mistaken(page)
    page.click("[data-check-here]")
    assert page.evaluate("document.activeElement.matches('.govuk-error-summary')")
    plain = plain_page(page_of, private_service, "en", mistaken)
    words = ".govuk-error-summary, .govuk-error-message"
    assert plain.locator(words).all_inner_texts() == page.locator(words).all_inner_texts()
    page.click(".govuk-error-summary a >> nth=0")
    assert "id_number" == page.evaluate("document.activeElement.id")
    described = page.get_attribute("#id_number", "aria-describedby").split()
    assert "id_number-error" in described
    assert page.locator("#id_number-error").count() == 1
    assert "990000198001011230" == page.input_value("#id_number")


def test_mistakes_go_away_once_corrected(private_page, check_here):
    page = private_page()
    page.click("[data-check-here]")
    assert page.is_visible(".govuk-error-summary")
    check_here(page, "unlisted")
    page.get_by_role("button", name="Change", exact=True).click()
    page.wait_for_selector("#name")
    assert 0 == page.locator(".govuk-error-summary, .govuk-error-message").count()


def test_links_within_the_answers_leave_them_there(private_page, type_in, people):
    page = private_page()
    type_in(page, "close")
    page.click("[data-add]")
    type_in(page, "unlisted", "_2")
    page.click("[data-check-here]")
    page.click(f"#overview ~ ol a:has-text('{people.unlisted.name}')")
    page.wait_for_url("**#person-2")
    assert page.is_visible("#result-2")
    page.get_by_role("button", name="Change", exact=True).click()
    page.wait_for_selector("#name_2")
    assert people.unlisted.name == page.input_value("#name_2")


def test_a_phone_that_slept_tells_the_time_of_the_check(page_of, private_service, check_here):
    """Its clock of the page stands still meanwhile: the page came yesterday, a second ago."""
    page = page_of(java_script_enabled=True)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()

    def came_yesterday(route):
        text = re.sub(r'data-now="[^"]*"', f'data-now="{yesterday}"', route.fetch().text())
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route("**/check?lang=en", came_yesterday)
    page.goto(f"{private_service.url}/check?lang=en")
    check_here(page, "close")
    told = page.get_attribute("[data-ask-again]", "data-ask-again")
    answered = datetime.now(UTC)
    days = {(day + timedelta(days=1)).date() for day in (answered, answered + timedelta(hours=8))}
    assert datetime.fromisoformat(told).date() in days
