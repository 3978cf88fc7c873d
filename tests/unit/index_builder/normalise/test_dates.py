import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import clock, date, moment


@pytest.mark.parametrize(
    "cell",
    [
        "2020-01-09",
        "2020/1/9",
        "2020.1.9",
        "20200109",
        "2020年1月9日",
        "２０２０-０１-０９",
        "2020-01-09T08:50:00",
        "2020/01/09 08:50:00",
        "2020年01月09日 08:50",
        " 2020-01-09 ",
    ],
)
def test_a_date_is_read_in_every_usual_form(cell):
    assert datetime.date(2020, 1, 9) == date(cell)


@pytest.mark.parametrize(
    "cell", ["", "2020-02-30", "2020-13-01", "1月9日", "2020-1", "9999-12-31", "0000-00-00", "未知"]
)
def test_an_impossible_date_is_none(cell):
    assert None is date(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-01-09T08:50:00",
        "2020-01-09 08:50",
        "2020/01/09 08:50:00",
        "2020/1/9 8:50",
        "2020-01-09T08:50:00.123",
        "2020-01-09T00:50:00Z",
        "2020-01-09T09:50:00+09:00",
        "2020-01-08T19:50:00-0500",
        "2020年1月9日 08:50",
    ],
)
def test_a_moment_is_told_on_the_clock_of_shanghai(cell):
    assert datetime.datetime(2020, 1, 9, 8, 50) == moment(cell)  # noqa: DTZ001


@pytest.mark.parametrize(
    "cell",
    ["", "2020-01-09", "2020/01/09 00:00:00", "2020/01/09 23:59:59", "2020-01-09 24:00", "08:50"],
)
def test_no_time_or_a_filled_in_time_is_unknown(cell):
    assert None is moment(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("08:50", 530),
        ("8:50", 530),
        ("25:53", 1553),
        ("00:00", 0),
        ("08:60", None),
        ("", None),
        ("999:00", None),
    ],
)
def test_a_timetable_time_may_pass_midnight(cell, minutes):
    assert minutes == clock(cell)


@given(st.text())
def test_any_text_is_a_date_a_moment_a_clock_or_none(text):
    date(text), moment(text), clock(text)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
def test_a_date_survives_being_written(day):
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"):
        assert day == date(f"{day:{form}}")


@given(st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2199, 12, 31)))  # noqa: DTZ001
def test_a_moment_survives_being_written(at):
    whole = at.replace(microsecond=0)
    filled_in = (datetime.time(0, 0), datetime.time(23, 59, 59))
    assert (None if whole.time() in filled_in else whole) == moment(at.isoformat())
