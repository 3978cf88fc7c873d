"""Phone verification in a real browser."""

import re

import pytest

from tests.browser.accessibility import violations

STATES = ["phone", "phone_mistake", "phone_code", "phone_wrong_code"]
SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_code_from_the_message_leads_to_the_answer_without_javascript(
    page_of, phone_service, patient_sms_gateway, people
):
    page = page_of()
    page.goto(f"{phone_service.url}/check?lang=en")
    page.fill("#phone", "+86 199 0000 0009")
    page.click("main form button")
    message = patient_sms_gateway.received[-1][1]["text"]
    page.fill("#code", re.search("[0-9]{6}", message)[0])
    page.click("main form button")
    page.fill("#id_number", people.close.id_number)
    page.fill("#name", people.close.name)
    page.click("main form button:not([value])")
    assert "You are listed" in page.inner_text("#result")


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(page_of, verify_phone, state):
    page = page_of(java_script_enabled=True)
    verify_phone(page, state, "zh-Hans")
    assert [] == violations(page)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_spills_at_320_pixels_with_the_largest_text(page_of, verify_phone, state, language):
    page = page_of(width=320, java_script_enabled=True, bypass_csp=True)
    verify_phone(page, state, language)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert 0 == page.evaluate(SPILL)
