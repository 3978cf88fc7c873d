"""The page cache over the whole service: which pages, to the byte, and never another state's."""

from datetime import UTC, datetime
from functools import partial

import pytest
from flask import Flask

from app.i18n import LANGUAGE_PARAMETER
from app.languages import languages
from app.services import EXTENSION
from app.web.page_caching import cached_pages
from app.web.page_renderer import PageKey, PageRenderer
from app.web.text_size import LARGE_QUERY


def paths_of(app):
    return dict(cached_pages(app, app.extensions[EXTENSION].settings))


@pytest.fixture
def app(app_of, published):
    return app_of(published)


def test_the_pages_that_hold_nothing_of_a_reader_are_cached(app):
    assert {
        *("/", "/privacy", "/check", "/check/private", "/trips", "/trips/watch/stop"),
        *("/check/private/places", "/corrections", "/corrections/new", "/robots.txt"),
        *("/api/v1/index", "/api/docs", "/api/openapi.json"),
        *("/kiosk", "/kiosk/worker.js", "/kiosk/manifest.webmanifest"),
        *("/visit", "/about", "/places", "/.well-known/security.txt", "/reminder.ics"),
    } == set(paths_of(app))


def test_every_cached_page_is_the_framework_s_to_the_byte(app, monkeypatch):
    monkeypatch.setattr("app.query.check.form.datetime", StandingClock)
    client, framework = app.test_client(), PageRenderer(partial(Flask.wsgi_app, app))
    for path in paths_of(app):
        for tag in languages():
            named = f"{LANGUAGE_PARAMETER}={tag}"
            for query in ("", named, LARGE_QUERY, f"{named}&{LARGE_QUERY}"):
                expected = framework(PageKey(path, query, tag))
                for _ in range(2):  # rendered, then from memory
                    page = client.get(f"{path}?{query}", headers={"Accept-Language": tag})
                    body = page.data if page.status_code == 200 else None
                    assert body == (expected and expected.body), (path, query)


def test_what_is_appended_to_an_address_changes_no_page(app, monkeypatch):
    """The cache answers as if it were not there: so must the framework."""
    monkeypatch.setattr("app.query.check.form.datetime", StandingClock)
    framework = PageRenderer(partial(Flask.wsgi_app, app))
    for path, page in paths_of(app).items():
        if not page.reads_query:
            appended = "x=1&from=singlemessage&number=G1&date=2020-01-20&done=saved&state=exposed"
            plain = framework(PageKey(path, "lang=en", "en"))
            assert plain == framework(PageKey(path, f"{appended}&lang=en", "en")), path


class StandingClock(datetime):
    """The moment that the form tells the browser, always the same."""

    @classmethod
    def now(cls, _zone):
        return cls(2020, 2, 1, tzinfo=UTC)


def test_nothing_that_a_client_sends_changes_a_page(app, app_of, published):
    client = app.test_client()
    plain = client.get("/privacy").data
    headers = {
        "Host": "elsewhere.example",
        "X-Forwarded-For": "203.0.113.1",
        "X-Forwarded-Proto": "https",
        "User-Agent": "Ana Silva",
        "Referer": "https://elsewhere.example/?x=Ana",
        "Cookie": "gauge_phone=x; gauge_session=y",
    }
    others = app_of(published).test_client(use_cookies=False)  # whose first visitor this one is
    assert plain == others.get("/privacy", headers=headers).data


def test_with_phone_verification_the_form_is_made_for_each_reader(
    client_of, sms_gateway, monkeypatch
):
    monkeypatch.setenv("GAUGE_KEY_SMS_TOKEN", "token-of-a-test-gateway")
    client = client_of(phone_verification="on", sms_gateway_url=sms_gateway.url)
    assert 303 == client.get("/check").status_code
    assert {"/check"} == {"/check", "/"} - set(paths_of(client.application))


def test_a_new_build_shows_at_once(app_of, own_deployment):
    app = app_of(own_deployment)
    client, services = app.test_client(), app.extensions[EXTENSION]
    before = client.get("/api/v1/index").get_json()["manifests"][0]["build_id"]
    newer = own_deployment.publish()
    services.reloader.reload()
    after = client.get("/api/v1/index").get_json()["manifests"][0]["build_id"]
    assert (newer, True) == (after, before != newer)


def test_a_quarantine_shows_at_once(app_of, own_deployment):
    app = app_of(own_deployment)
    client, indexes = app.test_client(), app.extensions[EXTENSION].indexes
    assert "The service cannot answer now" not in client.get("/?lang=en").text
    indexes.quarantine([manifest.build_id for manifest in indexes.open_manifests()])
    assert "The service cannot answer now" in client.get("/?lang=en").text
    assert 503 == client.get("/api/v1/index").status_code


def test_answers_and_codes_are_never_in_memory(app, people):
    client = app.test_client()
    client.post("/check", data=people.close.as_form())
    client.post("/api/v1/checks", json=people.close.as_form())
    client.get("/q/AQAAAA")
    client.get("/q/AQAAAA/trips")
    client.get("/trips?number=G1234&date=2020-01-22")
    client.get(f"/check?name={people.close.name}&lang=en")
    cache = app.extensions[EXTENSION].page_cache
    assert {PageKey("/check", "lang=en", "en")} == set(cache._copies)
    assert people.close.name not in repr(cache._negotiated)


def test_a_browser_that_has_a_page_is_told_so(app):
    client = app.test_client()
    tag = client.get("/").headers["ETag"]
    response = client.get("/", headers={"If-None-Match": tag})
    assert (304, b"") == (response.status_code, response.data)
    assert "Content-Security-Policy" in response.headers


def test_a_page_says_on_what_it_depends(app):
    client = app.test_client()
    assert "Accept-Encoding, Accept-Language" == client.get("/").headers["Vary"]
    assert "Accept-Encoding" == client.get("/?lang=en").headers["Vary"]


def test_a_page_is_compressed_for_whoever_takes_it(app):
    client = app.test_client()
    plain = client.get("/").data
    packed = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert "br" == packed.headers["Content-Encoding"]
    assert len(packed.data) < len(plain) / 2


def test_an_answer_is_never_compressed(app, people):
    client = app.test_client()
    for answer in (
        client.post("/check", data=people.close.as_form(), headers={"Accept-Encoding": "br"}),
        client.get("/trips?number=G1234&date=2020-01-22", headers={"Accept-Encoding": "br"}),
    ):
        assert (200, False) == (answer.status_code, "Content-Encoding" in answer.headers)


def test_where_nothing_can_answer_no_page_lets_anybody_type(app_of, own_deployment):
    app = app_of(own_deployment)
    client, indexes = app.test_client(), app.extensions[EXTENSION].indexes
    assert 'name="id_number"' in client.get("/check?lang=en").text
    assert 'href="/check?lang=en"' in client.get("/?lang=en").text
    indexes.quarantine([manifest.build_id for manifest in indexes.open_manifests()])
    form, home = client.get("/check?lang=en"), client.get("/?lang=en").text
    assert (503, True) == (form.status_code, "Retry-After" in form.headers)
    assert "<input" not in form.text
    for page in (form.text, home):
        assert "This does not tell you whether you are listed." in page
        assert 'href="tel:' in page
    assert 'href="/check?lang=en" role="button"' not in home
