import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.messages.sealed_messages import (
    CORRECTION,
    TRIP_ALERT,
    MessageTooLong,
    MessageUnreadable,
    open_sealed,
    seal,
)

KEY = X25519PrivateKey.generate()
PRIVATE, PUBLIC = KEY.private_bytes_raw(), KEY.public_key().public_bytes_raw()


@given(st.binary(max_size=TRIP_ALERT.plaintext_max_bytes))
def test_what_was_sealed_opens_and_its_length_tells_nothing(plaintext):
    message = seal(PUBLIC, plaintext, TRIP_ALERT)
    assert TRIP_ALERT.sealed_bytes == len(message)
    assert plaintext == open_sealed(PRIVATE, message, TRIP_ALERT)


def test_one_text_is_sealed_to_two_messages():
    assert seal(PUBLIC, b"x", CORRECTION) != seal(PUBLIC, b"x", CORRECTION)


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(MessageTooLong):
        seal(PUBLIC, bytes(TRIP_ALERT.plaintext_max_bytes + 1), TRIP_ALERT)


def test_another_kind_does_not_open():
    message = seal(PUBLIC, b"x", CORRECTION)
    with pytest.raises(MessageUnreadable):
        open_sealed(PRIVATE, message, TRIP_ALERT)
    with pytest.raises(MessageUnreadable):
        open_sealed(PRIVATE, message[: TRIP_ALERT.sealed_bytes], TRIP_ALERT)


def test_another_key_does_not_open():
    other = X25519PrivateKey.generate().private_bytes_raw()
    with pytest.raises(MessageUnreadable):
        open_sealed(other, seal(PUBLIC, b"x", TRIP_ALERT), TRIP_ALERT)


@given(st.integers(0, TRIP_ALERT.sealed_bytes - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place, change):
    message = bytearray(seal(PUBLIC, b"x", TRIP_ALERT))
    message[place] ^= change
    with pytest.raises(MessageUnreadable):
        open_sealed(PRIVATE, bytes(message), TRIP_ALERT)


@given(st.binary(max_size=TRIP_ALERT.sealed_bytes))
def test_other_bytes_do_not_open(data):
    with pytest.raises(MessageUnreadable):
        open_sealed(PRIVATE, data, TRIP_ALERT)
