"""The reference of the API, in a real browser."""

import pytest

from tests.browser.accessibility import violations
from tests.browser.test_citizen import WIDE


@pytest.fixture
def open_reference(service):
    return lambda page, language="zh-Hans": page.goto(f"{service.url}/api/docs?lang={language}")


def test_axe_finds_no_violation(page_of, open_reference):
    page = page_of(java_script_enabled=True)
    open_reference(page)
    assert [] == violations(page)


def test_nothing_spills_at_320_pixels_with_the_largest_text(page_of, open_reference):
    page = page_of(width=320, java_script_enabled=True, bypass_csp=True)
    open_reference(page)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert [0, []] == page.evaluate(WIDE)


def test_the_policy_refuses_nothing_and_nobody_else_is_asked(page_of, open_reference, service):
    page = page_of(java_script_enabled=True)
    complaints, addresses = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: addresses.append(request.url))
    open_reference(page)
    assert [] == complaints
    assert [] == [one for one in addresses if not one.startswith(service.url)]


def test_an_operation_is_reached_and_read_without_javascript(page_of, open_reference):
    page = page_of()
    open_reference(page, "en")
    page.click("text=Send in a list of people")
    page.wait_for_url("**#bulk_jobs_api_create_job")
    assert "text/csv" in page.inner_text("section[aria-labelledby=bulk_jobs_api_create_job]")
