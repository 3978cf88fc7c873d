import hashlib

import pytest

from app.kiosk.badges.badge_text import badge_text, crockford, new_secret

SECRET = bytes(range(20))


@pytest.mark.parametrize(
    ("data", "letters"),
    [
        (b"\x00" * 5, "00000000"),
        (b"\xff" * 5, "ZZZZZZZZ"),
        (b"\x84", "GG"),
        (b"\x00\x44\x32\x14\xc7\x42\x54\xb6", "0123456789A" + "BC"),
    ],
)
def test_bytes_are_written_in_crockford_s_letters(data, letters):
    assert letters == crockford(data)


def test_a_badge_names_organisation_secret_and_check():
    prefix, organisation, secret, check = badge_text("ABCD1234", SECRET).split(":")
    assert ("CG1", "ABCD1234", 32, 4) == (prefix, organisation, len(secret), len(check))


def test_the_check_is_of_all_that_stands_before_it():
    text, _, check = badge_text("ABCD1234", SECRET).rpartition(":")
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()[:3], "big") >> 4
    digits = str.maketrans("ABCDEFGHJKMNPQRSTVWXYZ", "abcdefghijklmnopqrstuv")
    assert bits == int(check.translate(digits), 32)


def test_a_frozen_badge_is_written_the_same_for_ever():
    expected = "CG1:ABCD1234:000G40R40M30E209185GR38E1W8124GK:5YH7"  # pragma: allowlist secret
    assert expected == badge_text("ABCD1234", SECRET)


def test_no_two_badges_have_one_secret():
    assert 20 == len(new_secret())
    assert new_secret() != new_secret()
