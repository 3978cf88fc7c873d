import base64
import hashlib
import re

import pytest

from app.web.security_headers import CONTENT_POLICY, DATA_HEADERS

PAGES = ["/", "/check", "/privacy", "/q/forged", "/nothing"]
DATA = ["/healthz", "/readyz", "/api/v1/index", "/api/v1/checks", "/api/v1/nothing"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert CONTENT_POLICY == re.sub(r" 'sha256-[^']+'", "", policy)
    for name in ("Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"):
        assert name in headers
    assert "nosniff" == headers["X-Content-Type-Options"]


@pytest.mark.parametrize("path", ["/check", "/trips"])
def test_a_style_sheet_within_a_page_is_one_that_the_policy_names_by_its_hash(client, path):
    page = client.get(path)
    styles = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert styles
    for style in styles:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/check", "/trips", "/corrections/new", "/q/forged", "/nothing"])
def test_no_browser_keeps_a_form_or_what_was_said_to_one_reader(client, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/privacy"])
def test_a_text_that_a_browser_keeps_is_asked_for_again(client, path):
    assert "no-cache" == client.get(path).headers["Cache-Control"]


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


def test_the_policy_allows_no_script_in_a_page_and_no_other_site():
    assert CONTENT_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY


def test_https_is_demanded_only_where_the_public_address_has_it(client_of):
    plain, public = client_of(), client_of(base_url="https://check.example.org")
    assert "Strict-Transport-Security" not in plain.get("/").headers
    assert "Strict-Transport-Security" in public.get("/").headers
