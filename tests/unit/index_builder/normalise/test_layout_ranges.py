import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import LayoutFault, columns_of, rows_of, units_of


def test_rows_come_in_physical_order_and_skip_what_is_left_out():
    assert (1, 2, 3, 12, 14, 15) == rows_of("1-3, 12，14-15")


def test_rows_may_stand_in_any_order_a_cabin_has():
    assert (31, 32, 1, 2) == rows_of("31-32,1-2")


@pytest.mark.parametrize("cell", ["1–3,14", "1 - 3, 14", "1~3、14", "1 to 3 14", "1 2 3 14"])
def test_a_range_of_rows_is_one_with_any_dash_and_a_space_separates(cell):
    assert (1, 2, 3, 14) == rows_of(cell)


@pytest.mark.parametrize("cell", ["ABC-DF", "abc—df", "ABC DF", "A/B/C/D/F", "A,B,C,D,F"])
def test_seats_across_are_their_letters(cell):
    assert tuple("ABCDF") == columns_of(cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("ABC-DF?", "not_letters"),
        ("3+2", "not_letters"),
        ("靠窗ABC", "not_letters"),
        ("ABCA", "overlapping"),
    ],
)
def test_seats_across_are_read_whole_or_not_at_all(cell, reason):
    with pytest.raises(LayoutFault) as caught:
        columns_of(cell)
    assert reason == caught.value.reason


def test_units_are_berth_ranges():
    assert ((1, 4), (5, 8), (9, 9)) == units_of("1-4,5-8,9")


def test_a_blank_layout_has_neither_rows_nor_units():
    assert () == rows_of(" ") == units_of("") == columns_of("")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1-x", "not_a_range"),
        ("1-3,,4", "not_a_range"),
        ("5-4", "backwards"),
        ("1-9999", "too_large"),
        ("1-3,2-5", "overlapping"),
    ],
)
def test_a_bad_layout_is_named_without_its_text(cell, reason):
    for read in (rows_of, units_of):
        with pytest.raises(LayoutFault) as caught:
            read(cell)
        assert reason == caught.value.reason == str(caught.value)


@given(st.text())
@pytest.mark.parametrize("read", [rows_of, units_of, columns_of])
def test_any_text_is_a_layout_or_a_layout_fault(read, text):
    with contextlib.suppress(LayoutFault):
        assert isinstance(read(text), tuple)
