import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import clock, moment


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
        "2020年1月9日上午8时50分",
        "9 January 2020, 8:50 am",
        "2020-01-08 19:50:00-05",
        "2020-01-09 00:50 UTC",
        "2020-01-09 11:50 AEDT",
    ],
)
def test_a_moment_is_told_on_the_clock_of_shanghai(cell):
    assert datetime.datetime(2020, 1, 9, 8, 50) == moment(cell)  # noqa: DTZ001


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "2020-01-09",
        "2020/01/09 00:00:00",
        "2020/01/09 23:59:59",
        "2020-01-09 24:00",
        "08:50",
        "2020-01-08T16:00:00Z",
        "2020-01-09 08:50-09:50",
        "2020-01-09 08:50:00 CST",
        "2020-01-09 08:50 - 2020-01-10 07:00",
        "2020-01-09 08:50 约",
    ],
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
        ("7:30pm", 1170),
        ("7.30 p.m.", 1170),
        ("12:30 am", 30),
        ("12 noon", 720),
        ("19.30", 1170),
        ("19时30分", 1170),
        ("19點30分", 1170),
        ("下午7点半", 1170),
        ("１９：３０", 1170),
        ("0730", 450),
        ("24:00", 1440),
        ("19:30:15", 1170),
        ("midnight", None),
        ("晚上12点", None),
        ("上午19:30", None),
        ("19:30左右", None),
        ("约19:30", None),
        ("19:30 20:30", None),
        ("次日06:30", None),
        ("19", None),
        ("2460", None),
        ("08:60", None),
        ("", None),
        ("999:00", None),
    ],
)
def test_a_timetable_time_may_pass_midnight(cell, minutes):
    assert minutes == clock(cell)


@given(st.text())
def test_any_text_is_a_moment_a_clock_or_none(text):
    moment(text), clock(text)


@given(st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2199, 12, 31)))  # noqa: DTZ001
def test_a_moment_survives_being_written(at):
    whole = at.replace(microsecond=0)
    filled_in = (datetime.time(0, 0), datetime.time(23, 59, 59))
    assert (None if whole.time() in filled_in else whole) == moment(at.isoformat())
