"""The pages of organisations in a real browser: from an invitation to the results."""

import contextlib
import io
import re

import pyotp
import pytest
from PIL import Image
from playwright.sync_api import Error

from app.organisations.roles import Role
from tests.browser.accessibility import violations
from tests.fixtures.bulk import FOUR, staff_csv
from tests.fixtures.organisation_pages import MEMBER_PASSWORD
from tests.fixtures.patience import wait_until
from tests.fixtures.people import CLOSE, UNLISTED, Person

LIST = {"name": "staff.csv", "mimeType": "text/csv", "buffer": staff_csv(*FOUR)}
MASKED = Person("resident", "9900001980****1231", "甲乙丙")
MIXED = {**LIST, "buffer": staff_csv(*FOUR, MASKED, CLOSE)}
DOUBTED = {
    **LIST,
    "buffer": staff_csv(MASKED, Person("resident", CLOSE.id_number, f"{CLOSE.name}（甲乙）")),
}
UNMAPPED = {**LIST, "buffer": "A,B,C\n1,甲乙,990000198001011231\n".encode()}
PAGES = {
    "sign_in": "",
    "lists": "",
    "upload": "/upload",
    "members": "/members",
    "keys": "/keys",
    "log": "/log",
    "settings": "/settings",
    "help": "/help",
    "roster": "/roster",
    "roster_adding": "/roster/add",
    "door": "/door",
}
STATES = [*PAGES, "invitation", "mapping", "preview", "doubts", "refused", "results", "destroyed"]
SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def send(page, selector):
    with page.expect_navigation(wait_until="load"):
        page.click(selector)


def upload(page, url, file, language="en"):
    """Upload a list and wait until it was read."""
    page.goto(f"{url}/org/upload?lang={language}")
    page.set_input_files("#file", file)
    send(page, "form[action*='/upload'] button")
    settle(page)


def settle(page):
    """Return once nothing happens to a page by itself."""
    address = page.url

    def is_still():
        with contextlib.suppress(Error):  # the page came anew by itself, just then
            page.goto(address)
            return page.locator("[data-live]").count() == 0

    wait_until(is_still)


def check(page, url, file, language="en"):
    upload(page, url, file, language)
    send(page, "form[action*='/start'] button")
    settle(page)


def brightness(page, table):
    """Return how bright a table's margin is at its left and at its right edge, at its lower end."""
    picture = Image.open(io.BytesIO(table.screenshot())).convert("L")
    y = picture.height - 3
    return {"left": picture.getpixel((1, y)), "right": picture.getpixel((picture.width - 2, y))}


@pytest.fixture
def lead(portal_service, member_page, page_of):
    """Open a page in a state of the portal."""
    url = portal_service.url

    def to(state, language="zh-Hans", **options):
        signed_in = state not in ("sign_in", "invitation")
        page = (member_page if signed_in else page_of)(**options)
        if state == "invitation":
            page.goto(f"{portal_service.invitation()}?lang={language}")
        elif state == "mapping":
            upload(page, url, UNMAPPED, language)
        elif state in ("preview", "destroyed"):
            upload(page, url, MIXED, language)
        elif state == "doubts":
            upload(page, url, DOUBTED, language)
        elif state == "refused":
            upload(page, url, {**LIST, "buffer": staff_csv(CLOSE) + b"x,y"}, language)
        elif state == "results":
            check(page, url, MIXED, language)
        else:
            page.goto(f"{url}/org{PAGES[state]}?lang={language}")
        if state == "destroyed":
            send(page, "form[action*='/cancel'] button")
        return page

    return to


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(lead, state):
    page = lead(state, java_script_enabled=True)
    assert [] == violations(page)


@pytest.mark.parametrize("state", STATES)
def test_nothing_spills_at_320_pixels_with_the_largest_text(lead, state):
    page = lead(state, "en", width=320, java_script_enabled=True, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert 0 == page.evaluate(SPILL)


def test_on_a_phone_the_links_are_behind_a_menu_that_needs_no_script(lead):
    page = lead("keys", "en", width=390)
    header, links = page.locator(".gauge-organisation"), page.locator("#menu ul a")
    assert (False, True) == (links.first.is_visible(), header.bounding_box()["height"] < 120)
    page.click("a[href='#menu']")
    assert [True] == list({link.is_visible() for link in links.all()})
    page.click("text=Close the menu")
    assert not links.first.is_visible()


def test_axe_finds_no_violation_in_an_open_menu(lead):
    page = lead("keys", java_script_enabled=True)
    page.click("#menu a")
    assert [] == violations(page)


def test_on_a_desk_the_links_stand_in_the_open(lead):
    page = lead("keys", "en", width=1200)
    assert page.locator("#menu ul a").first.is_visible()
    assert not page.locator("a[href='#menu']").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_that_is_wider_than_a_phone_has_a_shade_where_it_goes_on(lead, scheme):
    page = lead("results", "en", width=390, scheme=scheme)
    table = page.locator(".gauge-scroll").first
    assert table.evaluate("each => each.scrollWidth > each.clientWidth")
    table.scroll_into_view_if_needed()
    at_start, box = brightness(page, table), table.bounding_box()
    table.evaluate("each => each.scrollLeft = each.scrollWidth")
    at_end = brightness(page, table)
    assert box["width"] < 390
    assert at_start["right"] != at_end["right"] == at_start["left"]
    assert at_start["left"] != at_end["left"]


def test_whoever_is_invited_signs_in_by_the_next_code(portal_service, page_of):
    page = page_of()
    page.goto(f"{portal_service.invitation(Role.CHECKER)}?lang=en")
    secret = page.inner_text("[data-secret]")
    page.fill("#account", "wang.fang")
    page.fill("#password", MEMBER_PASSWORD)
    page.fill("#code", pyotp.TOTP(secret).now())
    send(page, "main form button")
    assert "Your account is ready" == page.inner_text("h1")

    def is_in():
        page.goto(f"{portal_service.url}/org?lang=en")
        page.fill("#account", "wang.fang@works")
        page.fill("#password", MEMBER_PASSWORD)
        page.fill("#code", pyotp.TOTP(secret).now())
        send(page, "main form button")
        return "Your lists" == page.inner_text("h1")

    wait_until(is_in)
    assert "/org/members" not in page.content()


def test_results_are_filtered_searched_and_downloaded_without_javascript(lead):
    page = lead("results", "en")
    assert "2 people are listed as contacts" == page.inner_text("#found")
    shown = page.inner_text("table.gauge-table--sample")
    assert (CLOSE.name in shown, UNLISTED.name in shown) == (True, False)
    send(page, ".gauge-filters a:has-text('Not found')")
    shown = page.inner_text("table.gauge-table--sample")
    assert (CLOSE.name in shown, UNLISTED.name in shown) == (False, True)
    send(page, ".gauge-filters a:has-text('All rows')")
    page.fill("#search", UNLISTED.name)
    send(page, "form[role=search] button")
    assert 1 == page.locator("tr[data-status]").count()
    assert UNLISTED.name not in re.sub("%..", "", page.url)
    with page.expect_download() as download:
        page.click("text=Download as CSV")
    assert "results" in download.value.suggested_filename


def test_a_list_of_rows_in_doubt_is_started_from_its_preview(lead):
    page = lead("doubts")
    assert "存疑" in page.inner_text("table")
    assert "查询 1 人" in page.inner_text("form[action*='/start'] button")
    send(page, "form[action*='/start'] button")
    settle(page)
    assert "有 1 人被列为接触者" in page.inner_text("main")


def test_the_chart_says_in_its_table_what_it_draws(lead):
    page = lead("results", "en")
    numbers = page.locator(".gauge-states td").all_inner_texts()
    assert ["2", "1", "1", "0", "1", "1"] == numbers
    assert 5 == page.locator(".gauge-bars rect").count()


def test_progress_leads_to_the_results_by_itself_with_javascript(lead):
    page = lead("preview", "en", java_script_enabled=True)
    send(page, "form[action*='/start'] button")
    page.wait_for_selector("#found")
    assert "Results for the list" in page.inner_text("h1")


def test_a_session_that_ends_in_mid_upload_says_that_nothing_was_kept(lead):
    page = lead("upload", "en")
    page.set_input_files("#file", {**LIST, "buffer": staff_csv(CLOSE) * 20_000})
    page.context.clear_cookies()
    send(page, "form[action*='/upload'] button")
    assert "No part of it was kept" in page.inner_text("main")
