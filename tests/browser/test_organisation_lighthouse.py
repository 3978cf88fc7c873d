"""Lighthouse's audits of pages of organisations whose verdict is the same on any machine.

They hold what `test_lighthouse.py` holds of citizens' pages, which never load a style of these.
"""

import warnings

import pytest

from tests.browser.test_lighthouse import (
    CATEGORIES,
    SCORE_MIN,
    SHIFT_MAX,
    SIZES,
    TIMEOUT_SECONDS,
    WASTE,
    parts,
)
from tests.browser.test_organisation_pages import MIXED, check
from tools.lighthouse import LighthouseFailed, Look, look_at

BYTES_MAX = 36_000  # as they cross
ELEMENTS_MAX = 300
AUDITS = [
    *SIZES,
    *[each for each in WASTE if each != "unused-css-rules"],
]  # one sheet for all pages


@pytest.fixture(scope="module")
def looks(portal_service, browser, admin_cookie):
    """Page → its figures: the sign-in without a session, lists and results with one."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([admin_cookie])
    page = context.new_page()
    check(page, portal_service.url, MIXED)
    results = page.url.removeprefix(portal_service.url)
    context.close()

    def look(paths, cookies):
        order = Look(paths, CATEGORIES, AUDITS, cookies=cookies)
        try:
            return list(look_at(portal_service.url, order, TIMEOUT_SECONDS).values())
        except LighthouseFailed as failure:  # it gives up on a busy machine
            warnings.warn(str(failure), stacklevel=1)
        return list(look_at(portal_service.url, order, TIMEOUT_SECONDS).values())

    figures = look(["/org?lang=en"], []) + look(["/org?lang=en", results], [admin_cookie])
    return dict(zip(("sign_in", "lists", "results"), figures, strict=True))


def test_every_page_is_over_95_in_accessibility_best_practices_and_seo(looks):
    low = {
        page: (look.scores, look.failed)
        for page, look in looks.items()
        if min(look.scores.values()) < SCORE_MIN
    }
    assert {} == low
    assert all(set(CATEGORIES) == set(look.scores) for look in looks.values())


def test_the_first_painting_waits_for_two_style_sheets(looks):
    waits = {page: parts(look.blocking) for page, look in looks.items()}
    assert {key: {"/bundle/main.css", "/bundle/organisation.css"} for key in looks} == waits


def test_a_page_is_small_with_all_that_it_loads_and_has_few_elements(looks):
    for page, look in looks.items():
        assert BYTES_MAX >= look.audits["total-byte-weight"].value, page
        assert ELEMENTS_MAX >= look.audits["dom-size"].value, page


def test_nothing_moves_while_a_page_loads(looks):
    shifts = {page: look.audits["cumulative-layout-shift"].value for page, look in looks.items()}
    assert {} == {page: shift for page, shift in shifts.items() if shift >= SHIFT_MAX}


def test_nothing_is_loaded_or_run_for_nothing(looks):
    found = {
        (page, name): look.audits[name].items
        for page, look in looks.items()
        for name in AUDITS
        if name in WASTE and look.audits[name].items
    }
    assert {} == found
