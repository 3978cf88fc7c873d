"""Ages of inquiries fall into the classes that a report shows."""

import pytest

from index_builder.inquiries.counts import age_class


@pytest.mark.parametrize(
    ("expected", "days"),
    [("0-1", 0), ("0-1", 1), ("2-3", 2), ("2-3", 3), ("4-7", 7), ("8+", 8), ("8+", 400)],
)
def test_an_age_in_days_has_one_class(expected, days):
    assert expected == age_class(days)
