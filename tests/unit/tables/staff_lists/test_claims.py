"""Whom a row asks about: everything that its cells may mean, or nothing and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.identity.parsing import parse_identity
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import REASONS, claims_of
from tests.fixtures.staff_sources import person_reason, resident

NUMBER = resident(1)
PASSPORT = "ZZ09876543"


def person(id_number, name, id_type="", name_latin=""):
    return PersonRow(id_type, id_number, name, name_latin)


def documents(*fields):
    return [claim.document for claim in claims_of(person(*fields))]


def names(*fields):
    return {name for claim in claims_of(person(*fields)) for name in claim.names}


def canonical(name, id_type="other"):
    return set(parse_identity(id_type, PASSPORT, name).names)


@pytest.mark.parametrize("id_type", ["", "身份证", "other"])
def test_fifteen_digits_are_looked_up_with_the_zeros_that_a_resident_number_lost(id_type):
    whole = "000384201310118966"  # pragma: allowlist secret
    assert whole in documents(whole.lstrip("0"), "高超庆", id_type)


@pytest.mark.parametrize(
    "written",
    [
        f"'{NUMBER}",
        f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"身份证：{NUMBER}",
        f"{NUMBER}.0",
        f'="{NUMBER}"',
        NUMBER.lower(),
        NUMBER.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
    ],
)
def test_a_number_is_the_same_however_it_is_written(written):
    assert claims_of(person(NUMBER, "张伟")) == claims_of(person(written, "张伟"))


def test_what_a_form_asks_about_a_row_asks_about():
    form = parse_identity("passport", PASSPORT, "Ana Silva", "安娜")
    (claim,) = claims_of(person(PASSPORT, "Ana Silva", "护照", "安娜"))
    assert (form.document, True) == (claim.document, set(form.names) <= set(claim.names))


def test_ten_digits_of_no_kind_are_asked_about_as_a_permit_of_taiwan_too():
    assert ["0900000101", "09000001"] == documents("0900000101", "Wang Fang")


def test_a_permit_of_hong_kong_with_its_renewals_needs_no_kind():
    assert ["H09000001"] == documents("H0900000102", "温清和")


def test_a_number_of_no_kind_that_may_be_a_passport_needs_its_latin_name():
    assert "document_type_missing" == person_reason(person(PASSPORT, "张伟"))
    assert [PASSPORT] == documents(PASSPORT, "张伟", "", "Zhang Wei")


def test_a_resident_number_of_no_kind_needs_its_han_name():
    assert "han_name_needed" == person_reason(person(NUMBER, "Zhang Wei"))


def test_two_numbers_in_a_cell_are_two_documents_of_one_person():
    assert [NUMBER, PASSPORT] == documents(f"{NUMBER} / {PASSPORT}", "张伟 Zhang Wei")


def test_two_numbers_of_which_one_cannot_be_asked_about_are_both_not_checked():
    assert "document_type_missing" == person_reason(person(f"{NUMBER} / {PASSPORT}", "张伟"))


def test_a_second_number_is_of_the_kind_that_it_looks_like():
    fields = (f"{NUMBER}；{PASSPORT}", "张伟 Zhang Wei", "身份证")
    assert "latin_name_needed" == person_reason(person(f"{NUMBER}；{PASSPORT}", "张伟", "身份证"))
    assert [NUMBER, PASSPORT] == documents(*fields)


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("张伟（曾用名：李伟）", "李伟"),
        ("张伟经理", "张伟"),
        ("旅客张伟", "张伟"),
        ("张伟【原名李伟】", "李伟"),
        ("张伟（女）", "张伟"),
        ("张伟\nZhang Wei", "张伟"),
        ("王和平", "王和平"),
    ],
)
def test_every_name_that_a_cell_may_give_is_asked_about(written, also):
    assert canonical(also) <= names(NUMBER, written, "resident")


def test_a_latin_name_in_brackets_is_the_name_of_a_passport():
    assert canonical("Ana Silva") <= names(PASSPORT, "安娜（Ana Silva）", "passport")


@pytest.mark.parametrize(
    ("number", "kind", "reason"),
    [
        ("", "", "document_missing"),
        ("N/A", "", "document_missing"),
        ("无", "身份证", "document_missing"),
        ("9.9E+17", "", "digits_lost"),
        ("990101196001010000", "身份证", "digits_lost"),
        ("900001", "台胞证", "digits_lost"),
        (f"{NUMBER[:6]}********{NUMBER[14:]}", "", "masked"),
        (f"{NUMBER[:14]}XXXX", "", "masked"),
        (NUMBER[:-1], "", "length"),
        (f"{NUMBER}1", "护照", "length"),
        (NUMBER[:-1], "身份证", "length"),
        (f"{NUMBER[:-1]}{'1' if NUMBER[-1] != '1' else '2'}", "护照", "check_digit"),
        ("E12", "护照", "too_short"),
        ("E1234©5678", "护照", "character"),
        (f"{PASSPORT} LOST 2019", "护照", "document_unclear"),
        (PASSPORT, "见附件", "document_type_unclear"),
        ("9" * 300, "护照", "too_long"),
    ],
)
def test_a_number_that_is_not_understood_is_not_checked(number, kind, reason):
    assert reason == person_reason(person(number, "张伟 Zhang Wei", kind))


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("", "resident", "name_missing"),
        ("。", "resident", "name_missing"),
        ("未知", "resident", "name_filler"),
        ("张某某", "resident", "name_filler"),
        ("张*伟", "resident", "name_filler"),
        ("13800000000", "resident", "name_unclear"),
        ("张", "resident", "name_partial"),
        ("张经理", "resident", "name_partial"),
        ("张伟…", "resident", "name_partial"),
        ("张伟、李娜", "resident", "name_unclear"),
        ("张伟和李娜", "resident", "name_unclear"),
        ("张伟等3人", "resident", "name_unclear"),
        ("张伟家属", "resident", "name_unclear"),
        ("Silva", "passport", "name_partial"),
        ("A. Silva", "passport", "name_partial"),
        ("Ana S", "passport", "name_partial"),
        ("Ana Silva & Bruno Silva", "passport", "name_unclear"),
        ("安娜", "passport", "latin_name_needed"),
        ("张伟" * 200, "resident", "too_long"),
    ],
)
def test_a_name_that_may_be_half_of_one_is_not_checked(name, kind, reason):
    number = NUMBER if kind == "resident" else PASSPORT
    assert reason == person_reason(person(number, name, kind))


@pytest.mark.parametrize("name", ["O'Brien Sean", "D’Souza Ana", "MUELLER/JOERG MR", "Li Xiaolong"])
def test_a_whole_latin_name_is_checked(name):
    assert "" == person_reason(person(PASSPORT, name, "passport"))


def test_initials_beside_the_han_name_of_a_resident_do_no_harm():
    assert "" == person_reason(person(NUMBER, "张伟", "resident", "W Zhang"))


def test_every_reason_of_a_row_is_a_code_that_there_is():
    cells = ["", "x", "E12", PASSPORT, NUMBER, "*", "未知", "©©©©1", "1" * 17, "9.9E+17", "张伟"]
    found = {person_reason(person(a, b, kind)) for a in cells for b in cells for kind in cells}
    assert set() == found - {"", *REASONS}


@given(
    st.integers(0, 9_999),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=5),
    st.sampled_from(["", "身份证", "resident"]),
)
def test_the_short_path_of_plain_rows_says_what_the_long_one_says(number, name, kind):
    plain = person(resident(number), name, kind)
    spaced = person(f" {resident(number)}", name, kind)
    assert person_reason(plain) == person_reason(spaced)
    if not person_reason(plain):
        assert claims_of(plain) == claims_of(spaced)


@pytest.mark.parametrize(
    "name", ["沈玉等", "沈玉等人", "沈玉等3人", "沈玉等三名", "沈玉 等", "欧阳玉等"]
)
def test_several_people_in_one_name_are_nobody(name):
    assert "name_unclear" == person_reason(person(NUMBER, name))


@pytest.mark.parametrize("name", ["许⿰王可", "⿱艹明华", "张⿰亻韦 Zhang Wei"])
def test_a_character_that_is_described_is_no_name(name):
    assert "name_unclear" == person_reason(person(NUMBER, name))


@pytest.mark.parametrize("kind", ["", "其他"])
def test_a_day_of_birth_is_no_number_of_a_document(kind):
    assert "document_unclear" == person_reason(person("19850317", "Ana Silva", kind))


def test_eight_digits_that_are_no_day_or_of_a_passport_are_looked_up():
    assert ["19851317", "019851317"] == documents("19851317", "Ana Silva")
    assert "19850317" in documents("19850317", "Ana Silva", "护照")


def test_nine_digits_of_no_kind_may_be_a_permit_of_taiwan_that_lost_its_zero():
    assert ["900000101", "09000001"] == documents("900000101", "Wang Fang")


@pytest.mark.parametrize(("number", "kind"), [("1900000101", "护照"), ("900000101", "台胞证")])
def test_more_digits_than_a_kind_has_are_not_looked_up(number, kind):
    assert "length" == person_reason(person(number, "Wang Fang", kind))


def test_a_long_number_of_another_kind_is_looked_up_with_a_zero_too():
    assert ["1234567890", "01234567890", "12345678"] == documents("1234567890", "Ana Silva", "其他")


@pytest.mark.parametrize(("written", "whole"), [("凤 陆", "陆凤"), ("凤 欧阳", "欧阳凤")])
def test_a_given_name_before_its_surname_is_looked_up_in_both_orders(written, whole):
    assert canonical(whole) | canonical(written) <= names(NUMBER, written)


@pytest.mark.parametrize(
    ("number", "digits"),
    [("ZZO9234567", "ZZ09234567"), ("ZZI9234567", "ZZ19234567"), ("ZZ9O34567", "ZZ9034567")],
)
def test_letters_like_digits_are_looked_up_as_both(number, digits):
    claims = claims_of(PersonRow("passport", number, "Ana Silva"))
    assert [number, digits] == [claim.document for claim in claims]


def test_letters_away_from_digits_are_letters():
    (claim,) = claims_of(PersonRow("passport", "IOA9234567", "Ana Silva"))
    assert "IOA9234567" == claim.document
