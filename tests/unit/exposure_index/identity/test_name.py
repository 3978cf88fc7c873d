from string import ascii_uppercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exposure_index.identity.name import HAN, canonical_name
from exposure_index.identity.name_brackets import former_names
from exposure_index.identity.name_words import TITLES
from exposure_index.identity.tables import FOLD_PATH

FOLD = dict(line.split("\t") for line in FOLD_PATH.read_text("utf-8").splitlines())

latin_words = st.lists(
    st.text(ascii_uppercase.replace("E", ""), min_size=2, max_size=8), min_size=1, max_size=4
).filter(lambda words: not TITLES.intersection(words))
han = st.text(st.sampled_from(sorted({*FOLD, *FOLD.values(), *"張王李欧阳娜〇々𠮷"})), min_size=1)


def test_the_fold_table_is_closed_under_itself():
    assert [] == [c for c, representative in FOLD.items() if representative in FOLD]


def test_the_fold_table_holds_han_that_nfkc_leaves_alone():
    for character in {*FOLD, *FOLD.values()}:
        assert 1 == len(character)
        assert HAN.fullmatch(character) or character in "○◯" or "⺀" <= character <= "⻳"
        assert character == canonical_name(character) or character in FOLD or character == "无"


@given(han)
def test_a_han_name_is_its_own_canonical_form(name):
    canonical = canonical_name(name)
    assert canonical == canonical_name(canonical)


@given(han, st.text(" ·•.-\u3000😀0\u200b\u202e"))
def test_nothing_but_han_counts_beside_han(name, other):
    assert canonical_name(name) == canonical_name(other.join(["", *name, ""]))


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("張偉", "张伟"),
        ("劉德華", "刘德华"),
        ("鍾呂龍", "钟吕龙"),
        ("葉範國", "叶范国"),
        ("歐陽", "欧阳"),
    ],
)
def test_traditional_and_simplified_are_one_name(traditional, simplified):
    assert canonical_name(simplified) == canonical_name(traditional)


@given(latin_words, st.randoms())
def test_order_case_and_separators_of_latin_words_never_matter(words, random):
    shuffled = random.sample(words, len(words))
    text = random.choice([" ", "/", "-", ", ", "' "]).join(shuffled)
    assert canonical_name(" ".join(words)) == canonical_name(text.lower())


@given(latin_words, st.sampled_from(sorted(TITLES)), st.booleans())
def test_a_title_never_matters(words, title, first):
    text = [title, *words] if first else [*words, title]
    assert canonical_name(" ".join(words)) == canonical_name(" ".join(text))


@given(latin_words)
def test_the_canonical_form_of_a_latin_name_is_stable(words):
    canonical = canonical_name(" ".join(words))
    assume(canonical not in TITLES)
    assert canonical == canonical_name(canonical)


@given(st.text("АБВГДабвгд가나다あいウエمحم", min_size=1))
def test_other_scripts_keep_their_order(name):
    assert name.upper() == canonical_name(name)


@pytest.mark.parametrize("name", ["々々", "々々伟", "张伟 々々", "々々々々"])
def test_marks_of_repetition_that_repeat_nothing_are_read_and_come_to_an_end(name):
    assert canonical_name(name).endswith(("々", "伟"))


every_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("张伟某〇○々AaEeXxñüÅøНа *?·-（）()\u200b\u3164\ue000\ud800无名先生"),
    ),
    max_size=12,
)


@given(every_text)
def test_a_canonical_name_is_its_own_canonical_form(text):
    canonical = canonical_name(text)
    assume(canonical not in TITLES)
    assert canonical_name(canonical) in (canonical, "")


@given(every_text)
def test_what_shows_nothing_changes_nothing(text):
    # the word joiner also leads past the short cuts for usual names
    assert canonical_name(text) == canonical_name(f"\u2060{text}")


@given(st.text("ÀÅåÑñØøßþĐłŒĳŉſ'- AaNn", max_size=8))
def test_short_cuts_for_european_names_change_nothing(text):
    assert canonical_name(text) == canonical_name(f"{text}\u2060")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张伟（曾用名：张小满）", ("张小满",)),
        ("张伟 (formerly Zhang Xiaoman)", ("Zhang Xiaoman",)),
        ("Ana Lima (née Rojas)", ("Rojas",)),
        ("Ana Lima [born Rojas] (a.k.a. Anita)", ("Rojas", "Anita")),
        ("Ana (Bornholm) Lima", ()),
        ("张伟（领队）", ()),
        ("张伟", ()),
    ],
)
def test_a_former_name_in_brackets_is_another_name(text, names):
    assert names == former_names(text)


def test_ten_thousand_characters_are_read_at_once():
    assert "L" * 10_000 == canonical_name("L" * 10_000)
    assert "" == canonical_name("(" * 10_000)
    assert "李" * 10_000 == canonical_name("李" + "々" * 9_999)


@pytest.mark.parametrize(
    "name",
    ["无", "无甲", "无 无", "未知乘客", "乘客甲", "无名氏", "测试", "测试乘客甲", "乘客测试"],
)
def test_fillers_of_one_character_and_many_name_nobody(name):
    assert not canonical_name(name)
