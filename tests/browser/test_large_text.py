"""Large text, chosen by a link: no JavaScript, no cookie, to the answer, and nothing spills."""

import pytest

from tests.browser.accessibility import violations
from tests.browser.conftest import PATHS
from tests.browser.test_citizen import LANGUAGES, WIDE

LINK = {"zh-Hans": "大字版", "zh-Hant": "大字版", "en": "Large text"}
BACK = {"zh-Hans": "标准字号", "zh-Hant": "標準字級", "en": "Standard text"}
GROWTH = 1.375
SIZES = """() => ['main p', 'main .govuk-button', '#id_number']
  .map((one) => document.querySelector(one)).filter(Boolean)
  .map((one) => parseFloat(getComputedStyle(one).fontSize))"""


def click(page, selector):
    with page.expect_navigation(wait_until="load"):
        page.click(selector)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choice_on_the_start_page_holds_to_the_answer(page_of, service, people, language):
    page = page_of(width=360)
    page.goto(f"{service.url}/?lang={language}")
    click(page, f"text={LINK[language]}")
    click(page, "main .govuk-button")
    assert "gauge-large" in page.get_attribute("html", "class")
    page.fill("#id_number", people.close.id_number)
    page.fill("#name", people.close.name)
    click(page, "main form button:not([value])")
    assert "gauge-large" in page.get_attribute("html", "class")
    assert page.is_visible(".gauge-result, .gauge-verdict")
    assert [] == page.context.cookies()
    assert language == page.get_attribute("html", "lang")


@pytest.mark.parametrize("path", ["/", "/check", "/trips"])
def test_text_and_controls_grow_and_shrink_again(page_of, service, path):
    page = page_of()
    page.goto(f"{service.url}{path}?lang=en")
    before = page.evaluate(SIZES)
    click(page, f"text={LINK['en']}")
    assert [pytest.approx(GROWTH * size) for size in before] == page.evaluate(SIZES)
    click(page, f"text={BACK['en']}")
    assert before == page.evaluate(SIZES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*PATHS.values(), "/trips", "/corrections/new"])
def test_nothing_spills_at_320_pixels(page_of, service, path, language):
    page = page_of(width=320)
    page.goto(f"{service.url}{path}?lang={language}&text=large")
    assert [0, []] == page.evaluate(WIDE)


@pytest.mark.parametrize("path", ["/", "/check", "/places"])
def test_axe_finds_no_violation(page_of, service, path):
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}{path}?lang=zh-Hans&text=large")
    assert [] == violations(page)
