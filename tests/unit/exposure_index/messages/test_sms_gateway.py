"""The client against a real gateway on loopback."""

import pytest

from exposure_index.messages.sms_gateway import GatewayAddressInvalid, HttpSmsGateway, SmsNotSent

PHONE = "+8619900000001"
TEXT = "您的验证码是 123456"
TOKEN = "gateway-token-of-a-test"


def test_a_message_reaches_the_gateway_with_its_token(sms_gateway):
    HttpSmsGateway(sms_gateway.url, TOKEN).send(PHONE, TEXT)
    headers, body = sms_gateway.received[0]
    assert {"to": PHONE, "text": TEXT} == body
    assert f"Bearer {TOKEN}" == headers["Authorization"]
    assert "application/json" == headers["Content-Type"]


@pytest.mark.parametrize("first", [0, 429, 500, 503])
def test_a_gateway_in_trouble_is_asked_once_more_about_the_same_message(sms_gateway, first):
    sms_gateway.statuses = [first]
    HttpSmsGateway(sms_gateway.url, TOKEN).send(PHONE, TEXT)
    keys = [headers["Idempotency-Key"] for headers, _ in sms_gateway.received]
    assert 2 == len(keys)
    assert 1 == len(set(keys))


def test_two_messages_are_never_taken_for_a_repeat(sms_gateway):
    client = HttpSmsGateway(sms_gateway.url, TOKEN)
    client.send(PHONE, TEXT)
    client.send(PHONE, TEXT)
    assert 2 == len({headers["Idempotency-Key"] for headers, _ in sms_gateway.received})


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404])
def test_a_refusal_and_a_redirect_are_final(sms_gateway, status):
    sms_gateway.statuses = [status]
    with pytest.raises(SmsNotSent) as raised:
        HttpSmsGateway(sms_gateway.url, TOKEN).send(PHONE, TEXT)
    assert "refused" == raised.value.reason
    assert 1 == len(sms_gateway.received)


@pytest.mark.parametrize(
    ("statuses", "reason"), [([500, 500], "unavailable"), ([0, 0], "unreachable")]
)
def test_a_gateway_that_fails_twice_is_given_up(sms_gateway, statuses, reason):
    sms_gateway.statuses = statuses
    with pytest.raises(SmsNotSent) as raised:
        HttpSmsGateway(sms_gateway.url, TOKEN).send(PHONE, TEXT)
    assert reason == raised.value.reason


def test_an_error_tells_neither_number_nor_token(sms_gateway):
    sms_gateway.close()
    client = HttpSmsGateway(sms_gateway.url, TOKEN)
    with pytest.raises(SmsNotSent) as raised:
        client.send(PHONE, TEXT)
    text = f"{raised.value!r} {raised.value.__cause__!r} {client!r}"
    assert TOKEN not in text
    assert PHONE not in text


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example/sms",
        "https://user:secret@gateway.example/",
        "ftp://127.0.0.1/",
        "https://",
        "https://gateway.example:99999/",
        "https://gateway.example/a b",
        "",
    ],
)
def test_an_address_that_would_carry_numbers_in_clear_is_refused(url):
    with pytest.raises(GatewayAddressInvalid):
        HttpSmsGateway(url, TOKEN)
