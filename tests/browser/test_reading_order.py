"""What a screen reader reads and a keyboard reaches, and in which order."""

from itertools import pairwise

import pytest

HEADINGS = (
    """() => [...document.querySelectorAll('h1, h2, h3, h4, h5')].map((e) => +e.tagName[1])"""
)
STATES = [
    *["home", "form", "privacy", "forged", "mistakes", "close", "general", "unlisted"],
    *["incomplete", "family_form", "family_mistakes", "family", "cannot_answer", "limited"],
    *["trip_form", "trip_listed", "trip_unknown", "correction_receipt"],
]


@pytest.mark.parametrize("state", STATES)
def test_headings_begin_with_one_first_and_skip_no_level(page_of, show, state):
    page = page_of(java_script_enabled=True)
    show(page, state, "en")
    levels = page.evaluate(HEADINGS)
    start = levels.index(1)  # an error summary stands before it
    assert 1 == levels.count(1)
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels[start:]))


def test_the_form_is_read_in_the_order_of_its_labels(page_of, show):
    page = page_of(java_script_enabled=True)
    show(page, "form", "en")
    tree = page.locator("form").aria_snapshot()
    places = [
        tree.index(words)
        for words in (
            'textbox "Document number"',
            'textbox "Name"',
            "The document shows the name in Chinese characters and in Latin letters",
            "Another kind of document",
            'button "Check"',
            'button "Add a person of your family"',
        )
    ]
    assert sorted(places) == places


def test_the_answer_is_read_result_first_then_what_to_do_then_why(page_of, show):
    page = page_of(java_script_enabled=True)
    show(page, "close", "en")
    tree = page.locator("main").aria_snapshot()
    places = [
        tree.index(words)
        for words in (
            'region "You are listed as a close contact"',
            'heading "You are listed as a close contact" [level=1]',
            'link "Call 12320 示例市疾病预防控制中心"',
            'heading "What to do now" [level=2]',
            "Stay at home for now",
            'heading "Why you are listed" [level=2]',
            'region "22 January 2020 · Train G1234 · carriage 8"',
            "You were in the same carriage as the case",
            "The rule, and who reported the trip",
            'region "You entered"',
            "Data up to",
            "The data behind this answer",
        )
    ]
    assert sorted(places) == places


def test_every_person_of_a_household_is_a_region_of_its_own(page_of, show, people):
    page = page_of(java_script_enabled=True)
    show(page, "family", "en")
    tree = page.locator("main").aria_snapshot()
    for place, who in enumerate((people.unlisted, people.close, people.general), start=1):
        assert f'region "Person {place} · {who.name}"' in tree
    assert tree.index("Listed as a contact: 2 of 3 entries") < tree.index('region "Person 1')


@pytest.mark.parametrize("state", ["mistakes", "family_mistakes"])
def test_the_focus_is_on_the_summary_of_mistakes_which_is_an_alert(page_of, show, state):
    page = page_of(java_script_enabled=True)
    show(page, state, "en")
    focused = page.locator(":focus")
    assert "govuk-error-summary" in focused.get_attribute("class")
    assert 1 == focused.locator("[role=alert]").count()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("input:focus").get_attribute("id").startswith(("id_number", "name"))


def test_a_mistake_is_read_with_its_field(page_of, show):
    page = page_of(java_script_enabled=True)
    show(page, "family_mistakes", "en")
    tree = page.locator("form").aria_snapshot()
    assert 'group "Person 2"' in tree
    described = page.get_attribute("#name_2", "aria-describedby").split()
    assert "name_2-error" in described


def test_adding_a_person_leads_to_the_new_row(page_of, service):
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/check?lang=en")
    with page.expect_navigation(wait_until="load"):
        page.click("button[value=add]")
    assert page.url.endswith("/check?lang=en#person-2")
    page.keyboard.press("Tab")
    assert "id_number_2" == page.locator(":focus").get_attribute("name")


def test_enter_in_a_field_checks_and_adds_nobody(page_of, service, people):
    page = page_of()
    page.goto(f"{service.url}/check?lang=en")
    page.fill("#id_number", people.close.id_number)
    page.fill("#name", people.close.name)
    page.keyboard.press("Enter")
    page.wait_for_selector("#result")
