import base64
import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from flask import render_template_string

from app.posters.qr_codes import QrCodes, QrOrigin
from app.web.assets import asset_integrity, asset_names, script_tag
from app.web.security_headers import CONTENT_POLICY, DATA_HEADERS
from app.web.template_context import moment_words
from exposure_index.crypto.keys import KeyRing

PAGES = ["/", "/check", "/privacy", "/q/forged", "/nothing"]
DATA = ["/healthz", "/readyz", "/api/v1/index", "/api/v1/checks", "/api/v1/nothing"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert CONTENT_POLICY == headers["Content-Security-Policy"]
    for name in ("Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"):
        assert name in headers
    assert "nosniff" == headers["X-Content-Type-Options"]
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize("path", DATA)
def test_data_carry_the_headers_that_count_for_data(client, path):
    headers = client.get(path).headers
    assert dict(DATA_HEADERS) == {name: headers[name] for name, _ in DATA_HEADERS}
    assert "default-src 'none'; frame-ancestors 'none'" == headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]


def test_a_check_that_is_answered_carries_the_headers_of_data(client, people):
    headers = client.post("/api/v1/checks", json=people.close.as_form()).headers
    assert {*dict(DATA_HEADERS), "Content-Type", "Content-Length", "Cache-Control"} == set(
        headers.keys()
    )


def test_a_script_comes_from_the_bundle_and_must_be_the_one_that_was_built(client):
    page = client.get("/check").text
    tag = re.search(r'<script defer src="([^"]+)" integrity="sha384-([^"]+)"></script>', page)
    assert tag is not None
    response = client.get(tag[1])
    assert ("text/javascript", 200) == (response.mimetype, response.status_code)
    assert tag[2] == base64.b64encode(hashlib.sha384(response.data).digest()).decode()


def test_a_bundle_without_scripts_serves_pages_without_them(tmp_path, app_of, published):
    (tmp_path / "manifest.json").write_text('{"main.css": "main.0.css"}')
    assert ({"main.css": "main.0.css"}, {}) == (asset_names(tmp_path), asset_integrity(tmp_path))
    with app_of(published).test_request_context():
        assert "" == script_tag("form.js", {}, {})


def test_the_policy_allows_no_script_in_a_page_and_no_other_site():
    assert CONTENT_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY


def test_https_is_demanded_only_where_the_public_address_has_it(client_of):
    plain, public = client_of(), client_of(base_url="https://check.example.org")
    assert "Strict-Transport-Security" not in plain.get("/").headers
    assert "Strict-Transport-Security" in public.get("/").headers


def test_the_style_sheet_may_be_kept_for_ever(client):
    page = client.get("/").text
    path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response = client.get(path)
    assert (200, True) == (
        response.status_code,
        "immutable" in response.headers["Cache-Control"],
    )
    assert "no-store" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["manifest.txt", "..%2F..%2Fsettings.py", "../factory.py"])
def test_nothing_but_the_bundle_is_served(client, name):
    assert 404 == client.get(f"/bundle/{name}").status_code


@pytest.mark.parametrize(
    ("language", "expected", "one_day"),
    [
        ("en", "February 5, 2020 08:00 (UTC+08:00)", "February 5, 2020"),
        ("zh-Hans", "2020年2月5日 08:00（UTC+08:00）", "2020年2月5日"),
        ("zh-Hant", "2020年2月5日 08:00（UTC+08:00）", "2020年2月5日"),
    ],
)
def test_times_and_days_are_written_as_the_language_does(
    app_of, published, language, expected, one_day
):
    template = "{% from 'coverage.html' import days with context %}{{ days(day, day) }}"
    with app_of(published).test_request_context(f"/?lang={language}"):
        assert expected == moment_words(datetime(2020, 2, 5, tzinfo=UTC))
        assert one_day == render_template_string(template, day=date(2020, 2, 5))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "path", ["/check", "/trips", "/corrections", "/corrections/new", "/trips/watch/stop"]
)
def test_an_error_has_one_colon(client, path, language):
    rules = {
        rule.rule for rule in client.application.url_map.iter_rules() if "POST" in rule.methods
    }
    path = next(rule for rule in rules if rule.endswith(path))
    page = client.post(f"{path}?lang={language}", data={"id_type": ""})
    [*hidden] = re.findall(r'hidden">([^<]*)</span>', page.text)
    assert (422, True) == (page.status_code, bool(hidden))
    assert [] == [text for text in hidden if re.search("[:：][:：]", text)]


def test_a_genuine_code_leads_to_the_form(client, published):
    codes = QrCodes(KeyRing.from_directory(published.web_keys, {}).bytes("qr"))
    response = client.get(f"/q/{codes.sign(QrOrigin('airport', '甲'))}?lang=en")
    assert (303, "/check?lang=en") == (response.status_code, response.headers["Location"])


def test_a_forged_code_says_so(client):
    page = client.get("/q/AQdhaXJwb3J0?lang=en")
    assert (404, True) == (page.status_code, "not from this service" in page.text)


def test_without_the_key_no_code_is_called_forged(app_of, own_deployment):
    (own_deployment.web_keys / "qr").unlink()
    page = app_of(own_deployment).test_client().get("/q/AQdhaXJwb3J0?lang=en")
    assert (503, True) == (page.status_code, "cannot be verified now" in page.text)


def test_the_demo_and_switched_off_limits_are_loud(client_of):
    page = client_of(demo=1, limits="off").get("/?lang=en").text
    assert "This is a demonstration" in page
    assert "Limits are off" in page


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("path", ["/", "/check", "/privacy", "/q/forged", "/nothing"])
def test_every_page_offers_every_language(client, path, language):
    page = client.get(f"{path}?lang={language}").text
    assert f'lang="{language}" aria-current="true"' in page
    assert 2 == page.count("hreflang=")


def test_checks_are_answered_and_readiness_is_degraded_without_records(client_of, people):
    client = client_of(database_url="postgresql://nobody@127.0.0.1:9/nothing")
    assert 200 == client.post("/check", data=people.close.as_form()).status_code
    state = client.get("/readyz")
    values = [state.get_json()[name] for name in ("status", "limits", "records")]
    assert [200, "degraded", "on", "unavailable"] == [state.status_code, *values]


def test_alive_and_ready(client):
    assert {"status": "ok"} == client.get("/healthz").get_json()
    response = client.get("/readyz")
    assert (200, {"status": "ready", "reasons": [], "limits": "on", "records": "on"}) == (
        response.status_code,
        response.get_json(),
    )


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "path", ["/check", "/trips", "/trips/watch", "/trips/watch/stop", "/corrections"]
)
def test_a_mistake_is_announced_with_one_colon(client, path, language):
    fields = {"mode": "train", "number": "", "date": "", "phone": "110"}
    if path == "/trips/watch":  # of a trip that is known to be one
        fields |= {"number": "G1", "date": datetime.now(UTC).date().isoformat()}
    page = client.post(f"{path}?lang={language}", data=fields).text
    announced = re.findall(r'govuk-visually-hidden">([^<]*[:：])</span>', page)
    assert announced
    assert not [words for words in announced if re.search("[:：]{2}", words)]
