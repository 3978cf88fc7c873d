"""A citizen's way through the pages, in a real browser."""

import re

import pytest

from tests.browser.accessibility import violations

STATES = ["home", "form", "privacy", "forged", "mistakes", "close", "general", "unlisted"]
FAMILY = ["family_form", "family_mistakes", "family"]
CORRECTIONS = ["correction_" + state for state in ("mistakes", "receipt", "state", "unknown")]
TRIP = [
    "trip_form",
    "trip_ambiguous",
    "trip_plate",
    "trip_listed",
    "trip_held",
    "trip_unknown",
    "trip_today",
    "trips_listed",
    "trips_mistakes",
]
WATCH = ["watch_receipt", "watch_mistake", "watch_stop"]
MORE_STATES = [
    "incomplete",
    *("about", "places", "share"),
    *FAMILY,
    *TRIP,
    *WATCH,
    "cannot_answer",
    "limited",
    "busy",
    *CORRECTIONS,
]
LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
RESULT = {
    ("close", "zh-Hans"): "您被列为密切接触者",
    ("close", "zh-Hant"): "您被列為密切接觸者",
    ("close", "en"): "You are listed as a close contact",
    ("unlisted", "zh-Hans"): "未查到同行记录",
    ("unlisted", "zh-Hant"): "未查到同行紀錄",
    ("unlisted", "en"): "No record of a shared trip",
}
WIDE = """() => {
  const page = document.documentElement;
  const spilt = [...document.querySelectorAll('body *')].filter((element) =>
    element.getBoundingClientRect().right > page.clientWidth + 1
    && !element.closest('.govuk-visually-hidden')
    && getComputedStyle(element).position !== 'absolute');
  return [page.scrollWidth - page.clientWidth, spilt.map((e) => e.outerHTML.slice(0, 80))];
}"""
UNFOLD = "(all) => all.forEach((one) => (one.open = true))"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["close", "unlisted"])
def test_the_form_is_answered_without_javascript_in_each_language(page_of, show, state, language):
    page = page_of()
    show(page, state, language)
    assert RESULT[state, language] == page.inner_text("#result")
    assert language == page.get_attribute("html", "lang")


def test_the_start_page_leads_to_the_answer_by_keyboard_alone(page_of, service, people):
    page = page_of(width=1280)
    page.goto(f"{service.url}/?lang=en")
    page.keyboard.press("Tab")
    assert "Skip to the content" == page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check?lang=en")
    page.focus("#id_number")
    page.keyboard.type(people.general.id_number.lower())
    page.keyboard.press("Tab")
    page.keyboard.type(people.general.name.upper())
    page.keyboard.press("Enter")
    assert "You are listed" in page.inner_text("#result")


def test_a_trip_that_was_meant_is_one_tap_away(page_of, show):
    page = page_of()
    show(page, "trip_unknown", "en")
    with page.expect_navigation(wait_until="load"):
        page.click("button:has-text('G1234')")
    assert "A confirmed case travelled on this trip" == page.inner_text("#result")
    assert "number" not in page.url


def test_a_person_who_is_not_found_is_led_to_the_trips(page_of, show):
    page = page_of()
    show(page, "unlisted", "en")
    page.click("text=Look up your trips too")
    page.wait_for_selector("#number")


def test_what_was_typed_can_be_corrected(page_of, show, people):
    page = page_of()
    show(page, "unlisted", "en")
    page.get_by_role("button", name="Change", exact=True).click()
    assert people.unlisted.name == page.input_value("#name")
    page.fill("#name", "白鹭未")
    with page.expect_navigation(wait_until="load"):
        page.click("main form button")
    assert "白鹭未" in page.inner_text(".gauge-echo")


def test_a_second_name_is_entered_without_javascript_and_can_be_corrected(page_of, service, people):
    page = page_of()
    both = people.general.with_han_name("安娜")
    page.goto(f"{service.url}/check?lang=en")
    page.get_by_label("Document number").fill(both.id_number)
    page.get_by_label("Name", exact=True).fill(both.name)
    page.click("text=in Chinese characters and in Latin letters")
    page.get_by_label("The other name").fill(both.name_latin)
    with page.expect_navigation(wait_until="load"):
        page.click("main form button")
    assert "You are listed" in page.inner_text("#result")
    assert both.name_latin in page.inner_text(".gauge-echo")
    page.get_by_role("button", name="Change", exact=True).click()
    assert both.name_latin == page.input_value("#name_latin")


def test_the_field_of_a_name_that_is_needed_is_named_with_its_hint(page_of, service, people):
    page = page_of()
    page.goto(f"{service.url}/check?lang=en")
    page.fill("#id_number", people.general.id_number)
    page.fill("#name", "安娜")
    page.click("main form button")
    page.click(".govuk-error-summary a")
    page.wait_for_url("**#name_latin")
    described = page.get_attribute("#name_latin", "aria-describedby").split()
    assert {"name_latin-hint", "name_latin-error"} == set(described)


def test_an_error_leads_to_its_field(page_of, show):
    page = page_of()
    show(page, "mistakes", "en")
    page.click(".govuk-error-summary a")
    page.wait_for_url("**#id_number")
    assert "id_number" == page.locator(":focus").get_attribute("id")
    described = page.get_attribute("#id_number", "aria-describedby").split()
    assert "id_number-error" in described


def test_changing_the_language_stays_on_the_page(page_of, show):
    page = page_of()
    show(page, "form", "zh-Hans")
    page.click(".gauge-choices summary")
    with page.expect_navigation(wait_until="load"):
        page.click("text=English")
    assert "Check a document" == page.inner_text("h1")


def test_no_page_asks_another_host_or_sets_a_cookie(page_of, service, show):
    page = page_of()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for state in STATES:
        show(page, state, "zh-Hans")
    assert [] == [url for url in asked if not url.startswith(service.url)]
    assert [] == page.context.cookies()


def test_the_browser_refuses_nothing_of_our_own_policy(page_of, show):
    page = page_of(java_script_enabled=True)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for state in ["home", "form", "close"]:
        show(page, state, "en")
    assert [] == complaints


@pytest.mark.parametrize("state", [*STATES, *MORE_STATES])
def test_axe_finds_no_violation(page_of, show, state):
    page = page_of(java_script_enabled=True)
    show(page, state, "zh-Hans")
    assert [] == violations(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [*STATES, *MORE_STATES])
def test_nothing_spills_at_320_pixels_with_the_largest_text(page_of, show, state, language):
    page = page_of(width=320, java_script_enabled=True, bypass_csp=True)
    show(page, state, language)
    page.add_style_tag(content="html { font-size: 200% !important }")
    page.eval_on_selector_all("details", UNFOLD)
    assert [0, []] == page.evaluate(WIDE)


def test_text_grows_with_the_reader_setting(page_of, show):
    page = page_of(java_script_enabled=True, bypass_csp=True)
    show(page, "form", "zh-Hans")
    size = "getComputedStyle(document.querySelector('.govuk-label')).fontSize"
    before = float(page.evaluate(size).removesuffix("px"))
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert 2 * before == pytest.approx(float(page.evaluate(size).removesuffix("px")))


def test_dark_mode_is_dark_and_print_is_not(page_of, show):
    page = page_of(scheme="dark", java_script_enabled=True)
    show(page, "close", "en")
    background = "getComputedStyle(document.body).backgroundColor"
    channels = [int(number) for number in re.findall(r"\d+", page.evaluate(background))[:3]]
    assert max(channels) < 64
    page.emulate_media(media="print", color_scheme="dark")
    text = page.evaluate("getComputedStyle(document.querySelector('main p')).color")
    assert max(int(number) for number in re.findall(r"\d+", text)[:3]) < 64


def test_every_target_is_large_enough_for_a_finger(page_of, show):
    page = page_of(java_script_enabled=True)
    show(page, "form", "zh-Hans")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .gauge-header a, label, input[type=text]')]
        .filter((e) => e.getClientRects().length && !e.matches('.govuk-visually-hidden'))
        .filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.outerHTML)"""
    )
    assert [] == small


def test_the_first_view_is_light(page_of, service):
    page = page_of()
    sizes = []
    page.on("requestfinished", lambda each: sizes.append(each.sizes()["responseBodySize"]))
    page.goto(f"{service.url}/check", wait_until="networkidle")
    assert 10_000 < sum(sizes) < 30_000


def test_a_form_is_sent_once_however_often_its_button_is_pressed(page_of, service, people):
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/check?lang=en")
    page.evaluate(
        """() => {
          window.sent = 0;
          const form = document.querySelector('main form');
          form.addEventListener('submit', (event) => {
            if (!event.defaultPrevented) window.sent += 1;
            event.preventDefault();
          });
        }"""
    )
    for _ in range(3):
        page.click("main form button")
    assert 1 == page.evaluate("window.sent")


def test_what_is_folded_away_on_a_screen_is_printed(page_of, show):
    page = page_of()
    show(page, "unlisted", "en")
    assert not page.is_visible("text=示例铁路")
    page.emulate_media(media="print")
    assert page.locator(".gauge-coverage").bounding_box()["height"] > 50
    assert not page.is_visible("main button")
