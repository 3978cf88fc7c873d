"""Lighthouse's audits whose verdict is the same on any machine, and what its times come from.

Its score of performance is a time: `make bench-browser` prints it.
"""

import re
import warnings
from urllib.parse import urlsplit

import pytest

from tools.lighthouse import LighthouseFailed, Look, look_at

PAGES = ["/", "/check", "/trips"]
CATEGORIES = ["accessibility", "best-practices", "seo"]
SCORE_MIN = 96
# rounded as Lighthouse shows it, nothing: a mark of a fold, half come, moves 0.00001
SHIFT_MAX = 0.0005
BYTES_MAX = {"/": 16_000, "/check": 24_000, "/trips": 20_000, "answer": 40_000}  # as they cross
ELEMENTS_MAX = {"/": 200, "/check": 200, "/trips": 200, "answer": 320}
WASTE = [  # each lists what costs time for nothing
    "redirects",
    "unminified-css",
    "unminified-javascript",
    "unused-css-rules",
    "unused-javascript",
    "legacy-javascript",
    "duplicated-javascript",
    "uses-long-cache-ttl",
    "unsized-images",
    "no-document-write",
    "third-party-summary",
]
SIZES = ["total-byte-weight", "dom-size", "network-requests", "cumulative-layout-shift"]
HASH = re.compile(r"\.[0-9a-f]{12}\.")
TIMEOUT_SECONDS = 900


@pytest.fixture(scope="module")
def looks(service, people):
    """Page → its figures, of one run; Lighthouse gives up on a busy machine, so of a second one."""
    look = Look(PAGES, CATEGORIES, [*SIZES, *WASTE], people.close.as_form())
    try:
        return look_at(service.url, look, TIMEOUT_SECONDS)
    except LighthouseFailed as failure:
        warnings.warn(str(failure), stacklevel=1)
    return look_at(service.url, look, TIMEOUT_SECONDS)


def parts(addresses):
    """Return the paths without their hashes; data: in a page is no request."""
    asked = [urlsplit(address) for address in addresses]
    return {HASH.sub(".", one.path) for one in asked if one.scheme == "http"}


def test_every_page_is_over_95_in_accessibility_best_practices_and_seo(looks):
    low = {
        page: (look.scores, look.failed)
        for page, look in looks.items()
        if min(look.scores.values()) < SCORE_MIN
    }
    assert {} == low
    assert [*PAGES, "answer"] == list(looks)
    assert all(set(CATEGORIES) == set(look.scores) for look in looks.values())


def test_a_form_is_painted_when_it_has_come_and_other_pages_with_the_style_sheet(looks):
    waits = {page: parts(look.blocking) for page, look in looks.items()}
    styles = {"/bundle/main.css"}
    assert {"/": styles, "/check": set(), "/trips": set(), "answer": styles} == waits


def test_a_page_comes_with_a_style_sheet_an_icon_and_the_form_s_script(looks):
    loaded = {
        page: parts(each["url"] for each in look.audits["network-requests"].items)
        for page, look in looks.items()
    }
    every = {"/bundle/main.css", "/bundle/icon.svg"}
    assert {
        "/": {"/", *every},
        "/check": {"/check", *every, "/bundle/form.js"},
        "/trips": {"/trips", *every},
        "answer": {"/check", *every, "/bundle/after_answer.js"},
    } == loaded


def test_a_page_is_small_with_all_that_it_loads(looks):
    sizes = {page: look.audits["total-byte-weight"].value for page, look in looks.items()}
    assert {} == {page: size for page, size in sizes.items() if size > BYTES_MAX[page]}


def test_a_page_has_few_elements(looks):
    elements = {page: look.audits["dom-size"].value for page, look in looks.items()}
    assert {} == {page: count for page, count in elements.items() if count > ELEMENTS_MAX[page]}


def test_nothing_moves_while_a_page_loads(looks):
    shifts = {page: look.audits["cumulative-layout-shift"].value for page, look in looks.items()}
    assert {} == {page: shift for page, shift in shifts.items() if shift >= SHIFT_MAX}


def test_nothing_is_loaded_or_run_for_nothing(looks):
    found = {
        (page, name): look.audits[name].items
        for page, look in looks.items()
        for name in WASTE
        if look.audits[name].items
    }
    assert {} == found
