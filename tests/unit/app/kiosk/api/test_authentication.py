"""Which kiosk signed a request, and what is answered where none did, or one that may not."""

import io
import time

import pytest

from app.kiosk.enrolment.kiosk_fleet import KioskFleet
from app.kiosk.moments import now_ms
from app.organisations.directory import OrganisationDirectory
from tests.fixtures.kiosk_terminals import ADDRESS, AppAdapter, example

PATH = "/api/v1/kiosk/checkins"
EMPTY = b'{"checkins":[]}'


@pytest.fixture
def signed_headers(terminal):
    """The headers of one good request of the terminal, over an empty batch."""
    return headers_of_a_request(terminal)


def headers_of_a_request(terminal):
    sent = {}

    class Eavesdropper(AppAdapter):
        def send(self, request, **options):
            sent.update(request.headers)
            return super().send(request, **options)

    terminal.session.mount(ADDRESS, Eavesdropper(terminal.session.get_adapter(ADDRESS).app))
    terminal.request("POST", "checkins", EMPTY)
    return sent


@pytest.fixture
def client(kiosk_house):
    return kiosk_house.app.test_client()


def answer_to(client, headers, body=EMPTY, path=PATH):
    answer = client.post(path, data=body, headers=headers)
    return answer.status_code, (answer.json or {}).get("code", "")


def test_a_request_of_a_kiosk_is_let_in(client, signed_headers):
    assert (200, "") == answer_to(client, signed_headers)


@pytest.mark.parametrize("name", ["Content-Digest", "Signature-Input", "Signature"])
def test_a_request_without_a_whole_signature_is_unsigned(client, signed_headers, name):
    del signed_headers[name]
    assert (401, "unsigned") == answer_to(client, signed_headers)


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def readable(self):
        return True

    def readinto(self, _buffer):
        raise AssertionError


def answer_unread(client, headers, length=1_000_000, content_type="application/json"):
    """What is answered before a byte of a body has come."""
    answer = client.post(
        PATH,
        headers=headers,
        environ_overrides={
            "wsgi.input": Unread(),
            "CONTENT_LENGTH": str(length),
            "CONTENT_TYPE": content_type,
        },
    )
    return answer.status_code, (answer.json or {}).get("code", "")


def unsign(headers, _terminal):
    del headers["Signature"]


def sign_otherwise(headers, _terminal):
    headers["Signature"] = f"kiosk=:{'A' * 86}==:"


def name_no_kiosk(headers, terminal):
    headers["Signature-Input"] = headers["Signature-Input"].replace(terminal.kiosk, "ff" * 16)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (unsign, "unsigned"),
        (sign_otherwise, "wrong_signature"),
        (name_no_kiosk, "wrong_signature"),
    ],
)
def test_of_a_stranger_s_body_nothing_is_read(client, terminal, signed_headers, spoil, code):
    spoil(signed_headers, terminal)
    assert (401, code) == answer_unread(client, signed_headers)


def test_of_a_body_that_was_signed_long_ago_nothing_is_read(client, signed_headers, monkeypatch):
    late = now_ms() + 302_000
    monkeypatch.setattr("app.kiosk.api.authentication.now_ms", lambda: late)
    assert (401, "clock") == answer_unread(client, signed_headers)


def test_a_kiosk_past_its_requests_is_refused_before_its_body(kiosk_house_of):
    house = kiosk_house_of(kiosk_requests_per_minute=1)
    terminal = house.terminal(house.organisation())
    headers = headers_of_a_request(terminal)
    assert (429, "") == answer_unread(house.app.test_client(), headers)


@pytest.mark.parametrize("signed", [False, True])
def test_what_the_head_says_of_a_body_is_judged_first(client, terminal, signed_headers, signed):
    if not signed:
        unsign(signed_headers, terminal)
    assert 413 == answer_unread(client, signed_headers, 1 << 21)[0]
    assert 415 == answer_unread(client, signed_headers, content_type="text/plain")[0]


def test_another_body_under_the_signature_is_refused(client, signed_headers):
    body = b'{"checkins": []}'
    headers = {**signed_headers, "Content-Length": str(len(body))}
    assert (401, "wrong_signature") == answer_to(client, headers, body)


def test_the_signature_of_one_kiosk_is_not_good_for_another(
    kiosk_house, client, terminal, works, signed_headers
):
    other = kiosk_house.terminal(works)
    field = signed_headers["Signature-Input"].replace(terminal.kiosk, other.kiosk)
    assert (401, "wrong_signature") == answer_to(
        client, {**signed_headers, "Signature-Input": field}
    )


def test_a_kiosk_that_there_is_not_is_answered_like_a_wrong_signature(
    client, terminal, signed_headers
):
    field = signed_headers["Signature-Input"].replace(terminal.kiosk, "ff" * 16)
    assert (401, "wrong_signature") == answer_to(
        client, {**signed_headers, "Signature-Input": field}
    )


def test_a_wrong_clock_is_told_the_time(client, terminal, monkeypatch):
    monkeypatch.setattr(example.time, "time", lambda clock=time.time: clock() - 301)
    with pytest.raises(example.Refused, match="server_at") as refused:
        terminal.request("POST", "checkins", EMPTY)
    assert "clock" == refused.value.code


def test_the_time_stands_in_the_problem(client, signed_headers, monkeypatch):
    late = now_ms() + 302_000
    monkeypatch.setattr("app.kiosk.api.authentication.now_ms", lambda: late)
    monkeypatch.setattr("app.kiosk.api.problems.now_ms", lambda: late)
    problem = client.post(PATH, data=EMPTY, headers=signed_headers).json
    assert ("clock", late) == (problem["code"], problem["server_at"])


def test_a_disabled_organisation_has_no_kiosks(kiosk_house, client, works, signed_headers):
    OrganisationDirectory(kiosk_house.services.records).disable(works)
    assert (403, "organisation_disabled") == answer_to(client, signed_headers)


def test_a_revoked_kiosk_may_deliver_checkins_alone(
    kiosk_house, client, terminal, works, signed_headers
):
    KioskFleet(kiosk_house.services.records).revoke(works, terminal.kiosk, "hr-1", now_ms())
    assert (200, "") == answer_to(client, signed_headers)


def test_kiosks_behind_one_address_do_not_use_up_each_others_requests(kiosk_house_of):
    house = kiosk_house_of(kiosk_requests_per_minute=2, network_pages=3)
    works = house.organisation()
    first, second = house.terminal(works), house.terminal(works)
    for terminal in (first, second):
        for _ in range(2):
            terminal.request("POST", "checkins", EMPTY)
    with pytest.raises(example.Refused) as refused:
        first.request("POST", "checkins", EMPTY)
    assert "429" == refused.value.code


def test_forged_requests_lock_no_kiosk_out(kiosk_house_of):
    house = kiosk_house_of(kiosk_network_failed_signatures=2)
    terminal = house.terminal(house.organisation())
    client = house.app.test_client()
    statuses = [client.post(PATH, json={}).status_code for _ in range(3)]
    assert [401, 401, 429] == statuses
    assert terminal.request("POST", "checkins", EMPTY)
