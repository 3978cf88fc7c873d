"""The page of a report: its words and the shapes of its charts."""

from exposure_index.label.model import Mode
from index_builder.exposures.pairs import WIDENINGS
from index_builder.report.page_texts import MODES
from index_builder.report.page_texts import WIDENINGS as WIDENING_WORDS
from index_builder.report.report_page import CHART_HEIGHT, CHART_WIDTH, day_chart, shares


def test_every_widening_and_mode_has_words_in_both_languages():
    assert set(WIDENINGS) <= set(WIDENING_WORDS)
    assert {mode.word for mode in Mode} == set(MODES)


def test_days_without_contacts_leave_a_gap_and_the_tallest_reaches_the_top():
    rows = [
        {"day": "2020-01-20", "close": 10, "general": 10},
        {"day": "2020-01-23", "close": 5, "general": None},
    ]
    chart = day_chart(rows)
    first, last = chart.columns
    assert CHART_HEIGHT == first.close + first.general
    assert None is last.general
    assert (0, CHART_WIDTH * 3 / 4) == (first.x, last.x)
    assert 20 == chart.highest


def test_no_day_makes_no_chart():
    assert None is day_chart([])


def test_bars_are_shares_of_the_longest_and_nothing_for_what_is_not_told():
    assert [100.0, 50.0, 0.0] == shares([8, 4, None])
    assert [0.0] == shares([0])
