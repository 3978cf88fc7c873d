"""Somebody types at a kiosk, and leaves nothing to whoever comes next."""

import pytest

from tests.fixtures.people import UNLISTED

CHECKS = "**/api/v1/kiosk/checks"
SIZES = ((1280, 800), (800, 1280), (390, 844))
TOO_SMALL = """() => [...document.querySelectorAll('button, input, p, label, h1')]
  .filter((one) => one.getBoundingClientRect().width > 1)
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 24
    || (one.matches('button, input') && one.getBoundingClientRect().height < 64))
  .map((one) => one.outerHTML.slice(0, 80))"""


def type_details(tab, person=UNLISTED):
    tab.press("details")
    tab.page.check(f"[data-choice={person.id_type}]")
    for name in ("id_number", "name"):
        tab.page.fill(f"[data-field={name}]", getattr(person, name))


def test_a_temperature_typed_while_a_person_is_looked_up_is_taken(tab):
    waiting = []
    tab.page.route(CHECKS, lambda route: waiting.append(route))  # noqa: PLW0108
    type_details(tab)
    tab.press("send")
    tab.wait_for("temperature")
    tab.page.keyboard.type("36")
    with tab.page.expect_response(CHECKS):
        waiting.pop().continue_()
    tab.page.keyboard.type(".5")
    tab.page.keyboard.press("Enter")
    tab.press("no-symptoms")
    assert "come_in" == tab.word()


@pytest.mark.parametrize("leave", ["Escape", "reload", "back"])
def test_nothing_that_was_typed_is_left(tab, leave):
    type_details(tab)
    match leave:
        case "Escape":
            tab.page.keyboard.press("Escape")
        case "reload":
            tab.page.reload()
        case "back":
            tab.page.goto(f"{tab.door.url}/visit")
            tab.page.go_back()
    tab.wait_for("ready")
    tab.press("details")
    assert "" == tab.page.input_value("[data-field=id_number]")
    assert UNLISTED.name not in tab.page.content()


def test_a_language_goes_with_the_person_who_chose_it(tab):
    tab.press("language-zh-Hant")
    assert "zh-Hant" == tab.page.get_attribute("html", "lang")
    tab.pass_by(tab.door.badges["come_in"])
    assert "en" == tab.page.get_attribute("html", "lang")


def test_a_details_form_keeps_what_was_typed_in_another_language(tab):
    type_details(tab)
    tab.press("language-zh-Hans")
    assert UNLISTED.name == tab.page.input_value("[data-field=name]")
    assert UNLISTED.id_type == tab.page.get_attribute("[data-choice]:checked", "value")


def test_everything_is_large_enough_for_gloves_and_an_arms_length(tab):
    tab.wedge(tab.door.badges["come_in"])
    tab.wait_for("temperature")
    for width, height in SIZES:
        tab.page.set_viewport_size({"width": width, "height": height})
        assert [] == tab.page.evaluate(TOO_SMALL)
        assert 0 == tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")
