import pytest

from app.bulk.webhooks.signing import SecretInvalid, new_secret, secret_bytes, signed_headers

# the example of the scheme's own specification
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # pragma: allowlist secret
MESSAGE = "msg_p5jXN8AQM9LWM0D4loKWxJek"  # pragma: allowlist secret
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="  # pragma: allowlist secret


def test_a_message_is_signed_as_the_scheme_says():
    assert {
        "webhook-id": MESSAGE,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    } == signed_headers(SECRET, MESSAGE, 1_614_265_330, b'{"test": 2432232314}')


def test_a_new_secret_is_one_that_can_be_used():
    assert 32 == len(secret_bytes(new_secret()))
    assert new_secret() != new_secret()


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_AAAA", "whsec_ä", SECRET[6:]])
def test_what_is_no_secret_is_refused(text):
    with pytest.raises(SecretInvalid):
        secret_bytes(text)
