import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import clock, date, date_without_year, has_no_year, moment


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


@pytest.mark.parametrize(
    "cell",
    [
        "1月12日",
        "1月12",
        "01月12号",
        "元月12日",
        "一月十二日",
        "１月１２日",
        "1 月 12 日",
        "1月12日14:30",
        "1月12日晚",
        "1月12（周日）",
        "1月12日G1次",
    ],
)
def test_month_and_day_alone_are_a_date_by_the_day_of_publication(cell):
    assert has_no_year(cell)
    assert datetime.date(2020, 1, 12) == date_without_year(cell, datetime.date(2020, 2, 1))


@pytest.mark.parametrize(
    ("cell", "published", "expected"),
    [
        ("12月30日", "2020-01-05", "2019-12-30"),
        ("十二月三十日", "2020-01-05", "2019-12-30"),
        ("1月5日", "2020-01-05", "2020-01-05"),
        ("2月29日", "2020-03-01", "2020-02-29"),
        ("1月6日", "2020-01-05", None),
        ("2月29日", "2021-03-01", None),
        ("2月30日", "2020-03-01", None),
        ("13月1日", "2020-03-01", None),
        ("十十月一日", "2020-03-01", None),
    ],
)
def test_a_trip_lies_in_the_half_year_before_its_publication(cell, published, expected):
    day = date_without_year(cell, datetime.date.fromisoformat(published))
    assert expected == (day and day.isoformat())


@pytest.mark.parametrize(
    "cell",
    [
        "1月12日-13日",
        "1月12-13日",
        "1月12日至15日",
        "1月12日、13日",
        "1月12日G1次，13日返回",
        "1月",
        "12日",
        "1/12",
        "1.12",
        "正月初一",
        "2020年1月12日",
        "",
    ],
)
def test_several_days_and_other_forms_are_no_single_day(cell):
    assert not has_no_year(cell)
    assert None is date_without_year(cell, datetime.date(2020, 2, 1))


@given(st.text() | st.from_regex(r"[0-9一二元十]{1,2}月[0-9一二三十]{1,3}.{0,9}"), st.dates())
def test_a_date_without_year_never_lies_after_its_publication(cell, published):
    day = date_without_year(cell, published)
    assert day is None or 0 <= (published - day).days <= 183
