"""Nothing moves while a page comes, however slowly and wherever the browser paints in between."""

import pytest

from tests.fixtures.slow_pages import slow_pages_of

BUTTON = "[data-check-here]:enabled"
SHIFT_MAX = (
    0.0005  # of the least unit that browsers report; a fold's mark, half come, moves 0.00001
)
OBSERVE = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput) shifts.push([value, sources.map(({ node }) => node && node.className)]);
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def watched_page(page_of):
    """A page on a phone that counts what moves on it."""
    page = page_of(java_script_enabled=True)
    page.add_init_script(OBSERVE)
    return page


@pytest.fixture(scope="module")
def slow_url(service):
    with slow_pages_of(service.url) as url:
        yield url


def large_shifts(page):
    """Return what moved, once another frame was painted after the page had come."""
    page.wait_for_load_state("load")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    return [shift for shift in page.evaluate("shifts") if shift[0] >= SHIFT_MAX]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("path", ["/", "/check", "/trips", "/privacy", "/share"])
def test_nothing_moves_on_a_page_that_comes_element_by_element(
    watched_page, slow_url, path, language
):
    watched_page.goto(f"{slow_url}{path}?lang={language}")
    assert [] == large_shifts(watched_page)


def test_nothing_moves_on_an_answer_that_comes_element_by_element(watched_page, slow_url, people):
    watched_page.goto(f"{slow_url}/check?lang=en")
    watched_page.fill("#id_number", people.close.id_number)
    watched_page.fill("#name", people.close.name)
    with watched_page.expect_navigation(wait_until="load"):
        watched_page.click("main form button:not([value])")
    assert watched_page.is_visible("#result")
    assert [] == large_shifts(watched_page)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_nothing_moves_when_a_private_check_is_ready(watched_page, private_service, language):
    with slow_pages_of(private_service.url) as url:
        watched_page.goto(f"{url}/check?lang={language}")
        watched_page.wait_for_selector(BUTTON)
        assert [] == large_shifts(watched_page)
    assert watched_page.is_visible("[data-ready]")


def test_what_moves_is_found(watched_page, slow_url):
    """The measure itself: a line that comes in above moves what is there."""
    watched_page.goto(f"{slow_url}/privacy?lang=en")
    watched_page.evaluate("document.querySelector('main').prepend('A line.')")
    assert [] != large_shifts(watched_page)
