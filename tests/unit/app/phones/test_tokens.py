import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phones.tokens import VERIFIED, WAITING, PhoneTokens, TokenInvalid

PHONE = "+8619900000001"


class Clock:
    now = 1_600_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tokens(clock):
    return PhoneTokens(b"s" * 32, clock)


def test_a_telephone_has_one_pseudonym_a_day_and_another_the_next(tokens, clock):
    today = tokens.phone_pseudonym(PHONE)
    assert today == tokens.phone_pseudonym(PHONE)
    clock.now += 86_400
    assert today != tokens.phone_pseudonym(PHONE)


def test_a_token_holds_no_number(tokens):
    text = tokens.make(VERIFIED, tokens.phone_pseudonym(PHONE), 60)
    assert PHONE.removeprefix("+86") not in text
    assert tokens.phone_pseudonym(PHONE) == tokens.read(text, VERIFIED).phone


def test_a_token_ends_and_is_of_one_kind(tokens, clock):
    text = tokens.make(WAITING, tokens.phone_pseudonym(PHONE), 60)
    with pytest.raises(TokenInvalid):
        tokens.read(text, VERIFIED)
    clock.now += 60
    with pytest.raises(TokenInvalid):
        tokens.read(text, WAITING)


def test_two_messages_hold_different_codes_of_six_digits(tokens):
    phone = tokens.phone_pseudonym(PHONE)
    waiting = [tokens.read(tokens.make(WAITING, phone, 60), WAITING) for _ in range(20)]
    codes = {tokens.code_of(token) for token in waiting}
    assert len(codes) > 15
    assert all(len(code) == 6 and code.isdigit() for code in codes)


@given(st.text(max_size=120))
def test_any_text_is_no_token_and_never_an_error(text):
    with pytest.raises(TokenInvalid):
        PhoneTokens(b"s" * 32).read(text, WAITING)
