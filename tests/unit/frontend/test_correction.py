"""The trips that a request for correction takes over in the browser."""

import pytest

DATES = {
    "pattern": "d MMMM y",
    "short_pattern": "d MMMM",
    "months": ["January"] * 12,
    "weekdays": ["Monday"] * 7,
}
FACTS = {"words": {"modes": {"train": "Train"}}, "dates": DATES}
TRIP = {"mode": "train", "trip": "G1234/G1235", "day": 20_000}
LINE = "Train G1234/G1235 4 January 2024"


@pytest.mark.parametrize("trips", [0, 1, 2, 3, 4])
def test_no_trip_of_an_answer_is_cut_off(in_browser, trips):
    answers = in_browser([("tripsInOneLine", [{"exposures": [TRIP] * trips}, FACTS])])
    assert [{"returned": "; ".join([LINE] * min(trips, 3))}] == answers
