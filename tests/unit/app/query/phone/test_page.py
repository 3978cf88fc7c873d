"""Phone verification against a gateway on loopback, over real HTTP."""

import re

import pytest
from redis import Redis

from app.accounts.device_cookies import GOOD_FOR_SECONDS
from app.languages import languages
from app.settings import SettingsInvalid, read_settings

PHONE = "199 0000 0001"
TOKEN = "token-of-a-test-gateway"
API = "/api/v1/checks"
# eleven digits, which neither hashes in hex nor times hold by chance
DIGITS = "19900000001"


@pytest.fixture
def verifying(client_of, sms_gateway, monkeypatch):
    """Make a client of a service that verifies telephones."""
    monkeypatch.setenv("GAUGE_KEY_SMS_TOKEN", TOKEN)

    def make(**chosen):
        return client_of(phone_verification="on", sms_gateway_url=sms_gateway.url, **chosen)

    return make


def test_the_privacy_page_tells_of_the_cookie_where_telephones_are_verified(verifying, client):
    asked = "/privacy?lang=en"
    page = verifying(phone_session_seconds=90, phone_identities=2).get(asked).text
    assert "a cookie says so for 2 min." in page
    assert "from it: 2 are admitted" in page
    assert "set no other cookie, and nothing is loaded" in page
    assert "Pages for citizens set no cookie, and nothing is loaded" in client.get(asked).text
    assert "handed to the company" not in client.get(asked).text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("organisations", "counter", "told"),
    [("on", "off", True), ("off", "on", True), ("off", "off", False)],
)
def test_the_privacy_page_tells_of_the_cookies_of_staff_where_there_are_such_pages(
    client_of, language, organisations, counter, told
):
    client = client_of(organisations=organisations, counter=counter)
    page = client.get(f"/privacy?lang={language}").text
    days = GOOD_FOR_SECONDS // 86_400
    assert told is bool(re.search(f"<li>[^<]*(ookie|쿠키)[^<]*{days}", page))


def waiting_of(page) -> str:
    match = re.search(r'name="waiting" value="([^"]+)"', page.text)
    assert match is not None
    return match[1]


def code_sent(sms_gateway) -> str:
    return re.search(r"[0-9]{6}", sms_gateway.received[-1][1]["text"])[0]


def verify(client, sms_gateway, phone=PHONE):
    waiting = waiting_of(client.post("/phone?lang=en", data={"phone": phone}))
    code = code_sent(sms_gateway)
    return client.post("/phone/code", data={"waiting": waiting, "code": code})


def test_without_the_setting_no_page_mentions_telephones(client):
    assert 404 == client.get("/phone").status_code
    assert "/phone" not in client.get("/check").text


def test_a_check_leads_to_the_verification_and_back(verifying, sms_gateway, people):
    client = verifying()
    assert "/phone" in client.get("/check?lang=en").headers["Location"]
    assert 303 == client.post("/check", data=people.close.as_form()).status_code
    verified = verify(client, sms_gateway)
    assert (303, True) == (verified.status_code, "/check" in verified.headers["Location"])
    page = client.post("/check?lang=en", data=people.close.as_form())
    assert "You are listed as a" in page.text


def test_the_message_goes_to_the_number_in_its_own_language(verifying, sms_gateway):
    verifying().post("/phone?lang=zh-Hans", data={"phone": PHONE})
    headers, message = sms_gateway.received[0]
    assert f"Bearer {TOKEN}" == headers["Authorization"]
    assert "+8619900000001" == message["to"]
    assert re.search("验证码 [0-9]{6}，10 分钟", message["text"])


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_holds_no_number(
    verifying, sms_gateway
):
    cookie = verify(verifying(), sms_gateway).headers["Set-Cookie"]
    for words in ("HttpOnly", "SameSite=Strict", "Max-Age=3600", "Path=/"):
        assert words in cookie
    assert "Secure" not in cookie
    assert DIGITS not in cookie
    public = verify(verifying(base_url="https://check.example.org"), sms_gateway)
    assert "Secure" in public.headers["Set-Cookie"]


def test_the_api_answers_a_verified_telephone_only(verifying, sms_gateway, people):
    client = verifying()
    refused = client.post(API, json=people.close.as_form())
    assert (403, "application/problem+json") == (refused.status_code, refused.content_type)
    verify(client, sms_gateway)
    assert "exposed" == client.post(API, json=people.close.as_form()).get_json()["status"]
    client.set_cookie("gauge_phone", "forged")
    assert 403 == client.post(API, json=people.close.as_form()).status_code


def test_three_documents_are_asked_about_from_one_telephone_and_repeats_are_free(
    verifying, sms_gateway
):
    client = verifying()
    verify(client, sms_gateway)
    asked = [
        client.post(API, json={"id_type": "passport", "id_number": f"X000000{n}", "name": "A"})
        for n in (1, 2, 3, 1, 4, 2)
    ]
    assert [200, 200, 200, 200, 429, 200] == [answer.status_code for answer in asked]
    form = {"id_type": "passport", "id_number": "X0000004", "name": "ANY PERSON"}
    page = client.post("/check?lang=en", data=form)
    assert (429, True) == (page.status_code, "No more documents can be checked" in page.text)
    again = verifying()
    verify(again, sms_gateway)
    fresh = {"id_type": "passport", "id_number": "X0000001", "name": "A"}
    assert 200 == again.post(API, json=fresh).status_code


def test_a_wrong_code_can_be_tried_again_but_not_for_ever(verifying, sms_gateway):
    client = verifying(phone_code_tries=3)
    waiting = waiting_of(client.post("/phone?lang=en", data={"phone": PHONE}))
    right = code_sent(sms_gateway)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(3):
        page = client.post("/phone/code?lang=en", data={"waiting": waiting, "code": wrong})
        assert (422, True) == (page.status_code, "not the code" in page.text)
    page = client.post("/phone/code?lang=en", data={"waiting": waiting, "code": right})
    assert (422, True) == (page.status_code, "no longer valid" in page.text)


def test_a_code_is_used_once(verifying, sms_gateway):
    client = verifying()
    waiting = waiting_of(client.post("/phone", data={"phone": PHONE}))
    form = {"waiting": waiting, "code": f" {code_sent(sms_gateway)} "}
    assert [303, 422] == [client.post("/phone/code", data=form).status_code for _ in range(2)]


def test_messages_to_one_telephone_and_from_one_network_are_limited(verifying, sms_gateway):
    client = verifying(phone_messages=2, network_messages=3)
    statuses = [client.post("/phone", data={"phone": PHONE}).status_code for _ in range(3)]
    assert [200, 200, 429] == statuses
    others = [client.post("/phone", data={"phone": f"199 0000 000{n}"}).status_code for n in (2, 3)]
    assert [200, 429] == others
    own = client.post("/phone?lang=en", data={"phone": PHONE})
    assert "No more codes can be sent to this mobile number" in own.text
    other = client.post("/phone?lang=en", data={"phone": "199 0000 0003"})
    assert "Too many requests came from your network" in other.text
    assert 3 == len(sms_gateway.received)


@pytest.mark.parametrize("phone", ["", "110", "+44 7700 900123", "call me", "1" * 3_000])
def test_no_message_goes_to_what_is_no_mobile_of_a_served_country(verifying, sms_gateway, phone):
    page = verifying().post("/phone?lang=en", data={"phone": phone})
    assert (422, True) == (page.status_code, "Enter a mobile number" in page.text)
    assert [] == sms_gateway.received


def test_a_gateway_in_trouble_is_told_without_the_number(verifying, sms_gateway, capfd):
    sms_gateway.statuses = [500, 500]
    page = verifying().post("/phone?lang=en", data={"phone": PHONE})
    assert (503, True) == (page.status_code, "could not be sent" in page.text)
    output = page.text + "".join(capfd.readouterr())
    assert "0000 0001" not in output
    assert DIGITS not in output


def test_a_form_of_another_site_sends_nothing(verifying, sms_gateway):
    headers = {"Sec-Fetch-Site": "cross-site"}
    page = verifying().post("/phone", data={"phone": PHONE}, headers=headers)
    assert 403 == page.status_code
    assert [] == sms_gateway.received


def test_verification_without_a_gateway_is_refused_at_the_start():
    with pytest.raises(SettingsInvalid, match="GAUGE_SMS_GATEWAY_URL"):
        read_settings(phone_verification="on")
    with pytest.raises(SettingsInvalid):
        read_settings(phone_verification="on", sms_gateway_url="http://gateway.example/")


def test_a_private_check_is_no_way_around(verifying, sms_gateway):
    client = verifying(phone_identities=1)
    path, kind = "/api/v1/private/evaluations", "application/octet-stream"
    assert 403 == client.post(path, data=b"", content_type=kind).status_code
    verify(client, sms_gateway)
    statuses = [client.post(path, data=b"", content_type=kind).status_code for _ in range(5)]
    assert [422, 422, 422, 422, 429] == statuses


def test_redis_keeps_no_number_and_nothing_for_longer_than_a_day(
    verifying, sms_gateway, start_redis, people
):
    running = start_redis()
    client = verifying(redis_url=running.url)
    verify(client, sms_gateway)
    assert 200 == client.post(API, json=people.close.as_form()).status_code
    redis = Redis.from_url(running.url)
    keys = list(redis.scan_iter())
    stored = b"".join(key + (redis.dump(key) or b"") for key in keys)
    for clear in (DIGITS.encode(), people.close.id_number.encode()):
        assert clear not in stored
    assert all(0 < redis.ttl(key) <= 86_400 for key in keys)


def test_three_documents_hold_across_workers(verifying, sms_gateway, start_redis):
    url = start_redis().url
    first, second = verifying(redis_url=url), verifying(redis_url=url)
    cookie = verify(first, sms_gateway).headers["Set-Cookie"].split("=", 1)[1].split(";")[0]
    second.set_cookie("gauge_phone", cookie)
    statuses = [
        client.post(
            API, json={"id_type": "passport", "id_number": f"X000000{n}", "name": "A"}
        ).status_code
        for n, client in enumerate([first, second, first, second, first], start=1)
    ]
    assert [200, 200, 200, 429, 429] == statuses
