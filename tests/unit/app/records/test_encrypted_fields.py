import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.encrypted_fields import FieldCipher, FieldUnreadable, Place

CIPHER = FieldCipher(bytes(32))
PLACE = Place("watches", "phone", "W1")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_field_opens_where_it_was_written(text):
    assert text == CIPHER.decrypt(PLACE, CIPHER.encrypt(PLACE, text))


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("watches", "phone", "W2"),
        Place("watches", "name", "W1"),
        Place("clerks", "phone", "W1"),
    ],
)
def test_a_field_moved_elsewhere_does_not_open(elsewhere):
    with pytest.raises(FieldUnreadable):
        CIPHER.decrypt(elsewhere, CIPHER.encrypt(PLACE, "secret"))


@given(st.binary(max_size=64))
def test_other_bytes_do_not_open(data):
    with pytest.raises(FieldUnreadable):
        CIPHER.decrypt(PLACE, data)


def test_another_key_does_not_open():
    with pytest.raises(FieldUnreadable):
        FieldCipher(b"k" * 32).decrypt(PLACE, CIPHER.encrypt(PLACE, "secret"))


def test_one_text_is_encrypted_to_two_fields():
    assert CIPHER.encrypt(PLACE, "secret") != CIPHER.encrypt(PLACE, "secret")


def test_digests_differ_by_purpose_and_key():
    digests = {CIPHER.digest("a", b"x"), CIPHER.digest("b", b"x"), CIPHER.digest("a", b"y")}
    assert 4 == len(digests | {FieldCipher(b"k" * 32).digest("a", b"x")})
    assert CIPHER.digest("a", b"x") in digests
