"""Ages of inquiries fall into the classes that a report shows."""

import pytest

from index_builder.commands.summary import inquiries_words
from index_builder.inquiries.counts import InquiryCount, InquiryCounts, age_class


@pytest.mark.parametrize(
    ("expected", "days"),
    [("0-1", 0), ("0-1", 1), ("2-3", 2), ("2-3", 3), ("4-7", 7), ("8+", 8), ("8+", 400)],
)
def test_an_age_in_days_has_one_class(expected, days):
    assert expected == age_class(days)


def test_the_summary_says_what_is_to_be_handed_out():
    rows = (
        InquiryCount("driver", "transport", "open", "0-1", 2),
        InquiryCount("holder", "exit_entry", "open", "8+", 1),
        InquiryCount("holder", "exit_entry", "closed", "8+", 7),
    )
    assert "3 to hand out, 0 with departments, 0 answered" == inquiries_words(InquiryCounts(rows))
