from datetime import date

import pytest

from app.bulk.jobs.views import ResultRow
from app.bulk.portal.observation import OVER, ObservationDay

TODAY = date(2020, 2, 6)
SURE = ObservationDay(TODAY, sure=True)


def listed(until):
    return ResultRow(2, ("甲",), "exposed", "close", until, "", None)


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2020, 2, 5), OVER),
        (TODAY, "exposed"),
        (date(2020, 2, 7), "exposed"),
        (None, "exposed"),
    ],
)
def test_an_observation_is_over_on_the_day_after_its_last(until, state):
    assert state == SURE.state_of(listed(until))


def test_nothing_is_over_for_sure_where_data_were_missing():
    assert "exposed" == ObservationDay(TODAY, sure=False).state_of(listed(date(2020, 2, 5)))


def test_a_row_that_is_not_listed_keeps_its_state():
    row = listed(None)._replace(status="not_found")
    assert "not_found" == SURE.state_of(row)


def test_those_whose_observation_is_over_are_counted_apart():
    days = [date(2020, 2, 5), None, TODAY]
    counts = SURE.counts({"exposed": 3, "not_found": 4}, days)
    assert {"exposed": 2, OVER: 1, "not_found": 4} == counts
