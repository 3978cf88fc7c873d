from hypothesis import given
from hypothesis import strategies as st

from app.bulk.portal.observation import OVER
from app.bulk.portal.state_chart import LEAST_WIDTH, WIDTH, bar_widths, state_chart
from app.bulk.portal.state_words import STATES


@given(st.lists(st.integers(0, 1_000_000), min_size=5, max_size=5).filter(any))
def test_bars_fill_the_chart_and_a_single_person_is_drawn(numbers):
    widths = bar_widths(numbers)
    assert WIDTH == sum(widths)
    assert all(
        (width >= LEAST_WIDTH) == bool(number)
        for number, width in zip(numbers, widths, strict=True)
    )


def test_a_list_without_rows_has_no_bars():
    assert [0] * 5 == [bar.width for bar in state_chart({})]


def test_bars_stand_one_behind_the_other_in_the_order_of_the_states():
    chart = state_chart({"not_found": 3, "exposed": 1})
    assert [(0, 250), (250, 750)] == [(bar.start, bar.width) for bar in chart if bar.width]
    assert [state for state in STATES if state != OVER] == [bar.state for bar in chart]


def test_observation_that_is_over_has_a_bar_of_its_own():
    chart = state_chart({"exposed": 1, OVER: 3})
    assert [("exposed", 250), (OVER, 750)] == [(bar.state, bar.width) for bar in chart if bar.width]
