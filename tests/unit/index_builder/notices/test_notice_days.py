"""Dates as the health authorities of the world publish them."""

import datetime

import pytest


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2020-01-19T17:00:00Z", "2020-01-20"),
        ("2022-02-15 08:00:00 NZDT", "2022-02-15"),
        ("28 March 2020", "2020-03-28"),
        ("Saturday 28 March 2020, 5:00 pm", "2020-03-28"),
        ("March 28, 2020", "2020-03-28"),
        ("109年1月20日", "2020-01-20"),
        ("2020년 1월 20일", "2020-01-20"),
        ("2020年1月20日（周一）", "2020-01-20"),
    ],
)
def test_a_date_is_read_as_it_is_published(read, cell, expected):
    _, trips, rejects = read(f'train,G1,"{cell}"', "kind,number,date")
    assert [] == rejects
    assert [expected] == [trip["service_date"] for trip in trips]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2020年1月20日-22日", "several_days"),
        ("2020年1月20日、21日", "several_days"),
        ("2020-01-20 to 2020-01-22", "several_days"),
        ("2020/1/20、2020/1/21", "several_days"),
        ("2020.1.20-1.22", "several_days"),
        ("2020年1月20日至22日每日", "several_days"),
        ("1月20日-22日", "several_days"),
        ("2020-01-01 to 2020-01-22", "several_days"),
        ("2020年1月20日前后", "date_unreadable"),
        ("2022-02-15 02:00:00 NZDT", "date_unreadable"),
    ],
)
def test_a_row_of_several_days_or_none_is_rejected_and_says_so(read, cell, code):
    published = datetime.date(2020, 2, 1)
    _, trips, rejects = read(f'train,G1,"{cell}"', "kind,number,date", published=published)
    assert [] == trips
    assert [code] == [row["reason"].split(":")[0] for row in rejects]


def test_one_date_proves_the_order_of_a_column(read):
    rows = "flight,CX1,15/07/2020\nflight,CX2,03/07/2020\nflight,CX3,04/07/2020 10:30"
    _, trips, _ = read(rows, "kind,number,date")
    assert ["2020-07-15", "2020-07-03", "2020-07-04"] == [trip["service_date"] for trip in trips]


def test_a_start_on_another_clock_is_the_day_on_ours(read):
    row = "NZ523,2022-02-14T19:00:00.000Z,2022-02-14T20:30:00.000Z"
    _, trips, _ = read(row, "flight,start,end")
    expected = ("2022-02-15", "2022-02-15T03:00:00", "2022-02-15T04:30:00")
    columns = ("service_date", "board_time", "alight_time")
    assert [expected] == [tuple(trip[column] for column in columns) for trip in trips]


def test_a_time_is_dated_as_the_row_is(read):
    rows = "G1,1月20日14:30,2020-01-27\nG2,2022年2月15日 08:00 NZDT,2022-02-16"
    outcome, trips, _ = read(rows, "train,start,发布日期")
    assert ["2020-01-20T14:30:00", "2022-02-15T03:00:00"] == [trip["board_time"] for trip in trips]
    assert 0 == outcome.unknown_cells


def test_a_time_alone_is_no_date_and_a_damaged_start_is_told_as_such(read):
    rows = "train,G1,06:00\ntrain,G2,2020-02-30 08:00\ntrain,G3,"
    _, _, rejects = read(rows, "kind,number,start")
    expected = ["date_missing", "date_unreadable", "date_missing"]
    assert expected == [row["reason"].split(":")[0] for row in rejects]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("7:30pm", "2020-01-17T19:30:00"),
        ("19.30", "2020-01-17T19:30:00"),
        ("19时30分", "2020-01-17T19:30:00"),
        ("下午7点半", "2020-01-17T19:30:00"),
        ("0730", "2020-01-17T07:30:00"),
        ("7:30pm or 8:30pm", ""),
        ("19:30左右", ""),
        ("晚上12点", ""),
    ],
)
def test_a_time_is_read_whole_or_unknown(read, start, expected):
    outcome, trips, _ = read(f"train,G1,2020-01-17,{start}", "kind,number,date,start")
    assert [expected] == [trip["board_time"] for trip in trips]
    assert (expected == "") == outcome.unknown_cells
