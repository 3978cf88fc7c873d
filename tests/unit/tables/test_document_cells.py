import pytest

from tables.document_cells import is_filler, is_stand_in


@pytest.mark.parametrize(
    "number", ["1111111", "99999999", "1234567", "12345678", "0123456789", "87654321", "4321"]
)
def test_one_digit_repeated_and_plain_runs_are_stand_ins(number):
    assert is_stand_in(number)


@pytest.mark.parametrize("number", ["1111112", "12345679", "X1234567", "1324567", "99000055"])
def test_other_numbers_are_no_stand_ins(number):
    assert not is_stand_in(number)


def test_a_stand_in_may_be_somebodys_number_and_is_no_filler():
    assert not is_filler("12345678")
