import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.posters.qr_codes import FieldTooLong, ForgedQrCode, QrCodes, QrOrigin

CODES = QrCodes(b"k" * 32)
ORIGIN = QrOrigin("airport", "示例机场")
FIELD = st.text(min_size=1, max_size=10)


@given(FIELD, FIELD)
def test_a_code_tells_where_it_came_from(channel, issuer):
    origin = QrOrigin(channel, issuer)
    assert origin == CODES.verify(CODES.sign(origin))


def test_a_code_needs_no_escaping_in_an_address():
    assert set(CODES.sign(ORIGIN)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


def test_any_changed_character_is_a_forgery():
    code = CODES.sign(ORIGIN)
    raw = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        forged = base64.urlsafe_b64encode(bytes(changed)).decode().rstrip("=")
        with pytest.raises(ForgedQrCode):
            CODES.verify(forged)


@pytest.mark.parametrize("code", ["", "A", "AAAA", "%%%", "中文", "A" * 161, "A" * 10_000, "a b"])
def test_what_is_no_code_is_a_forgery(code):
    with pytest.raises(ForgedQrCode):
        CODES.verify(code)


def test_another_key_makes_other_codes():
    with pytest.raises(ForgedQrCode):
        CODES.verify(QrCodes(b"j" * 32).sign(ORIGIN))


@pytest.mark.parametrize("origin", [QrOrigin("", "a"), QrOrigin("a", "字" * 14)])
def test_an_empty_or_long_field_is_refused(origin):
    with pytest.raises(FieldTooLong):
        CODES.sign(origin)


def test_the_tag_has_at_least_80_bits():
    content = 1 + 1 + len("airport") + 1 + len("示例机场".encode())
    code = CODES.sign(ORIGIN)
    raw = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    assert 8 * (len(raw) - content) >= 80
