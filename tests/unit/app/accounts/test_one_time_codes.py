import base64
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from app.accounts.one_time_codes import app_address, new_secret, step_of_code

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # pragma: allowlist secret


@pytest.mark.parametrize(("around", "good"), [(-2, False), (-1, True), (0, True), (1, True)])
def test_a_code_is_good_for_half_a_minute_more(around, good):
    now = 1_600_000_000.0
    assert good is (step_of_code(SECRET, pyotp.TOTP(SECRET).at(now + 30 * around), now) is not None)


def test_codes_are_those_of_the_standard():
    of_rfc_6238 = base64.b32encode(b"12345678901234567890").decode()
    assert 1 == step_of_code(of_rfc_6238, "287082", 59.0)
    assert 37_037_036 == step_of_code(of_rfc_6238, "081804", 1_111_111_109.0)


@pytest.mark.parametrize(
    ("places", "good"),
    [
        ((-2, -1), True),
        ((-1, 0), True),
        ((0, 1), True),
        ((1, 2), False),
        ((0, 0), False),
        ((0, -1), False),
    ],
)
def test_two_codes_that_follow_one_another_are_good_as_the_later_of_them(places, good):
    now = 1_600_000_000.0
    codes = " ".join(pyotp.TOTP(SECRET).at(now + 30 * place) for place in places)
    expected = int(now) // 30 + places[1] if good else None
    assert [expected] * 2 == [step_of_code(SECRET, codes, now, two=two) for two in (False, True)]


def test_where_two_codes_are_needed_one_is_wrong():
    now = 1_600_000_000.0
    assert step_of_code(SECRET, pyotp.TOTP(SECRET).at(now), now, two=True) is None


@pytest.mark.parametrize("code", [" 287 082 ", "287\u3000082"])
def test_spaces_in_a_code_do_not_matter(code):
    assert 1 == step_of_code(base64.b32encode(b"12345678901234567890").decode(), code, 59.0)


def test_the_address_for_an_app_names_account_issuer_and_secret():
    address = urlsplit(app_address(SECRET, "desk-1", "Contact Gauge"))
    assert ("otpauth", "totp", "/Contact%20Gauge:desk-1") == (
        address.scheme,
        address.netloc,
        address.path,
    )
    assert {"secret": [SECRET], "issuer": ["Contact Gauge"]} == parse_qs(address.query)


def test_secrets_differ():
    assert new_secret() != new_secret()
    assert 20 == len(base64.b32decode(new_secret()))
