"""Counts of 1 to 4 people are not told, nor can they be worked out from what is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.report.suppression import safe_count, safe_coverage, safe_rows, suppressed_places


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, None), (4, None), (5, 5), (None, None)]
)
def test_a_count_is_told_from_five_people_on(count, expected):
    assert expected == safe_count(count)


def test_the_smallest_other_count_goes_with_a_single_small_one():
    assert {0, 2} == suppressed_places([2, 40, 9, 0])


def test_two_small_counts_that_make_less_than_five_take_a_third_along():
    assert {0, 1, 3} == suppressed_places([1, 2, 30, 8])


def test_nothing_is_hidden_where_all_counts_are_large_or_zero():
    assert set() == suppressed_places([0, 5, 900])


def test_a_manifest_does_not_count_a_few_unread_rows_of_a_carrier():
    rows = [{"operator": str(count), "unread": count} for count in (0, 1, 4, 5)]
    assert [0, "1-4", "1-4", 5] == [row["unread"] for row in safe_coverage(rows)]


def test_a_row_names_what_is_left_out_of_it():
    rows = safe_rows([{"day": 1, "close": 3}, {"day": 2, "close": 7}], ["close"])
    assert [None, None] == [row["close"] for row in rows]
    assert [["close"], ["close"]] == [row["suppressed"] for row in rows]


@given(st.lists(st.integers(0, 30), max_size=12))
def test_what_is_hidden_cannot_be_told_from_the_total_and_the_rest(counts):
    places = suppressed_places(counts)
    assert all(
        counts[place] == 0 or counts[place] >= 5 or place in places for place in range(len(counts))
    )
    people_suppressed = sum(counts[place] for place in places)
    everything = {place for place, count in enumerate(counts) if count} <= places
    # where every part is hidden, the total is told only if it is 5 or more itself
    assert not places or everything or (len(places) > 1 and people_suppressed >= 5)
