import pytest
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import (
    InvalidIdentity,
    field_faults,
    parse_document,
    parse_identity,
    parse_names,
)

BODY = "99010119900101001"
RESIDENT = BODY + calc_check_digit(BODY + "0")
WRONG_DIGIT = BODY + "0123456789X"[(int(RESIDENT[-1].replace("X", "0")) + 1) % 10]
BOTH = ("张伟", "AGHINWZ")


def refusal(parse, *fields):
    with pytest.raises(InvalidIdentity) as raised:
        parse(*fields)
    return raised.value.field, raised.value.reason


@pytest.mark.parametrize("id_type", ID_TYPES)
def test_a_wrong_check_digit_of_a_resident_number_is_refused_under_every_type(id_type):
    assert ("id_number", "check_digit") == refusal(parse_document, id_type, WRONG_DIGIT)


def test_what_is_wrong_is_told_without_the_value():
    with pytest.raises(InvalidIdentity) as raised:
        parse_identity("resident", "SECRET99", "张伟")
    assert "SECRET99" not in str(raised.value) + repr(raised.value)


def test_a_refused_character_is_no_part_of_the_message():
    with pytest.raises(InvalidIdentity) as raised:
        parse_document("passport", "X0000001§")
    assert "§" == raised.value.character
    assert "§" not in str(raised.value) + repr(raised.value)


def test_a_form_can_ask_each_field_apart():
    assert RESIDENT == parse_document("resident", RESIDENT.lower())
    assert ("AN",) == parse_names("passport", "Ana")


def test_an_identity_has_a_name_of_each_script_that_is_typed():
    assert IdentityClaim(RESIDENT, BOTH) == parse_identity(
        "resident", RESIDENT, "张伟", "Zhang Wei"
    )


@pytest.mark.parametrize(
    ("name", "name_latin"),
    [
        ("张伟", "Zhang Wei"),
        ("Zhang Wei", "张伟"),
        ("张伟 ZHANG WEI", ""),
        ("", "张伟 ZHANG WEI"),
        ("张伟 ZHANG WEI", "zhang wei"),
    ],
)
def test_either_field_may_hold_either_script_and_the_han_name_comes_first(name, name_latin):
    assert BOTH == parse_names("hk_mo_permit", name, name_latin)


@pytest.mark.parametrize(
    ("name", "name_latin", "names"),
    [
        ("张伟", "張偉", ("张伟",)),
        ("张伟", "章伟", ("张伟", "章伟")),
        ("Ana Silva", "SILVA/ANA", ("AILNSV",)),
        ("Ana Silva", "Ana Lima", ("AILNSV", "AILMN")),
        ("Иван", "IVAN", ("AINV", "ИВАН")),
    ],
)
def test_names_are_distinct_and_at_most_two(name, name_latin, names):
    assert set(names) == set(parse_names("other", name, name_latin))


@pytest.mark.parametrize(
    ("id_type", "name", "name_latin", "fault"),
    [
        ("resident", "Zhang Wei", "", ("name", "han_name_needed")),
        ("resident", "", "Zhang Wei", ("name", "han_name_needed")),
        ("resident", "김철수", "", ("name", "han_name_needed")),
        ("passport", "张伟", "", ("name_latin", "latin_name_needed")),
        ("foreign_pr", "Иван Петров", "", ("name_latin", "latin_name_needed")),
        ("passport", "", "", ("name", "missing")),
        ("passport", " ", "\u3000", ("name", "missing")),
        ("passport", "XX0000001", "", ("name", "looks_like_document")),
        ("passport", "", RESIDENT, ("name_latin", "looks_like_document")),
        ("passport", "TBA", "", ("name", "filler")),
        ("resident", "张伟", "N/A", ("name_latin", "filler")),
        ("other", "张伟 ZHANG WEI", "ANA LIMA", ("name_latin", "too_many_names")),
        ("resident", "张*伟", "", ("name", "filler")),
        ("passport", "...", "", ("name", "empty")),
        ("passport", "--", "", ("name", "empty")),
        ("passport", "A" * 201, "", ("name", "too_long")),
    ],
)
def test_a_name_that_cannot_be_used_says_in_which_field_and_why(id_type, name, name_latin, fault):
    assert fault == refusal(parse_names, id_type, name, name_latin)


@pytest.mark.parametrize("id_type", ["hk_mo_permit", "tw_permit", "other"])
@pytest.mark.parametrize("name", ["张伟", "Zhang Wei", "김철수"])
def test_permits_take_a_name_in_any_script(id_type, name):
    assert 1 == len(parse_names(id_type, name))


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", "missing"),
        ("\u3000", "missing"),
        ("1" * 201, "too_long"),
        ("--", "empty"),
        ("张伟", "looks_like_name"),
        ("Ana Silva", "looks_like_name"),
        ("Łukasz", "looks_like_name"),
        ("NA", "no_digit"),
        ("E12", "too_short"),
        ("E12é45", "character"),
        ("E12*45", "character"),
        ("9901011990010100190", None),
    ],
)
def test_a_number_that_cannot_be_used_says_why(number, reason):
    faults = field_faults("passport", number, "Ana")
    assert [reason] == [fault.reason for fault in faults.values()] or not (reason or faults)


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (("", "", ""), {"id_type": "missing", "id_number": "missing", "name": "missing"}),
        (("none", " ", "A"), {"id_type": "unknown_type", "id_number": "missing"}),
        (("", "1234", "A"), {"id_type": "missing"}),
        (("resident", "1234", ""), {"id_number": "length", "name": "missing"}),
        (("passport", "NA", "TBA", "N/A"), dict(zip(
            ("id_number", "name", "name_latin"), ("no_digit", "filler", "filler"), strict=True))),
        (("passport", "X0000001", "Ana"), {}),
    ],
)  # fmt: skip
def test_every_fault_is_told_at_once_also_where_the_kind_of_document_is_missing(fields, faults):
    found = field_faults(*fields)
    assert faults == {field: fault.reason for field, fault in found.items()}
