import pytest

from app.kiosk.enrolment.codes import CodeMistyped, in_groups, new_code, parse_code

CODE = "0123456789ABCDEF"  # pragma: allowlist secret


def test_a_code_is_read_as_it_was_made():
    code = new_code()
    assert code == parse_code(in_groups(code))


@pytest.mark.parametrize(
    "typed",
    [
        "0123-4567-89ab-cdef",
        " 0123 4567 89AB CDEF ",
        "OI23-4567-89AB-CDEF",
        "0l23456789abcdef",
        "０１２３４５６７８９ＡＢＣＤＥＦ",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert CODE == parse_code(typed)


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", "U" + CODE[1:], "0" * 65, "é" * 16])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(CodeMistyped):
        parse_code(typed)
