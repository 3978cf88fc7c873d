"""The header: one slim line in every language, and a menu of the languages that opens by itself."""

import pytest

from app.languages import languages
from tests.browser.test_citizen import WIDE

SLIM_PX = 56
PHONES_PX = (320, 360)


@pytest.fixture
def home_page(page_of, service):
    """Open the start page in a language, without JavaScript."""

    def show(language, width, **options):
        page = page_of(width=width, **options)
        page.goto(f"{service.url}/?lang={language}")
        return page

    return show


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", PHONES_PX)
def test_the_header_is_one_slim_line(home_page, language, width):
    page = home_page(language, width)
    assert page.locator(".gauge-header__inner").bounding_box()["height"] <= SLIM_PX


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_the_menu_holds_every_language_within_the_screen(home_page, language, size):
    page = home_page(language, 320, java_script_enabled=True, bypass_csp=True)
    page.add_style_tag(content=f"html {{ font-size: {size} !important }}")
    assert not page.locator(".gauge-choices li").first.is_visible()
    page.click(".gauge-choices summary")
    names = page.locator(".gauge-choices li")
    assert len(languages()) == names.count()
    for name in names.all():
        box = name.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["height"] >= 24
    assert [0, []] == page.evaluate(WIDE)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_so_does_the_menu_of_an_answer_which_has_no_other_choice_beside_it(
    page_of, show, language, size
):
    page = page_of(width=320, java_script_enabled=True, bypass_csp=True)
    show(page, "close", language)
    page.add_style_tag(content=f"html {{ font-size: {size} !important }}")
    page.click(".gauge-choices summary")
    assert [0, []] == page.evaluate(WIDE)
    assert all(name.bounding_box()["x"] >= 0 for name in page.locator(".gauge-choices li").all())


def test_a_language_is_chosen_by_keyboard_alone(home_page):
    page = home_page("zh-Hans", 360)
    page.focus(".gauge-choices summary")
    page.keyboard.press("Enter")
    page.focus(".gauge-choices a[hreflang=ko]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "ko" == page.get_attribute("html", "lang")


@pytest.mark.parametrize("language", languages())
def test_the_present_language_is_named_to_whoever_does_not_see_it(home_page, language):
    page = home_page(language, 360)
    name = page.text_content(".gauge-choices [aria-current]")
    assert name in page.text_content(".gauge-choices summary")
