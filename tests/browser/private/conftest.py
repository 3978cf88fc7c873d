"""Private checks of a service whose index has buckets."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.fixture
def type_in(people) -> Callable[[Page, str], None]:
    """Type one of the invented people into the form."""

    def type_person(page: Page, who: str, suffix: str = "") -> None:
        person = getattr(people, who)
        page.fill(f"#id_number{suffix}", person.id_number)
        page.fill(f"#name{suffix}", person.name)

    return type_person


@pytest.fixture
def private_page(page_of, private_service) -> Callable[..., Page]:
    """Open the form in a browser that checks privately."""

    def open_page(language: str = "en", **options: object) -> Page:
        page = page_of(java_script_enabled=True, **options)
        page.goto(f"{private_service.url}/check?lang={language}")
        page.wait_for_selector("[data-check-here]:enabled")
        page.wait_for_load_state("networkidle")  # the other styles come behind everything
        return page

    return open_page


@pytest.fixture
def check_here(type_in) -> Callable[[Page, str], None]:
    """Check one of the invented people privately, and wait for what is told."""

    def check(page: Page, who: str) -> None:
        type_in(page, who)
        page.click("[data-check-here]")
        page.wait_for_selector(".gauge-result")

    return check
