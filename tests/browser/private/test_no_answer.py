"""Whatever does not hold ends in "no answer": never in "not found", never in a form sent."""

import json
from contextlib import contextmanager

import pytest

from tests.browser.private.open_pages import alter_carried_index, leave_open

INDEX, EVALUATIONS, BUCKET = "**/api/v1/index", "**/api/v1/private/evaluations", "**/b/*/*"


def flipped(place):
    def change(body):
        changed = bytearray(body)
        changed[place] ^= 1
        return bytes(changed)

    return change


def edited(**fields):
    def change(body):
        document = json.loads(body)
        document["manifests"][0].update(fields)
        return json.dumps(document).encode()

    return change


def unsigned(body):
    document = json.loads(body)
    document["manifests"][0]["signatures"] = {}
    return json.dumps(document).encode()


def without_manifests(body):
    return b'{"manifests":[]}'


def telling_missing(missing):
    def change(body):
        return json.dumps({**json.loads(body), "missing": missing}).encode()

    return change


TAMPERINGS = {
    "bucket: magic": (BUCKET, flipped(0)),
    "bucket: number in the header": (BUCKET, flipped(27)),
    "bucket: first entry": (BUCKET, flipped(40)),
    "bucket: last entry": (BUCKET, flipped(-9 * 32 - 1)),
    "bucket: path": (BUCKET, flipped(-1)),
    "bucket: cut": (BUCKET, lambda body: body[:-32]),
    "bucket: longer": (BUCKET, lambda body: body + bytes(80)),
    "bucket: empty": (BUCKET, lambda _: b""),
    "evaluation: version": (EVALUATIONS, flipped(0)),
    "evaluation: key": (EVALUATIONS, flipped(1)),
    "evaluation: element": (EVALUATIONS, flipped(9)),
    "evaluation: proof": (EVALUATIONS, flipped(-1)),
    "evaluation: cut": (EVALUATIONS, lambda body: body[:-1]),
    "manifest: oldest source": (INDEX, edited(oldest_source="2026-01-01T00:00:00Z")),
    "manifest: valid for longer": (INDEX, edited(valid_until="2999-01-01T00:00:00Z")),
    "manifest: another build": (INDEX, edited(build_id="00" * 16)),
    "manifest: another authority": (INDEX, edited(authority="乙市疾病预防控制中心")),
    "manifest: without signatures": (INDEX, unsigned),
    "manifest: none": (INDEX, without_manifests),
    "manifest: no JSON": (INDEX, lambda _: b"<html>"),
    "missing: no list": (INDEX, telling_missing("nothing")),
    "missing: no authority": (INDEX, telling_missing([None])),
}


@contextmanager
def altered(page, where, change, status=None):
    """Change what comes back; the real service answers."""

    def handle(route):
        response = route.fetch()
        body = change(response.body())
        route.fulfill(response=response, body=body, status=status or response.status)

    page.route(where, handle)
    yield
    page.unroute(where)


def assert_no_answer(page, case=""):
    told = page.inner_text("[data-failure]")
    assert "The private check has no answer" in told, case
    assert "does not tell whether anyone is listed" in told
    assert 0 == page.locator("#result").count(), case
    assert page.evaluate("document.activeElement.matches('[data-failure]')")


def test_every_tampering_ends_without_an_answer(private_page, check_here):
    page = private_page()
    leave_open(page, minutes=11)  # so that it asks for the index
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.url)))
    for name, (where, change) in TAMPERINGS.items():
        with altered(page, where, change):
            check_here(page, "close")
        assert_no_answer(page, name)
    assert [] == [url for _, url in sent if "/check" in url]
    check_here(page, "close")
    assert "You are listed" in page.inner_text("#result")


def test_an_index_that_came_with_the_page_is_believed_no_more_than_a_fetched_one(
    private_page, check_here
):
    page = private_page()
    for name, (where, change) in TAMPERINGS.items():
        if where == INDEX:
            alter_carried_index(page, change)
            page.reload()
            page.wait_for_selector("[data-check-here]:enabled")
            page.unroute_all()
            check_here(page, "close")
            assert_no_answer(page, name)


def test_after_a_failure_the_index_is_asked_for_anew(private_page, check_here):
    page = private_page()
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    with altered(page, BUCKET, flipped(0)):
        check_here(page, "close")
    assert ["POST", "GET"] == asked
    check_here(page, "close")
    assert "You are listed" in page.inner_text("#result")
    assert ["POST", "GET", "GET", "POST", "GET"] == asked


def test_what_went_missing_since_the_page_was_loaded_counts(private_page, check_here):
    page = private_page()
    leave_open(page, minutes=11)
    missing = [{"authority": "丙市", "reason": "stale"}, {"authority": None, "reason": "absent"}]
    with altered(page, INDEX, telling_missing(missing)):
        check_here(page, "unlisted")
    assert "The answer is incomplete" == page.inner_text("#result")
    assert "丙市: " in page.inner_text("main")
    page.go_back()
    with altered(page, INDEX, telling_missing(missing)):
        check_here(page, "close")
    assert "You may be listed for more trips than these" in page.inner_text("main")


@pytest.mark.parametrize("where", [INDEX, EVALUATIONS, BUCKET])
def test_a_failing_service_is_no_answer(private_page, check_here, where):
    page = private_page()
    leave_open(page, minutes=11)
    for status in (404, 500, 503, 206):
        with altered(page, where, lambda body: body, status):
            check_here(page, "unlisted")
        assert_no_answer(page)
    page.route(where, lambda route: route.abort())
    check_here(page, "unlisted")
    assert_no_answer(page)
    assert "Could not connect" in page.inner_text("[data-failure]")


def test_a_full_network_is_told_when_to_come_back(private_page, check_here):
    page = private_page()
    page.route(
        EVALUATIONS,
        lambda route: route.fulfill(status=429, headers={"Retry-After": "130"}, body="{}"),
    )
    check_here(page, "unlisted")
    assert_no_answer(page)
    assert "in 3 min." in page.inner_text("[data-failure]")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("seq", 2**40, "older data"), ("key", "00" * 32, "another key")],
)
def test_what_this_browser_saw_before_counts(private_page, check_here, field, value, words):
    page = private_page()
    check_here(page, "unlisted")
    page.evaluate(
        """([field, value]) => {
          const seen = JSON.parse(localStorage['gauge-manifests']);
          for (const one of Object.values(seen)) one[field] = value;
          localStorage['gauge-manifests'] = JSON.stringify(seen);
        }""",
        [field, value],
    )
    page.go_back()
    check_here(page, "unlisted")
    assert_no_answer(page)
    assert words in page.inner_text("[data-failure]")


@pytest.mark.parametrize("store", ["'{'", "'[]'", "'null'", "'{\"a\":7}'"])
def test_a_damaged_store_is_no_obstacle(private_page, check_here, store):
    page = private_page()
    page.evaluate(f"localStorage['gauge-manifests'] = {store}")
    check_here(page, "unlisted")
    assert "No record of a shared trip" == page.inner_text("#result")


def test_an_expired_build_is_no_answer(private_page, check_here):
    page = private_page()
    page.evaluate("() => { const now = Date.now(); Date.now = () => now + 3 * 86400e3; }")
    check_here(page, "unlisted")
    assert_no_answer(page)
    assert "the clock of your device is wrong" in page.inner_text("[data-failure]")
