"""What is read quickly, being letters and digits alone, is read as the long way reads it.

A space behind a number changes nothing of what it means, and takes the long way.
"""

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text.folding import is_number_alone, plain_marks, simplified, spaced
from exposure_index.trip_text.modes import MODES, modes_named
from exposure_index.trip_text.plates import names_a_plate
from exposure_index.trip_text.service_numbers import is_plate, mode_by_shape, numbers

LETTERS = [
    "",
    *string.ascii_uppercase,
    *map("".join, itertools.product(string.ascii_uppercase, repeat=2)),
]
DIGITS = ["7", "12", "0", "007", "10", "123", "102", "320", "1234", "1023", "01234", "12345"]
plain_texts = st.text(string.ascii_letters + string.digits, min_size=1, max_size=9)


@pytest.mark.parametrize("mode", MODES)
def test_every_number_behind_two_letters_at_most_is_read_alike(mode):
    for letters, digits in itertools.product(LETTERS, DIGITS):
        text = letters + digits
        assert numbers(mode, f"{text} ") == numbers(mode, text), text


def test_no_word_for_a_means_of_transport_has_two_letters():
    for letters in LETTERS:
        text = f"{letters}12"
        assert is_number_alone(text)
        assert modes_named(f"{text} ") == modes_named(text), text
        assert mode_by_shape(f"{text} ") == mode_by_shape(text), text


@pytest.mark.parametrize(
    ("mode", "text", "expected"),
    [
        ("bus", "no3", ("3",)),
        ("taxi", "NO12", ("12",)),
        ("ship", "MV3", ("3",)),
        ("ship", "ms12", ("12",)),
        ("metro", "no2", ("2",)),
        ("bus", "na12", ("NA12",)),
        ("coach", "k12", ("K12",)),
        ("train", "no1461", ("1461",)),
        ("train", "na1461", ("1461",)),
        ("train", "cz3013", ("CZ3013",)),
        ("train", "g0123", ("G123",)),
        ("flight", "na1234", ()),
        ("flight", "h0346", ("HO346",)),
        ("flight", "g1023", ("G123",)),
        ("flight", "no1234", ("NO1234",)),
    ],
)
def test_a_word_before_the_number_still_is_none_of_it(mode, text, expected):
    assert expected == numbers(mode, text) == numbers(mode, f"{text} ")


@given(plain_texts, st.sampled_from(MODES))
def test_any_letters_and_digits_are_read_alike(text, mode):
    assert numbers(mode, f"{text} ") == numbers(mode, text)
    assert modes_named(f"{text} ") == modes_named(text)
    assert is_plate(f"{text} ") == is_plate(text)


@given(st.text(string.printable))
def test_folding_leaves_ascii_as_the_long_way_does(text):
    long_way = spaced(f"{text}\N{ZERO WIDTH NO-BREAK SPACE}")
    assert long_way == spaced(text)
    assert text == plain_marks(text) == simplified(text)
    assert not names_a_plate(spaced(text))
