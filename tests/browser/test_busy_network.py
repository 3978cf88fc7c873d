"""A network past its free checks: answered after a calculation, or a wait without JavaScript."""

import pytest

from tests.fixtures.patience import wait_until


@pytest.fixture(scope="session")
def soon_busy_service(start_session_service, published):
    """A service whose network is busy after one check, with the proofs and waits of production."""
    return start_session_service(published, {"GAUGE_NETWORK_CHECKS": "1"})


def ask_at(page, url, person):
    page.goto(f"{url}/check?lang=en")
    page.fill("#id_number", person.id_number)
    page.fill("#name", person.name)
    with page.expect_navigation(wait_until="load"):
        page.click("main form button:not([value])")


def ask_to_the_end_at(page, url, person):
    """Ask until the answer: where another test took the free check, after a calculation."""
    ask_at(page, url, person)
    page.wait_for_selector("#result")


@pytest.mark.parametrize("worker", ["with a worker", "without workers"])
def test_a_busy_network_is_answered_after_a_calculation_without_a_click(
    page_of, soon_busy_service, people, worker
):
    page = page_of(java_script_enabled=True)
    if worker == "without workers":
        page.add_init_script("delete window.Worker")
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for _ in range(2):
        ask_to_the_end_at(page, soon_busy_service.url, people.close)
    assert "You are listed" in page.inner_text("#result")
    assert [] == [text for text in complaints if "429" not in text]


def test_a_busy_network_is_answered_after_a_wait_where_there_is_no_javascript(
    page_of, start_service, published, people
):
    quick = {"GAUGE_NETWORK_CHECKS": "1", "GAUGE_WAIT_SECONDS": "1"}
    url = start_service(published, quick).url
    page = page_of()
    for _ in range(2):
        ask_at(page, url, people.close)
    assert "Wait" in page.inner_text("main form")

    def pressed():  # too soon costs nothing
        with page.expect_navigation(wait_until="load"):
            page.click("main form button")
        return page.locator("#result").count()

    wait_until(pressed)
    assert "You are listed" in page.inner_text("#result")


def ask_for_two_at(page, url, *people):
    """Ask by the plain way, whose form gets a second person by its button."""
    page.goto(f"{url}/check?lang=en")
    for place, person in enumerate(people, start=1):
        suffix = "" if place == 1 else f"_{place}"
        if suffix:
            with page.expect_navigation(wait_until="load"):
                page.click("main form button[value=add]")
        page.fill(f"#id_number{suffix}", person.id_number)
        page.fill(f"#name{suffix}", person.name)
    with page.expect_navigation(wait_until="load"):
        page.click("main form button:not([value])")


def test_a_household_on_a_busy_network_is_answered_after_one_calculation(
    page_of, soon_busy_service, people
):
    page = page_of(java_script_enabled=True)
    ask_to_the_end_at(page, soon_busy_service.url, people.close)
    ask_for_two_at(page, soon_busy_service.url, people.unlisted, people.close)
    page.wait_for_selector("#result-2")
    assert "Listed as a close contact" in page.inner_text("#result-2")
