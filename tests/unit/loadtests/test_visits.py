"""Whole visits: what a browser fetches for a page, and what a visit costs by as many echoes."""

from loadtests.compare_visits import ECHO, lines_of
from loadtests.http_requests import get
from loadtests.visits import PageParts, Visit
from loadtests.wrk_load import Load

PAGE = """<!doctype html><link rel="icon" href="/bundle/icon.1.svg">
<link rel="stylesheet" href="/bundle/main.2.css">
<noscript><link rel="stylesheet" href="/bundle/noscript.3.css"></noscript>
<img src="/bundle/icon.1.svg"><a href="/bundle/no-asset">a link</a>
<form method="post" data-private="/check/private?lang=en"></form>
<script defer src="/bundle/form.4.js"></script>"""


def test_a_browser_with_scripts_fetches_each_asset_once():
    parts = PageParts.of(PAGE)
    expected = ["/bundle/icon.1.svg", "/bundle/main.2.css", "/bundle/form.4.js"]
    assert expected == parts.with_scripts


def test_a_browser_without_scripts_fetches_no_script():
    expected = ["/bundle/icon.1.svg", "/bundle/main.2.css", "/bundle/noscript.3.css"]
    assert expected == PageParts.of(PAGE).without_scripts


def test_the_page_says_where_its_private_check_is():
    assert "/check/private?lang=en" == PageParts.of(PAGE).private
    assert "" == PageParts.of("<form method='post'></form>").private


def test_a_visit_has_the_requests_of_each_visitor():
    visit = Visit.of("form", ([get("/check"), get(f"/b/{n}")] for n in range(3)))
    assert 2 == visit.length
    assert ["/check", "/b/0", "/check", "/b/1"] == [each.path for each in visit.requests[:4]]


def test_a_visit_is_compared_with_as_many_echoes():
    visit = Visit.of("form", [[get("/check"), get("/answer")]])
    loads = {"form": [Load(1_000, 2.0)] * 3, ECHO: [Load(4_000, 0.5)] * 3}
    _, line, echo = lines_of([visit], loads)
    assert ["form", "2", "500.0", "4.00", "0.25"] == line.split()[:5]
    assert line.endswith("processor time 4.00 ×")
    assert ["4,000.0", "0.500"] == echo.split()[-2:]
