"""Rows of the form of trips: none is lost, none is answered twice, blank ones name nothing."""

import pytest

from app.query.trips.form import TripForm
from app.query.trips.rows import (
    TRIPS_PER_FORM,
    TooManyTrips,
    parse_rows,
    with_further_row,
    with_row,
    without_blanks,
)

FIRST = {"mode": "train", "number": "G1", "date": "2020-01-22"}
THIRD = {"number_3": "G3", "date_3": "2020-01-23"}


def test_rows_are_numbered_in_their_order():
    assert (
        TripForm("train", "G1", "2020-01-22", 1),
        TripForm("", "G3", "2020-01-23", 2),
    ) == parse_rows({**THIRD, **FIRST})


def test_no_field_is_one_blank_row():
    assert (TripForm(),) == parse_rows({})


@pytest.mark.parametrize(
    "name", ["number_0", "number_1", "date_7", "mode_7", f"number_{TRIPS_PER_FORM + 1}", "date_99"]
)
def test_a_row_beyond_the_form_is_refused_and_not_left_out(name):
    with pytest.raises(TooManyTrips):
        parse_rows({**FIRST, name: ""})


@pytest.mark.parametrize("name", ["number_2x", "number_02", "numbers_2", "number_二"])
def test_another_name_is_no_row(name):
    assert 1 == len(parse_rows({**FIRST, name: "G1"}))


def test_rows_without_a_number_are_left_out_whatever_their_day():
    rows = parse_rows({"date": "2020-01-22", "number_2": "G2", "date_2": "2020-01-23"})
    assert (TripForm("", "G2", "2020-01-23", 1),) == without_blanks(rows)


def test_of_blank_rows_the_first_stays():
    rows = parse_rows({"date": "2020-01-22", "date_2": "2020-01-23"})
    assert (TripForm("", "", "2020-01-22"),) == without_blanks(rows)


def test_a_further_row_is_for_the_day_of_the_last():
    rows = with_further_row(parse_rows(FIRST))
    assert TripForm("", "", "2020-01-22", 2) == rows[-1]


def test_no_row_is_added_beyond_those_that_a_form_may_have():
    rows = parse_rows(FIRST)
    for _ in range(TRIPS_PER_FORM + 2):
        rows = with_further_row(rows)
    assert list(range(1, TRIPS_PER_FORM + 1)) == [row.place for row in rows]


def test_a_row_is_replaced_at_its_place():
    other = TripForm("flight", "CA1", "2020-01-24", 2)
    assert ("G1", "CA1") == tuple(
        row.number for row in with_row(parse_rows({**FIRST, **THIRD}), other)
    )
