import base64
import json
import re
import sqlite3
import time
from dataclasses import replace
from datetime import date
from html import unescape

import altcha
import pyotp
import pytest

from app.accounts.passwords import hash_password
from app.counter.audience import COUNTER
from app.limits.actions import ActionLimits
from app.limits.pseudonyms import DailyPseudonyms
from app.proofs.issuer import ProofIssuer
from app.records.accounts.accounts import Secrets, disable_account, put_account
from app.records.accounts.counter_audit import audit_lines
from app.records.database import open_records
from app.records.encrypted_fields import FieldCipher
from app.services import EXTENSION
from app.settings import read_settings
from tests.fixtures.distinct_codes import WRONG_CODE, moment_of_distinct_codes

TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # pragma: allowlist secret
PASSWORD = "four words of a clerk"  # pragma: allowlist secret
ON = {"counter": "on"}
COOKIE = "counter"
CLERK = COUNTER.account("desk-1")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Time stands still: codes stay good and waits stay as long, however slow the machine is."""
    now = moment_of_distinct_codes(TOTP, time.time())
    monkeypatch.setattr(time, "time", lambda: now)


@pytest.fixture
def client_of(client_of):
    """Make a client of an app whose limits are counted while time stands still."""

    def make(**settings):
        client = client_of(**settings)
        extensions = client.application.extensions
        limits = ActionLimits(DailyPseudonyms(bytes(32), time.time), clock=time.time)
        services = extensions[EXTENSION]
        issuer = ProofIssuer(bytes(32), services.settings, None, lambda: time.time())  # noqa: PLW0108 - whatever time a test sets
        extensions[EXTENSION] = replace(services, action_limits=limits, proof_issuer=issuer)
        return client

    return make


@pytest.fixture
def records(published, tmp_path):
    """The records of the app under test, with one account."""
    settings = read_settings(state_dir=str(tmp_path / "state"), keys_dir=str(published.web_keys))
    records = open_records(settings)
    secrets = Secrets(hash_password(COUNTER, records.cipher, PASSWORD), TOTP)
    with records.writing() as connection:
        put_account(connection, records.cipher, CLERK, secrets, date(2020, 2, 1))
    return records


def code(steps: int = 0) -> str:
    return pyotp.TOTP(TOTP).at(time.time() + 30 * steps)


def sign_in(client, **changed):
    form = {"account": "desk-1", "password": PASSWORD, "code": code(), **changed}
    return client.post("/counter/sign-in?lang=en", data=form)


@pytest.fixture
def clerk(client_of, records):
    client = client_of(**ON)
    assert 303 == sign_in(client).status_code
    return client


def press(client, button, **options):
    kind = "application/x-www-form-urlencoded"
    return client.post(f"/counter/{button}", data=b"", content_type=kind, **options)


def form_of(client, person):
    match = re.search(r'name="form" value="([^"]+)"', client.get("/counter").text)
    return {**person.as_form(), "form": match.group(1) if match else "x"}


def check(client, person):
    return client.post("/counter/check?lang=en", data=form_of(client, person))


def events(records):
    with records.reading() as connection:
        return [line.event for line in audit_lines(connection, records.cipher)]


def test_there_is_no_counter_unless_it_is_on(client):
    assert 404 == client.get("/counter").status_code


@pytest.mark.parametrize(
    ("who", "words"),
    [("close", "You are listed as a close contact</h1>"), ("unlisted", "No record")],
)
def test_a_clerk_gets_the_answer_of_one_person(clerk, people, who, words):
    page = check(clerk, getattr(people, who))
    assert (200, True) == (page.status_code, words in page.text)
    assert "no-store" in page.headers["Cache-Control"]


def test_a_clerk_may_enter_both_names_of_a_document(clerk, people):
    both = people.general.with_han_name("安娜")
    page = check(clerk, both)
    assert "You are listed as a general contact" in page.text
    assert both.name_latin in page.text


def test_a_clerk_is_told_which_name_is_needed(clerk, people):
    page = check(clerk, replace(people.general, name="安娜"))
    assert (422, 2) == (
        page.status_code,
        page.text.count("Enter the name in Latin letters (A to Z)"),
    )


def test_the_length_of_a_page_at_the_counter_does_not_tell_who_is_listed(clerk, people):
    persons = [people.close, people.general, people.nameless, people.unlisted]
    pages = [check(clerk, person) for person in persons]
    kinds = ["close", "general", "ended", "not_found"]
    assert kinds == [re.findall(r"gauge-result--(\w+)", page.text)[0] for page in pages]
    assert 1 == len({len(page.data) for page in pages})


def test_nobody_else_gets_an_answer(client_of, records, people):
    page = check(client_of(**ON), people.close)
    assert (403, True) == (page.status_code, "One-time code" in page.text)
    assert "You are listed" not in page.text


def test_the_next_person_finds_an_empty_form(clerk, people):
    check(clerk, people.close)
    page = press(clerk, "next?lang=en", follow_redirects=True)
    assert "Counter: check one person" in page.text
    assert people.close.id_number not in page.text
    assert people.close.name not in page.text


def test_a_form_is_answered_once(clerk, people, records):
    form = form_of(clerk, people.close)
    assert [200, 303] == [clerk.post("/counter/check", data=form).status_code for _ in range(2)]
    assert ["signed_in", "checked"] == events(records)


def test_a_mistake_is_named_and_not_counted(clerk, records, people):
    page = clerk.post("/counter/check", data={**form_of(clerk, people.close), "name": ""})
    assert (422, ["signed_in"]) == (page.status_code, events(records))


@pytest.mark.parametrize(
    "changed",
    [
        {"account": "desk-2"},
        {"account": ""},
        {"password": "another one of a clerk"},  # pragma: allowlist secret
        {"code": WRONG_CODE},
        {"code": ""},
        {"code": "１２３"},
        {"account": "x" * 5_000, "password": "y" * 5_000, "code": "z" * 5_000},
    ],
)
def test_whatever_is_wrong_gets_one_answer(client_of, records, changed):
    client = client_of(**ON)
    usual = sign_in(client, password="wrong wrong wrong")
    page = sign_in(client, **changed)
    assert (422, usual.text) == (page.status_code, page.text)
    assert "Set-Cookie" not in page.headers


def test_a_one_time_code_signs_in_once(client_of, records):
    client, used = client_of(**ON), code()
    assert [303, 422] == [sign_in(client, code=used).status_code for _ in range(2)]


def test_failures_wait_longer_and_whoever_signs_in_begins_anew(client_of, records):
    client = client_of(**ON)
    assert [422] * 4 == [sign_in(client, code="0").status_code for _ in range(4)]
    assert 303 == sign_in(client).status_code
    client.delete_cookie("counter-device", path="/counter")
    statuses = [sign_in(client, code="0").status_code for _ in range(6)]
    assert [422] * 5 + [429] == statuses
    refused = sign_in(client)
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "It is not locked" in refused.text


def solve(page):
    """Return the proof that the script of a page would send."""
    document = json.loads(unescape(re.search(r'data-challenge="([^"]+)"', page).group(1)))
    challenge = altcha.Challenge.from_dict(document)
    payload = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_dict()
    return base64.b64encode(json.dumps(payload).encode()).decode()


def spend_free_attempts(client):
    assert [422] * 5 == [sign_in(client, code="0").status_code for _ in range(5)]
    page = sign_in(client, code="0")
    assert 429 == page.status_code
    return page.text


def test_past_the_free_attempts_a_calculation_lets_a_clerk_in(client_of, records):
    client = client_of(proof_hashes=1_000, **ON)
    proof = solve(spend_free_attempts(client))
    assert [422, 429] == [sign_in(client, code="0", proof=proof).status_code for _ in range(2)]
    assert 303 == sign_in(client, proof=solve(sign_in(client).text)).status_code


def test_past_the_free_attempts_a_wait_lets_a_clerk_in_without_javascript(
    client_of, records, monkeypatch
):
    client = client_of(wait_seconds=5, **ON)
    page = spend_free_attempts(client)
    ticket = re.search(r'name="proof" value="([^"]+)"', page).group(1)
    assert "wait 20 seconds" in page
    assert 429 == sign_in(client, proof=ticket).status_code
    later = time.time() + 20
    monkeypatch.setattr(time, "time", lambda: later)
    assert 303 == sign_in(client, proof=ticket).status_code


def test_a_browser_that_is_known_is_not_reached_by_the_attempts_of_others(clerk, records):
    others = clerk.application.test_client()
    spend_free_attempts(others)
    assert [429, 303] == [sign_in(client, code=code(1)).status_code for client in (others, clerk)]


def test_the_cookie_of_a_known_browser_is_for_the_counter_and_its_scripts_alone(clerk):
    cookie = clerk.get_cookie("counter-device", path="/counter")
    assert (True, "Strict", 180 * 86_400) == (cookie.http_only, cookie.same_site, cookie.max_age)


def test_an_account_that_does_not_exist_waits_as_long(client_of, records):
    client = client_of(**ON)
    statuses = [sign_in(client, account="nobody").status_code for _ in range(6)]
    assert [422] * 5 + [429] == statuses


def test_the_cookie_is_for_the_counter_alone(client_of, records):
    cookie = sign_in(client_of(**ON)).headers.getlist("Set-Cookie")[0]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/counter"):
        assert part in cookie
    https = sign_in(client_of(base_url="https://check.example", **ON), code=code(1))
    assert https.headers["Set-Cookie"].startswith("__Secure-counter=")
    assert "Secure;" in https.headers["Set-Cookie"]


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "字", "%00", "A" * 4_000])
def test_a_cookie_that_was_made_up_is_nobodys(client_of, records, cookie):
    client = client_of(**ON)
    client.set_cookie(COOKIE, cookie, path="/counter")
    assert "One-time code" in client.get("/counter?lang=en").text


def test_a_cookie_signed_with_another_key_is_nobodys(clerk, own_deployment, app_of):
    cookie = clerk.get_cookie(COOKIE, path="/counter").value
    (own_deployment.web_keys / "session").chmod(0o600)
    (own_deployment.web_keys / "session").write_text("00" * 32)
    other = app_of(own_deployment, **ON).test_client()
    other.set_cookie(COOKIE, cookie, path="/counter")
    assert "One-time code" in other.get("/counter?lang=en").text


def test_signing_out_ends_the_session_at_the_server(clerk, records):
    cookie = clerk.get_cookie(COOKIE, path="/counter").value
    assert 303 == press(clerk, "sign-out").status_code
    clerk.set_cookie(COOKIE, cookie, path="/counter")
    assert "One-time code" in clerk.get("/counter?lang=en").text
    assert ["signed_in", "signed_out"] == events(records)


def test_whoever_is_disabled_is_out_at_once(clerk, records, people):
    with records.writing() as connection:
        disable_account(connection, CLERK)
    assert 403 == check(clerk, people.close).status_code
    assert 422 == sign_in(clerk, code=code(1)).status_code


def test_a_clerk_has_a_quota_of_their_own(client_of, records, people):
    client = client_of(counter_checks_per_day=1, network_checks=1, **ON)
    sign_in(client)
    pages = [check(client, people.close) for _ in range(2)]
    assert [200, 429] == [page.status_code for page in pages]
    assert "limit of people that one clerk can check" in pages[1].text
    assert ["signed_in", "checked", "over_quota"] == events(records)
    assert 200 == client.post("/check", data=people.close.as_form()).status_code


def test_the_audit_and_the_database_hold_neither_identity_nor_result(
    clerk, records, people, tmp_path
):
    check(clerk, people.close)
    check(clerk, people.unlisted)
    assert ["signed_in", "checked", "checked"] == events(records)
    lines = "\n".join(sqlite3.connect(tmp_path / "state" / "records.sqlite").iterdump())
    for secret in (people.close.id_number, people.close.name, PASSWORD, TOTP, "argon2"):
        assert secret not in lines
        assert secret.encode().hex().upper() not in lines


def test_what_cannot_be_audited_is_not_answered(clerk, people, monkeypatch):
    services, form = clerk.application.extensions[EXTENSION], form_of(clerk, people.close)
    monkeypatch.setattr(services.records, "_rests_until", float("inf"))
    assert 503 == clerk.post("/counter/check", data=form).status_code
    assert 503 == sign_in(clerk).status_code
    assert 200 == clerk.post("/check", data=people.close.as_form()).status_code


def test_a_page_of_another_site_cannot_use_the_session(clerk, people):
    for path in ("check", "next", "sign-in", "sign-out"):
        headers = {"Origin": "https://other.example"}
        response = clerk.post(f"/counter/{path}", data=people.close.as_form(), headers=headers)
        assert 403 == response.status_code


@pytest.mark.parametrize("text", ["\x00", "desk-1\x00", "DESK 1", "字", "' OR 1=1 --"])
def test_on_postgresql_too_any_account_and_any_form_is_answered(
    client_of, postgres_url, people, text
):
    client = client_of(database_url=postgres_url, **ON)
    assert 422 == sign_in(client, account=text, password=text, code=text).status_code
    records = client.application.extensions[EXTENSION].records
    secrets = Secrets(hash_password(COUNTER, records.cipher, PASSWORD), TOTP)
    with records.writing() as connection:
        put_account(connection, records.cipher, CLERK, secrets, date(2020, 2, 1))
    assert 303 == sign_in(client).status_code
    form = {**people.close.as_form(), "form": text}
    assert 303 == client.post("/counter/check", data=form).status_code
    assert 200 == check(client, people.close).status_code


def test_an_account_made_under_another_key_is_refused(client_of, records):
    secrets = Secrets(hash_password(COUNTER, records.cipher, PASSWORD), TOTP)
    with records.writing() as connection:
        other = FieldCipher(b"k" * 32)
        put_account(connection, other, CLERK, secrets, date(2020, 2, 1))
    assert 422 == sign_in(client_of(**ON)).status_code


def test_the_language_is_changed_at_the_counter(clerk, people):
    page = check(clerk, people.close).text
    assert re.search(r'href="/counter\?lang=zh-Hans"', page)
