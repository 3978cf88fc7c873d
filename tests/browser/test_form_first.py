"""The form on the smallest phones: number and name first, the rest folded."""

import pytest

from app.languages import languages
from tests.browser.document_fields import choose_kind

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
SMALL_PHONE = {"width": 360, "height": 640}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_number_and_name_are_on_the_first_screen(page_of, service, language, scripts):
    page = page_of(java_script_enabled=scripts)
    page.set_viewport_size(SMALL_PHONE)
    page.goto(f"{service.url}/check?lang={language}")
    for field in ("#id_number", "#name"):
        box = page.locator(field).bounding_box()
        assert box["y"] + box["height"] <= SMALL_PHONE["height"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("pixels", "choice"), [(32, ""), (24, "&text=large")])
def test_with_the_largest_text_the_number_begins_on_the_first_screen(
    page_of, service, language, pixels, choice
):
    page = page_of(width=320, java_script_enabled=True)
    set_text_size(page, pixels)
    page.goto(f"{service.url}/check?lang={language}{choice}")
    root = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert {32: "32px", 24: "33px"}[pixels] == root
    assert page.locator("#id_number").bounding_box()["y"] < SMALL_PHONE["height"]
    assert 0 == page.evaluate("document.documentElement.scrollWidth - innerWidth")


def set_text_size(page, pixels):
    """Choose a size as a reader does in the browser's settings, which queries of media know."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})


def test_the_fields_of_a_family_are_there_where_the_styles_come_behind_the_words(
    page_of, service, people
):
    """As on a slow network: beside a container's width, once asked for, they had no box."""
    page = page_of()
    page.goto(f"{service.url}/check?lang=en")
    page.fill("#id_number", people.close.id_number)
    page.fill("#name", people.close.name)
    held = []
    page.route("**/main.*.css", lambda route: held.insert(0, route))
    with page.expect_request("**/main.*.css"):
        page.click("button[value=add]", no_wait_after=True)
    page.locator("footer").wait_for()
    held.pop().continue_()
    page.wait_for_load_state("load")
    for field in ("#id_number", "#name", "#id_number_2", "#name_2"):
        assert page.is_visible(field)


def test_the_second_name_is_offered_by_the_number(page_of, service, people):
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/check?lang=en")
    other = page.locator("[data-other-name]")
    assert other.is_visible()
    for number, visible, unfolded in (
        (people.close.id_number, False, False),
        (people.general.id_number, True, False),
        ("H01234567", True, True),
    ):
        page.fill("#id_number", number)
        page.press("#id_number", "Tab")
        assert (visible, unfolded) == (other.is_visible(), page.locator("#name_latin").is_visible())


def test_a_second_name_that_was_typed_is_never_hidden(page_of, service, people):
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/check?lang=en")
    page.click("[data-other-name] summary")
    page.fill("#name_latin", "Shu Xiaoman")
    page.fill("#id_number", people.close.id_number)
    page.press("#id_number", "Tab")
    assert page.locator("#name_latin").is_visible()


def test_a_kind_is_chosen_without_scripts_and_stays_unfolded(page_of, service, people):
    page = page_of()
    page.goto(f"{service.url}/check?lang=en")
    assert not page.locator("input[name=id_type]").first.is_visible()
    choose_kind(page, "resident")
    page.fill("#id_number", people.general.id_number)
    page.fill("#name", "安娜")
    with page.expect_navigation(wait_until="load"):
        page.click("main form button:not([value])")
    assert page.locator("input[value=resident]").is_checked()
    assert page.locator("input[value=resident]").is_visible()
