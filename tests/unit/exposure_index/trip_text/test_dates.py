import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text.dates import (
    DateFault,
    date,
    date_notation,
    exposure_date,
    exposure_days,
    read_date_cell,
)

DAY = datetime.date(2020, 1, 9)
FORMS = [
    "{:%Y-%m-%d}",
    "{:%Y/%m/%d}",
    "{:%Y.%m.%d}",
    "{0.year}/{0.month}/{0.day}",
    "{:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{:%Y年%m月%d号}",
    "{:%d %B %Y}",
    "{:%B %d, %Y}",
    "{:%d-%b-%Y}",
    "{:%A %d %B %Y}",
    "{0.year}년 {0.month}월 {0.day}일",
]
SHORT_FORMS = ["{:%d-%b-%y}", "{:%d%b%y}"]
BESIDE = ["", " 08:50", "T08:50:00", " (8:50 am)", "，晚上8点", " 08:50 - 10:15", " 每日"]
# No date, weekday, time or sign between them holds one of these.
FOREIGN = "车厢座排次铺约起前后左右?*#%=$XQ乘客"
LETTERS = FOREIGN + "0123456789 -/.,:、日月年至TO()APMZ一周"
SIGNS = ["、", ", ", " and ", "和", " - ", "至", " to ", "~", " / ", " ", "; ", "-", "及", " 或 "]
CELLS = 10_000


@pytest.mark.parametrize(
    "cell",
    [
        "2020-01-09",
        "2020/1/9",
        "2020.1.9",
        "20200109",
        *("20200109.0", "'2020-01-09", '"2020-01-09"'),
        "2020年1月9日",
        "２０２０-０１-０９",
        "2020-01-09T08:50:00",
        "2020/01/09 08:50:00",
        "2020年01月09日 08:50",
        " 2020-01-09 ",
        "2020-01-09（周四）",
        "2020-01-09 (四)",
        "2020年1月9日 星期四 晚上",
        "9 January 2020",
        "9th of January 2020",
        "January 9, 2020",
        "Jan 9 2020",
        "9-Jan-20",
        "09JAN20",
        "Thursday 9 January 2020",
        "9 January 2020 (Thu), 5:00 pm",
        "Thu Jan 09 2020 08:00:00 GMT+0800 (China Standard Time)",
        "民國109年1月9日",
        "民國109/1/9",
        "109年1月9日",
        "令和2年1月9日",
        "2020년 1월 9일",
        "2020. 1. 9.",
        "二〇二〇年一月九日",
        "2020-01-09 23:30:00 +0800",
        "2020-01-09 22:00 JST",
        "2020-01-08T16:00:00.000Z",
        "2020-01-08 23:00:00-05",
        "2020-01-09 08:00-10:00",
    ],
)
def test_a_date_is_read_in_every_usual_form(cell):
    assert DAY == date(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "2020-02-30",
        "2020-13-01",
        "1月9日",
        "2020-1",
        "9999-12-31",
        "0000-00-00",
        "未知",
        "43850",
        "13/13/2020",
        "Friday 9 January 2020",
        "2020-01-09（周五）",
        "2020-01-09 24:00",
        "2020-01-09 21:00 JST, 22:00 CST",
        "2020-01-09 00:30:00 NZDT",
        "2020-01-09 08:00 XYZ",
        "2020-01-09 9",
        "2020-01-09, 10",
        "2020-01-09-10",
        "2020-01-09 G1次",
        "2020-01-09前后",
        "约2020-01-09",
        "2020-01-09?",
        "109/01/09",
    ],
)
def test_what_is_no_date_or_not_wholly_one_is_none(cell):
    assert None is date(cell)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2020年1月19日-20日", 19, 20),
        ("2020年1月19-20日", 19, 20),
        ("2020-01-19 to 2020-01-20", 19, 20),
        ("2020.1.20-1.22", 20, 22),
        ("2020/1/20-22", 20, 22),
        ("2020年1月20日、21日", 20, 21),
        ("2020年1月20、21、22日", 20, 22),
        ("2020/1/20、2020/1/21", 20, 21),
        ("2020/1/21、2020/1/20", 20, 21),
        ("2020-01-20 2020-01-21", 20, 21),
        ("2020-01-20/2020-01-21", 20, 21),
        ("2020年1月20日至22日每日", 20, 22),
        ("自2020年1月20日至22日", 20, 22),
        ("13/01/2020 - 19/01/2020", 13, 19),
        ("13-15 January 2020", 13, 15),
        ("January 13-15, 2020", 13, 15),
        ("13 January to 15 January 2020", 13, 15),
        ("13, 14 and 15 January 2020", 13, 15),
        ("2020-01-20 22:00 - 2020-01-21 02:00", 20, 21),
        ("2020-01-19T16:00:00Z - 2020-01-20T16:00:00Z", 20, 21),
    ],
)
def test_a_cell_that_names_several_days_names_each(cell, first, last):
    expected = tuple(datetime.date(2020, 1, day) for day in range(first, last + 1))
    assert expected == read_date_cell(cell).days
    assert None is date(cell)


def test_a_span_may_pass_the_end_of_a_year():
    for cell in ("2019年12月31日-1月1日", "31 December - 1 January 2020", "Dec 31 - Jan 1, 2020"):
        assert (datetime.date(2019, 12, 31), datetime.date(2020, 1, 1)) == read_date_cell(cell).days


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("2020-01-01 to 2020-01-08", DateFault.TOO_MANY_DAYS),
        ("2020年1月1日、3日、5日、7日、9日、11日、13日、15日", DateFault.TOO_MANY_DAYS),
        ("2020-01-20/2020-01-22", DateFault.AMBIGUOUS),
        ("03/04/2020", DateFault.AMBIGUOUS),
        ("03/04/20", DateFault.AMBIGUOUS),
        ("2020年1月22日-20日", DateFault.UNREADABLE),
        ("2020年1月30日-2日", DateFault.UNREADABLE),
        ("12-1月20日", DateFault.UNREADABLE),
        ("1月9日", DateFault.YEAR_MISSING),
    ],
)
def test_what_gives_no_days_says_why(cell, fault):
    assert fault is read_date_cell(cell).fault


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        (["13/01/2020"], "09/01/2020", DAY),
        (["01/13/2020"], "01/09/2020", DAY),
        (["01/13/2020", "13/01/2020"], "13/01/2020", None),
        (["02/01/2020"], "09/01/2020", None),
        (["28/03/20"], "09/01/20", DAY),
        (["03/28/20"], "01/09/20", DAY),
        (["20/01/28"], "20/01/09", DAY),
        (["01/02/20"], "09/01/20", None),
        (["109/01/02", ""], "109/01/09", DAY),
        (["109/01/02", "2020-01-02"], "109/01/09", None),
        (["109/01/02", "1/2/20"], "109/01/09", None),
        (["109/01/02", "不詳"], "109/01/09", DAY),
        (["109/01/02", "109年1月2日", "1/5"], "109/01/09", DAY),
        (["民國109年1月2日"], "109/01/09", DAY),
    ],
)
def test_a_column_proves_in_which_order_it_is_written(column, cell, expected):
    assert expected == date(cell, date_notation([*column, cell]))


@pytest.mark.parametrize(
    "cell",
    [
        *("1月12日", "1月12", "01月12号", "元月12日", "一月十二日", "１月１２日", "1 月 12 日"),
        *("1月12日14:30", "1月12日晚", "1月12（周日）", "12 January", "Sunday 12 January"),
    ],
)
def test_month_and_day_alone_are_a_date_by_the_day_of_publication(cell):
    read = read_date_cell(cell, published=datetime.date(2020, 2, 1))
    assert (datetime.date(2020, 1, 12),) == read.days


@pytest.mark.parametrize(
    ("cell", "published", "expected"),
    [
        ("12月30日", "2020-01-05", ["2019-12-30"]),
        ("十二月三十日", "2020-01-05", ["2019-12-30"]),
        ("1月5日", "2020-01-05", ["2020-01-05"]),
        ("2月29日", "2020-03-01", ["2020-02-29"]),
        ("1月6日", "2020-01-05", []),
        ("2月29日", "2021-03-01", []),
        ("2月30日", "2020-03-01", []),
        ("13月1日", "2020-03-01", []),
        ("十十月一日", "2020-03-01", []),
        ("1月12日、13日", "2020-03-01", ["2020-01-12", "2020-01-13"]),
        ("12月31日-1月1日", "2020-03-01", ["2019-12-31", "2020-01-01"]),
        ("1月12日G1次", "2020-03-01", []),
        *((cell, "2020-03-01", []) for cell in ("1月", "12日", "1/12", "1.12", "正月初一", "")),
    ],
)
def test_a_trip_lies_in_the_half_year_before_its_publication(cell, published, expected):
    read = read_date_cell(cell, published=datetime.date.fromisoformat(published))
    assert expected == [day.isoformat() for day in read.days]


def test_an_exposure_lies_in_the_years_that_an_index_can_hold():
    assert [None, DAY, None] == list(map(exposure_date, ("2018-12-31", "2020-01-09", "2100-01-01")))
    assert () == exposure_days("2018-12-31 - 2019-01-01")


@given(st.text(), st.none() | st.dates())
def test_any_text_gives_days_or_says_why_not(text, published):
    read = read_date_cell(text, published=published)
    assert bool(read.days) != bool(read.fault)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
def test_a_date_survives_being_written(day):
    for form in FORMS:
        assert day == date(form.format(day))


def _dates(chance: Random) -> tuple[datetime.date, str]:
    day = datetime.date(2019, 1, 1) + datetime.timedelta(days=chance.randrange(2500))
    return day, chance.choice(FORMS + SHORT_FORMS).format(day)


def test_of_10000_cells_none_with_anything_foreign_is_read_in_part():
    chance = Random(12)  # noqa: S311 - no secret
    read = []
    for _ in range(CELLS):
        _, text = _dates(chance)
        beside = "".join(chance.choices(LETTERS, k=chance.randrange(4)))
        foreign = beside + chance.choice(FOREIGN) + chance.choice(LETTERS)
        cell = text + chance.choice(BESIDE)
        place = chance.choice((0, len(text), len(cell)))
        cell = cell[:place] + foreign + cell[place:]
        read += [cell] if read_date_cell(cell, published=DAY).days else []
    assert [] == read


def test_of_10000_cells_with_two_dates_all_are_read_as_both_or_not_at_all():
    chance = Random(12)  # noqa: S311 - no secret
    in_part = []
    whole = 0
    for _ in range(CELLS):
        (first, one), (second, other) = _dates(chance), _dates(chance)
        if chance.random() < 0.7:
            second = first + datetime.timedelta(days=chance.randrange(7))
            other = chance.choice(FORMS).format(second)
        cell = one + chance.choice(SIGNS) + other
        days = read_date_cell(cell).days
        whole += bool(days)
        in_part += [cell] if days and not {first, second} <= {*days} else []
    assert [] == in_part
    assert whole > CELLS / 3


def test_of_10000_cells_of_parts_of_dates_none_names_a_day_that_it_does_not_write():
    chance = Random(12)  # noqa: S311 - no secret
    wrong = []
    for _ in range(CELLS):
        _, text = _dates(chance)
        beside = "".join(chance.choices(LETTERS, k=chance.randrange(1, 5)))
        cell = chance.choice((text + beside, beside + text))
        days = read_date_cell(cell).days
        written = {str(day.day) for day in days} | {f"{day.day:02}" for day in days}
        wrong += [cell] if len(days) == 1 and not any(number in cell for number in written) else []
    assert [] == wrong
