"""The counter in a real browser: a clerk, one person after the other, and the printed sheet."""

import contextlib
import os
import re
import subprocess
import urllib.parse
import urllib.request

import pyotp
import pytest
from playwright.sync_api import Error

from tests.browser.accessibility import violations
from tests.browser.test_citizen import LANGUAGES, WIDE
from tests.fixtures.patience import wait_until
from tests.fixtures.programs import BIN

PASSWORD = "four words of a clerk"  # pragma: allowlist secret
STATES = ["sign_in", "form", "mistakes", "close", "unlisted"]
SMALL_PRINT = """() => [...document.querySelectorAll('.gauge-large-print *')]
  .filter((e) => e.offsetParent !== null && [...e.childNodes].some((node) =>
    node.nodeType === 3 && node.textContent.trim()))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 24)
  .map((e) => e.outerHTML.slice(0, 80))"""


TYPED = "[...document.querySelectorAll('input')].map((e) => e.value).join(' ')"


def wait_for(happens):
    """Return once something is so; a page on its way elsewhere tells nothing yet."""

    def has_happened():
        with contextlib.suppress(Error):
            return happens()

    return wait_until(has_happened)


def shown_at_last(page):
    """Return what a page of ours holds, with its fields, once it goes nowhere any more."""
    page.wait_for_selector(".gauge-header")
    return wait_for(lambda: page.content() + page.evaluate(TYPED))


class _Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


@pytest.fixture(scope="session")
def counter(start_session_service, published, tmp_path_factory):
    """A service with a counter, and the cookie of a clerk who is signed in."""
    chosen = {"GAUGE_COUNTER": "on", "GAUGE_STATE_DIR": str(tmp_path_factory.mktemp("counter"))}
    added = subprocess.run(
        [BIN / "gauge", "counter", "add", "desk-1", "--password-stdin"],
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **published.environment(), **chosen},
    )
    secret = re.search(r"Secret, if it cannot be scanned: ([A-Z2-7]{32})", added.stdout).group(1)
    service = start_session_service(published, chosen)
    form = {"account": "desk-1", "password": PASSWORD, "code": pyotp.TOTP(secret).now()}
    body = urllib.parse.urlencode(form).encode()
    opener = urllib.request.build_opener(_Unfollowed)
    with pytest.raises(urllib.error.HTTPError) as answered:
        opener.open(f"{service.url}/counter/sign-in", body)
    assert 303 == answered.value.code
    name, value = answered.value.headers["Set-Cookie"].split(";")[0].split("=", 1)
    return service.url, {"name": name, "value": value, "url": f"{service.url}/counter"}


@pytest.fixture
def lead(counter, people):
    """Lead a page to a state of the counter."""
    url, cookie = counter

    def to(page, state, language="zh-Hans"):
        if state != "sign_in":
            page.context.add_cookies([cookie])
        page.goto(f"{url}/counter?lang={language}")
        if state in ("sign_in", "form"):
            return
        if state != "mistakes":
            person = getattr(people, state)
            page.fill("#id_number", person.id_number)
            page.fill("#name", person.name)
        with page.expect_navigation(wait_until="load"):
            page.click("form[action*='/counter/check'] button")

    return to


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(page_of, lead, state):
    page = page_of(java_script_enabled=True)
    lead(page, state)
    assert [] == violations(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_nothing_spills_at_320_pixels_with_the_largest_text(page_of, lead, state, language):
    page = page_of(width=320, java_script_enabled=True, bypass_csp=True)
    lead(page, state, language)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert [0, []] == page.evaluate(WIDE)


@pytest.mark.parametrize("state", ["close", "unlisted"])
def test_the_answer_is_printed_in_18_point_and_nothing_smaller(page_of, lead, state):
    page = page_of(width=794, java_script_enabled=True)
    lead(page, state)
    page.emulate_media(media="print")
    assert [] == page.evaluate(SMALL_PRINT)
    assert not page.is_visible("text=下一位")


def test_the_browser_brings_no_one_back_after_the_next_person_was_called(page_of, lead, people):
    page = page_of()
    lead(page, "close", "en")
    assert people.close.name in page.content()
    with page.expect_navigation(wait_until="load"):
        page.click("text=Next person")
    with page.expect_response(lambda response: "/counter/check" in response.url):
        with contextlib.suppress(Error):  # "confirm that the form is sent again"
            page.go_back(wait_until="load")
        wait_for(lambda: page.evaluate("location.protocol") == "chrome-error:")
        with contextlib.suppress(Error):
            page.reload(wait_until="load")  # confirms it
    sent_again = shown_at_last(page)
    with contextlib.suppress(Error):
        page.go_back(wait_until="load")
    seen = sent_again + shown_at_last(page)
    assert [] == [told for told in (people.close.name, people.close.id_number) if told in seen]
