from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.kiosk.dashboard.charts import HEIGHT, column_chart, days_chart, hours_chart
from app.records.kiosks.checkin_counts import QuarterCount
from tests.fixtures.kiosk_checkins import DAYS, HOUR, NOON, at, counted_of

NUMBERS = st.lists(st.integers(0, 100_000), min_size=6, max_size=6)


@given(NUMBERS, NUMBERS)
def test_bars_stay_within_the_chart_and_a_single_person_is_drawn(first, second):
    chart = column_chart(range(6), {"a": first, "b": second})
    assert all(0 <= bar.y and bar.y + bar.height <= HEIGHT for bar in chart.bars)
    drawn = [(bar.series, bar.x) for bar in chart.bars]
    assert len(drawn) == len(set(drawn))
    assert sum(map(bool, first)) == sum(name == "a" for name, _ in drawn)


def test_the_highest_column_fills_the_chart():
    [low, high] = column_chart(["x", "y"], {"a": [5, 10]}).bars
    assert (50, 100) == (low.height, high.height)


def test_numbers_stand_beside_the_bars():
    chart = column_chart(["x", "y"], {"a": [5, 0], "b": [1, 2]})
    assert (("x", (5, 1)), ("y", (0, 2))) == chart.rows


def test_a_chart_of_nothing_has_no_bars():
    assert ((), 0) == (column_chart(["x"], {"a": [0]}).bars, column_chart([], {}).width)


def test_people_stand_at_their_hour():
    chart = hours_chart(
        [counted_of("p", NOON), counted_of("p", NOON + HOUR, direction="out")], DAYS
    )
    assert [(12, (1, 0)), (13, (0, 1))] == [row for row in chart.rows if any(row[1])]


def test_checkins_stand_at_their_day_up_to_midnight():
    counts = [
        QuarterCount(at("2020-02-02T23:45"), "come_in", 3),
        QuarterCount(at("2020-02-03T00:00"), "wait", 1),
        QuarterCount(at("2020-02-01T00:00"), "wait", 9),
    ]
    chart = days_chart(counts, DAYS, date(2020, 2, 3), 2)
    assert ((date(2020, 2, 2), (3, 0, 0)), (date(2020, 2, 3), (0, 1, 0))) == chart.rows
