"""What is read quickly is read as the rules read it."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity import han_asides, name_words
from exposure_index.identity.plain_residents import plain_resident
from exposure_index.identity.tables import FOLD
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import claims_of
from tables.staff_names import asides
from tables.staff_names.asides import may_hold_aside
from tables.staff_names.garbled_names import is_garbled
from tables.staff_names.han_pieces import is_piece_fault, names_of_pieces

WORDS = [
    *han_asides._ALONE,
    *name_words.TITLES_OF_HAN,
    *name_words._HAN_FILLERS,
    *[
        *asides._ALONE,
        *asides._DITTOS,
        *asides._OTHERS.split(),
        "等",
        "老",
        "家属",
        "之子",
        "之女",
        "等人",
        "夫妇",
        "曾用名",
        "某",
        "某某",
        "测试",
        "男",
        "女",
        "甲",
        "乙",
        "〇",
        "々",
    ],
]
PLAIN = "张王李赵陈伟芳娜敏静强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英"
seventeen = st.from_regex("[0-9]{17}", fullmatch=True, alphabet=st.characters(codec="ascii"))
numbers = seventeen.map(lambda digits: digits + calc_check_digit(digits + "0"))
han = st.one_of(
    st.text(st.sampled_from(PLAIN), min_size=2, max_size=4),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=5),
    st.lists(st.sampled_from([*WORDS, *PLAIN]), min_size=1, max_size=3).map("".join),
    st.text(st.sampled_from(sorted(map(chr, FOLD))), min_size=1, max_size=4),
)


def by_the_rules(number, name, id_type="resident"):
    """Return document and names as a staff list is read, whatever is wrong with it."""
    try:
        return [(one.document, one.names) for one in claims_of(PersonRow(id_type, number, name))]
    except ValueError as error:
        return error


def read_quickly(number, name):
    """Return the names of a row as the lists of organisations read it quickly, None where not."""
    plain = plain_resident(number, name)
    if plain is None or may_hold_aside(plain) or is_piece_fault(plain) or is_garbled(name):
        return None
    return names_of_pieces(plain)


@settings(max_examples=1_500)
@given(numbers, han)
def test_a_plain_row_is_read_as_the_rules_read_it(number, name):
    plain = read_quickly(number, name)
    if plain is not None:
        assert [(number, plain)] == by_the_rules(number, name)
        assert [(number, plain)] == by_the_rules(number, name, "")


def test_every_word_in_every_place_is_read_as_the_rules_read_it():
    number = "99000019800101123" + calc_check_digit("990000198001011230")
    for word in WORDS:
        for name in (word, f"张{word}", f"{word}张", f"张三{word}", f"{word}张三", f"张{word}三"):
            plain = read_quickly(number, name)
            if plain is not None:
                assert [(number, plain)] == by_the_rules(number, name), name


def test_most_names_are_plain():
    draw = random.Random(1)  # noqa: S311
    number = "99000019800101123" + calc_check_digit("990000198001011230")
    names = ["".join(draw.choices(PLAIN, k=3)) for _ in range(200)]
    assert 180 < sum(plain_resident(number, name) is not None for name in names)


@pytest.mark.parametrize(
    "number",
    [
        "990000198001011230",
        "99000019800101123x",
        "9900001980010112",
        "９９0000198001011230",
        "E9900000",
        "000000000000000000",
    ],
)
def test_a_number_that_is_not_plain_is_none(number):
    assert plain_resident(number, "舒小满") is None
