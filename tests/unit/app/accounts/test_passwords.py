import pytest

from app.accounts import passwords
from app.accounts.passwords import hash_password, password_matches
from app.counter.audience import COUNTER
from app.limits.outcomes import LimitReached
from app.records.encrypted_fields import FieldCipher

CIPHER = FieldCipher(bytes(32))


def test_a_password_matches_itself_only_and_only_with_the_key():
    kept_hash = hash_password(COUNTER, CIPHER, "ｐａｓｓ words of desk")
    assert password_matches(COUNTER, CIPHER, kept_hash, "pass words of desk")
    assert not password_matches(COUNTER, CIPHER, kept_hash, "pass words of Desk")
    assert not password_matches(COUNTER, CIPHER, None, "pass words of desk")
    other_key = FieldCipher(b"k" * 32)
    assert not password_matches(COUNTER, other_key, kept_hash, "pass words of desk")


def test_the_hash_of_one_audience_matches_for_no_other(audiences):
    for audience in audiences:
        kept_hash = hash_password(audience, CIPHER, "pass words of desk")
        matches = [
            password_matches(other, CIPHER, kept_hash, "pass words of desk") for other in audiences
        ]
        assert [other is audience for other in audiences] == matches


def test_passwords_of_the_counter_keep_their_format():
    earlier = (  # of the version before there were audiences, under this key
        "$argon2id$v=19$m=19456,t=2,p=1$A5g4TZZstKGXl0xzC8Jf7w"  # pragma: allowlist secret
        "$yDbbq18mqsGQrU1IrZnDIy8zyaW7M19T5I9lAKxr7Tg"  # pragma: allowlist secret
    )
    assert password_matches(COUNTER, CIPHER, earlier, "pass words of desk")


def test_strangers_who_crowd_are_sent_away_and_known_devices_are_not(monkeypatch):
    kept_hash = hash_password(COUNTER, CIPHER, "pass words of desk")
    monkeypatch.setattr(passwords, "STRANGERS_WAIT_SECONDS", 0.001)
    with passwords._STRANGERS:
        with pytest.raises(LimitReached):
            password_matches(COUNTER, CIPHER, kept_hash, "pass words of desk", stranger=True)
        assert password_matches(COUNTER, CIPHER, kept_hash, "pass words of desk")
    assert password_matches(COUNTER, CIPHER, kept_hash, "pass words of desk", stranger=True)
