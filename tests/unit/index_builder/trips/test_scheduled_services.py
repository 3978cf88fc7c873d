"""Cells of numbers that mean one service."""

import pytest

from index_builder.trips.scheduled_services import FLIGHTS_OF_DIGITS_MAX, flights_of_digits
from index_builder.trips.scheduled_services import read_number_cells as read


@pytest.mark.parametrize(
    ("mode", "numbers", "services"),
    [
        ("metro", ("2号线", "地铁2号线", "Line 2", "2"), 1),
        ("bus", ("126路", "公交126路", "126", "bus no. 126"), 1),
        ("metro", ("2号线", "3号线", "2路", "12号线"), 4),
        ("bus", ("K1路", "K1", "1路"), 3),
        ("train", ("G2", "2"), 2),
    ],
)
def test_a_line_is_one_with_and_without_the_word_for_it(mode, numbers, services):
    assert services == len({cell.service for cell in read([(mode, text) for text in numbers])})


def test_a_flight_without_airline_may_be_any_of_its_digits_until_they_are_too_many():
    flights = ("CZ4014", "MU4014/CA5014", "CA5014", "CA14")
    cells = read([("flight", text) for text in (*flights, "Flight 4014", "5014", "Flight 7")])
    found = flights_of_digits(cells)
    assert {
        "Flight 4014": ["CZ4014", "MU4014/CA5014"],
        "5014": ["MU4014/CA5014"],
    } == {cell.number_text: [each.display for each in known] for cell, known in found.items()}
    letters = "ABCDEFGHJK"[: FLIGHTS_OF_DIGITS_MAX + 1]
    many = read([("flight", f"{letter}Z4014") for letter in letters] + [("flight", "4014")])
    assert {} == flights_of_digits(many)
