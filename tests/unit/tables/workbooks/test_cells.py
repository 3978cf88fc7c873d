"""A cell becomes the text that its program would have saved in a CSV file."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.workbooks.cells import DigitsLost, cell_text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("007 ", "007 "),
        (10000001.0, "10000001"),
        (12.5, "12.5"),
        (-3, "-3"),
        (True, "yes"),
        (False, "no"),
        (datetime.date(2020, 1, 20), "2020-01-20"),
        (datetime.datetime(2020, 1, 20, 9, 35), "2020-01-20 09:35:00"),  # noqa: DTZ001
        (datetime.datetime(2020, 1, 20, 9, 34, 59, 999600), "2020-01-20 09:35:00"),  # noqa: DTZ001
        (datetime.time(9, 35), "09:35:00"),
        (datetime.time(0, 0), "00:00:00"),
        (datetime.time(23, 59, 59, 999600), "24:00:00"),
        (datetime.timedelta(hours=25, minutes=10), "25:10:00"),
        (datetime.datetime(1900, 1, 1, 1, 10), "25:10:00"),  # noqa: DTZ001
        (datetime.date(1900, 1, 1), "24:00:00"),
    ],
    ids=str,
)
def test_every_kind_of_cell_becomes_the_text_it_stands_for(cell, expected):
    assert expected == cell_text(cell)


@pytest.mark.parametrize("number", [1e15, -1e15, 99000019800101123.0, float("inf")])
def test_a_number_that_has_lost_its_last_digits_is_no_text(number):
    with pytest.raises(DigitsLost):
        cell_text(number)


@given(st.floats(allow_nan=False) | st.integers() | st.datetimes() | st.dates() | st.times())
def test_any_cell_is_text_or_has_lost_digits(cell):
    with suppress(DigitsLost):
        assert cell_text(cell)
