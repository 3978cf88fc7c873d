import pytest
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import (
    InvalidIdentity,
    field_faults,
    parse_document,
    parse_identity,
    parse_name,
)

BODY = "99010119900101001"
RESIDENT = BODY + calc_check_digit(BODY + "0")


def test_only_a_resident_number_is_checked():
    wrong = BODY + "0123456789X"[(int(RESIDENT[-1].replace("X", "0")) + 1) % 10]
    for id_type in ID_TYPES[1:]:
        assert wrong == parse_identity(id_type, wrong, "Ana").document


def test_what_is_wrong_is_told_without_the_value():
    with pytest.raises(InvalidIdentity) as raised:
        parse_identity("resident", "SECRET99", "Ana")
    assert "SECRET99" not in str(raised.value) + repr(raised.value)


def test_a_form_can_ask_each_field_apart():
    assert RESIDENT == parse_document("resident", RESIDENT.lower())
    assert "AAN" == parse_name("Ana")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (("", "", ""), {"id_type": "missing", "id_number": "missing", "name": "missing"}),
        (("none", " ", "A"), {"id_type": "unknown_type", "id_number": "missing"}),
        (("", "1", "A"), {"id_type": "missing"}),
        (("resident", "1", ""), {"id_number": "length", "name": "missing"}),
        (("passport", "X0000001", "Ana"), {}),
    ],
)
def test_every_fault_is_told_at_once_also_where_the_kind_of_document_is_missing(fields, faults):
    assert faults == field_faults(*fields)
