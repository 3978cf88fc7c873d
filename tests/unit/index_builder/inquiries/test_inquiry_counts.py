"""Ages of inquiries fall into the classes that a report shows."""

import pytest

from index_builder.commands.summary import inquiries_lines, inquiries_words
from index_builder.inquiries.inquiry_counts import InquiryCount, InquiryCounts, age_class


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


def test_the_summary_names_the_export_only_where_something_is_to_be_handed_out():
    said = {
        state: list(
            inquiries_lines(InquiryCounts((InquiryCount("driver", "transport", state, "0-1", 1),)))
        )
        for state in ("open", "exported", "closed")
    }
    assert said["open"][0].endswith("; index-builder inquiries export")
    assert ["inquiries  0 to hand out, 1 with departments, 0 answered"] == said["exported"]
    assert [] == said["closed"]


def test_list_counts_by_department_and_age_and_names_nobody(run):
    shown = run("list", as_of="2020-01-27").output
    assert "transport" in shown
    for secret in ("粤A12345", "X0000001", "WANG"):
        assert secret not in shown
