"""What is read quickly of a passport is read as the rules read it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure_index.identity import name_words
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.document import is_plain_passport
from exposure_index.identity.name import plain_latin_name
from exposure_index.identity.parsing import (
    MAX_FIELD_CHARACTERS,
    InvalidIdentity,
    parse_document,
    parse_identity,
    parse_names,
)

WORDS = [
    *sorted(name_words.TITLES),
    *sorted(name_words._FILLER_WORDS),
    *sorted(name_words._FILLER_NAMES),
    *("XX", "XXX", "NUXXEZ", "MUXXLLER", "A", "E", "AE", "O'Neil", "Ana-Maria", "Silva", ",", "."),
    *("Zhang", "zhang wei", "é", "张伟", "1", "*", "\u3000", "(", "", "Ａ"),
]
names = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.text(st.sampled_from("AEXNaex ,.'/-"), max_size=12),
    st.text(max_size=8),
    st.integers(MAX_FIELD_CHARACTERS - 2, MAX_FIELD_CHARACTERS + 2).map("A".__mul__),
)
numbers = st.one_of(
    st.from_regex("[A-Z]{0,3}[0-9]{4,11}X?", fullmatch=True),
    st.from_regex("[HM][0-9]{10}", fullmatch=True),
    st.text(st.sampled_from("AHX0189x -Ｅ\n"), max_size=12),
)


def outcome(read):
    try:
        return read()
    except InvalidIdentity as error:
        return error.field, error.reason, error.character


@settings(max_examples=1_500)
@given(numbers, names)
def test_a_passport_is_read_as_the_rules_read_it(number, name):
    def by_the_rules():
        return IdentityClaim(parse_document("passport", number), parse_names("passport", name))

    assert outcome(by_the_rules) == outcome(lambda: parse_identity("passport", number, name))


@pytest.mark.parametrize("word", WORDS)
def test_every_word_in_every_place_is_read_as_the_rules_read_it(word):
    for name in (word, f"{word} Silva", f"Silva {word}", f"Ana {word} Silva", f"{word}{word}"):
        read = outcome(lambda name=name: parse_names("passport", name))
        if plain_latin_name(name) is not None:
            assert (plain_latin_name(name),) == read, name


def test_a_usual_name_and_number_are_plain():
    assert plain_latin_name("Silva, Ana-Maria") is not None
    assert is_plain_passport("E00000001")


@pytest.mark.parametrize("number", ["e0000001", "E0000001\n", "H0000000001", "0000001", "E 000001"])
def test_a_number_that_is_not_plain_is_left_to_the_rules(number):
    assert not is_plain_passport(number)
