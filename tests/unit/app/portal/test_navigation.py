"""Every page leads to the others that the member may open, in one order."""

import re

from app.organisations.roles import Role

LINK = re.compile(r'<li><a class="govuk-link" href="(/org[^"?]*)[^"]*"( aria-current="page")?>')


def test_an_administrator_is_led_everywhere_in_order(admin):
    paths = [path for path, _ in LINK.findall(admin.page("/members").text)]
    assert [
        "",
        "/roster",
        "/door",
        "/kiosks",
        "/members",
        "/keys",
        "/log",
        "/settings",
        "/help",
    ] == [path.removeprefix("/org") for path in paths]


def test_a_viewer_is_led_only_where_the_role_allows(office):
    paths = [path for path, _ in LINK.findall(office.member(Role.VIEWER).page("/help").text)]
    assert ["/org", "/org/help"] == paths


def test_the_page_itself_is_marked_among_the_links(admin):
    marked = [path for path, here in LINK.findall(admin.page("/keys").text) if here]
    assert ["/org/keys"] == marked
