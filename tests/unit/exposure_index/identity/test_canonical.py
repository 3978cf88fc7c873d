import json
from hashlib import sha256
from pathlib import Path
from string import ascii_uppercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

import exposure_index
from exposure_index.identity.canonical import (
    HAN,
    ID_TYPES,
    IDENTITY_HASH,
    TITLES,
    FieldTooLong,
    Identity,
    InvalidIdentity,
    canonical_document,
    canonical_name,
    document_typed,
    faults_typed,
    identity_typed,
    name_typed,
    resident_number_fault,
)

FOLDER = Path(exposure_index.__file__).parent
VECTORS = json.loads((FOLDER / "identity_vectors.json").read_text("utf-8"))
FOLD = dict(line.split("\t") for line in (FOLDER / "fold.tsv").read_text("utf-8").splitlines())
BODY = "99010119900101001"
RESIDENT = BODY + calc_check_digit(BODY + "0")

latin_words = st.lists(
    st.text(ascii_uppercase.replace("E", ""), min_size=2, max_size=8), min_size=1, max_size=4
).filter(lambda words: not TITLES.intersection(words))
han = st.text(st.sampled_from(sorted({*FOLD, *FOLD.values(), *"張王李欧阳娜〇々𠮷"})), min_size=1)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_every_vector_of_the_shared_file_holds(vector):
    typed = vector["id_type"], vector["id_number"], vector["name"]
    if "invalid" in vector:
        with pytest.raises(InvalidIdentity) as raised:
            identity_typed(*typed)
        assert vector["invalid"] == {"field": raised.value.field, "reason": raised.value.reason}
    else:
        identity = identity_typed(*typed)
        assert (vector["document"], vector["canonical_name"]) == (identity.document, identity.name)
        assert vector["x0"] == identity.encoded().hex(" ")
        assert vector["xd"] == identity.document_encoded().hex(" ")


def test_the_identity_hash_covers_table_and_vectors():
    both = (FOLDER / "fold.tsv").read_bytes() + (FOLDER / "identity_vectors.json").read_bytes()
    assert sha256(both).hexdigest() == IDENTITY_HASH


def test_the_fold_table_is_closed_under_itself():
    assert [] == [c for c, representative in FOLD.items() if representative in FOLD]


def test_the_fold_table_holds_han_that_nfkc_leaves_alone():
    for character in {*FOLD, *FOLD.values()}:
        assert 1 == len(character)
        assert HAN.fullmatch(character)
        assert character == canonical_name(character) or character in FOLD


@given(han)
def test_a_han_name_is_its_own_canonical_form(name):
    canonical = canonical_name(name)
    assert canonical == canonical_name(canonical)


@given(han, st.text(" ·•.-\u3000😀0a"))
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
    typed = random.choice([" ", "/", "-", ", ", "' "]).join(shuffled)
    assert canonical_name(" ".join(words)) == canonical_name(typed.lower())


@given(latin_words, st.sampled_from(sorted(TITLES)), st.booleans())
def test_a_title_never_matters(words, title, first):
    typed = [title, *words] if first else [*words, title]
    assert canonical_name(" ".join(words)) == canonical_name(" ".join(typed))


@given(latin_words)
def test_the_canonical_form_of_a_latin_name_is_stable(words):
    canonical = canonical_name(" ".join(words))
    assume(canonical not in TITLES)
    assert canonical == canonical_name(canonical)


@given(st.text("АБВГДабвгд가나다あいウエمحم", min_size=1))
def test_other_scripts_keep_their_order(name):
    assert name.upper() == canonical_name(name)


@given(st.text())
def test_no_text_breaks_a_canonical_form(text):
    assert canonical_document(text).isascii()
    assert "\0" not in canonical_name(text)
    Identity(canonical_document(text), canonical_name(text)).encoded()


@given(st.text())
def test_a_canonical_document_is_stable(text):
    document = canonical_document(text)
    assert document == canonical_document(document)


@given(st.text("ABCXYZ0189", min_size=1), st.text(" -./\u3000（）护照"))
def test_separators_and_case_of_a_document_never_matter(document, other):
    assert canonical_document(document) == canonical_document(other.join(document).lower())


@given(st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_the_right_check_digit_and_no_other_is_accepted(body):
    right = calc_check_digit(body + "0")
    accepted = [d for d in "0123456789X" if resident_number_fault(body + d) is None]
    assert [right] == accepted


@pytest.mark.parametrize("region", ["00", "99", "81", "11"])
def test_a_resident_number_is_never_judged_by_its_region(region):
    body = region + BODY[2:]
    assert None is resident_number_fault(body + calc_check_digit(body + "0"))


@pytest.mark.parametrize(
    "number", ["", "1", RESIDENT + "0", "x" + RESIDENT[1:], RESIDENT.lower()[:17]]
)
def test_another_shape_of_resident_number_is_a_fault_of_length(number):
    assert "length" == resident_number_fault(number)


def test_an_arabic_indic_digit_is_no_digit_of_a_resident_number():
    assert "length" == resident_number_fault("٠" * 17 + "0")


def test_only_a_resident_number_is_checked():
    wrong = BODY + "0123456789X"[(int(RESIDENT[-1].replace("X", "0")) + 1) % 10]
    for id_type in ID_TYPES[1:]:
        assert wrong == identity_typed(id_type, wrong, "Ana").document


def test_the_length_of_each_field_stands_before_it():
    identity = Identity("AB1", "张")
    assert b"\x01\x00\x03AB1\x00\x03\xe5\xbc\xa0" == identity.encoded()
    assert b"\x02\x00\x03AB1" == identity.document_encoded()


def test_a_field_past_its_length_prefix_is_refused():
    with pytest.raises(FieldTooLong):
        Identity("A" * 65536, "B").encoded()


def test_what_is_wrong_is_told_without_the_value():
    with pytest.raises(InvalidIdentity) as raised:
        identity_typed("resident", "SECRET99", "Ana")
    assert "SECRET99" not in str(raised.value) + repr(raised.value)


def test_a_form_can_ask_each_field_apart():
    assert RESIDENT == document_typed("resident", RESIDENT.lower())
    assert "AAN" == name_typed("Ana")


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        (("", "", ""), {"id_type": "missing", "id_number": "missing", "name": "missing"}),
        (("none", " ", "A"), {"id_type": "unknown_type", "id_number": "missing"}),
        (("", "1", "A"), {"id_type": "missing"}),
        (("resident", "1", ""), {"id_number": "length", "name": "missing"}),
        (("passport", "X0000001", "Ana"), {}),
    ],
)
def test_every_fault_is_told_at_once_also_where_the_kind_of_document_is_missing(typed, faults):
    assert faults == faults_typed(*typed)
