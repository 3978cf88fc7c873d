"""Every page leads to the others that the member may open, in one order."""

import re

from app.organisations.roles import Role

LINK = re.compile(r'<li><a class="govuk-link" href="(/org[^"?]*)[^"]*"( aria-current="page")?>')


SHARED = ["", "/members", "/keys", "/log", "/settings", "/help"]


def test_an_administrator_is_led_everywhere_in_order(admin):
    links = [path for path, _ in LINK.findall(admin.page("/members").text)]
    paths = [path.removeprefix("/org") for path in links]
    assert SHARED == [path for path in paths if path in SHARED]


def test_a_health_officer_is_led_to_health_and_to_no_list(officer):
    paths = [path for path, _ in LINK.findall(officer.page("/health").text)]
    expected = [f"/org/health{page}" for page in ("", "/people", "/log", "/export")]
    assert expected == [path for path in paths if path.startswith("/org/health")]
    assert not {"/org", "/org/members", "/org/log"} & {*paths}


def test_a_viewer_is_led_only_where_the_role_allows(office):
    paths = [path for path, _ in LINK.findall(office.member(Role.VIEWER).page("/help").text)]
    assert ["/org", "/org/help"] == paths


def test_the_page_itself_is_marked_among_the_links(admin):
    marked = [path for path, here in LINK.findall(admin.page("/keys").text) if here]
    assert ["/org/keys"] == marked
