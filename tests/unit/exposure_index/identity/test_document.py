import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.document import canonical_document, resident_number_fault

BODY = "99010119900101001"
RESIDENT = BODY + calc_check_digit(BODY + "0")


@given(st.text())
def test_a_canonical_document_is_stable(text):
    document = canonical_document(text)
    assert document == canonical_document(document)


@given(st.text("ABCXYZ0189", min_size=1), st.text(" -–./\u3000（）[]\u200b\u202e"))
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
