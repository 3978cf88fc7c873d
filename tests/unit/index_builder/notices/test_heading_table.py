"""Headings of published notices: the table is sound, and a heading is read whole or not at all."""

import csv

import pytest

from index_builder.notices.heading_table import FIELDS, SIMPLIFIED, TABLE_PATH, meaning_of
from tables.headings import heading_form

LINES = TABLE_PATH.read_text("utf-8").splitlines()
ROWS = list(csv.DictReader((line for line in LINES if line[0] != "#"), delimiter="\t"))
SOURCES = {line.split(":")[0].strip("# ") for line in LINES if line.startswith("#   ")}


def fields(heading):
    meaning = meaning_of(heading)
    return None if meaning is None else [" ".join(name) for name in meaning.names]


def test_every_row_names_known_fields_a_certainty_a_language_and_a_source():
    for row in ROWS:
        assert set(row["field"].split()) <= FIELDS, row
        assert row["certainty"] in ("sure", "loose"), row
        assert row["language"] in ("en", "zh", "he"), row
        assert row["source"] in SOURCES, row
    assert {row["source"] for row in ROWS} == SOURCES


def test_headings_of_the_same_letters_name_the_same_field():
    fields = {}
    for row in ROWS:
        form = heading_form(row["heading"].translate(SIMPLIFIED))
        assert row["field"] == fields.setdefault(form, row["field"]), row
    assert len({row["heading"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS[::7], ids=lambda row: row["heading"])
def test_a_heading_means_its_field_in_capitals_and_with_spaces_too(row):
    assert [row["field"]] == fields(f" {row['heading'].upper()} ")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("航班/火車/船編號", ["number"]),
        ("Flight/Train/Ship number", ["number"]),
        ("车次/航班/车牌", ["number"]),
        ("车次、航班号", ["number"]),
        ("航班或車次", ["number"]),
        ("航班 Flight No.", ["flight"]),
        ("日期\nDate", ["date"]),
        ("車廂", ["carriage"]),
        ("车厢/座位等", ["carriage", "seats"]),
        ("车厢号/座位号", ["carriage", "seats"]),
        ("座位与车厢", ["seats", "carriage"]),
        ("始发站-终点站", ["path"]),
        ("起點及終點", ["path"]),
        ("From → To", ["path"]),
        ("Origin/Destination", ["path"]),
        ("Departure & arrival", ["path"]),
        ("Departure / Arrival", ["path"]),
        ("目的地/出发地", ["alight", "board"]),
        ("日期/车次/航班", ["date", "number"]),
        ("座位編號(如已知)", ["seats"]),
        ("Seat Number (if known)", ["seats"]),
        ("座位信息", ["seats"]),
        ("患者所在车厢号", ["carriage"]),
        ("确诊病例上车站", ["board"]),
        ("时间", ["date board_time"]),
        ("日期/时间", ["date", "board_time"]),
        ("Date and time", ["date", "board_time"]),
        ("班次（车次/航班）", ["number"]),
        ("交通工具/班次", ["mode", "number"]),
        ("车厢座位", ["carriage seats"]),
        ("Flight Number(s)", ["flight"]),
        ("航班號碼", ["flight"]),
    ],
)
def test_a_heading_may_join_several_names(heading, expected):
    assert expected == fields(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *("", "  ", "/", "日期（发布）", "日期（上报）", "病例编号", "患者编号", "Case number"),
        *("patient_number", "航班/备用电话", "Flight/Phone", "相關疑似/確診個案", "途经站"),
        *(
            "arrival day",
            "Number of cases",
            "日期/姓名",
            "車/船/鬼",
            "航班/日期/航班日期",
            "ID",
            "No",
            "Date (arrival)",
        ),
    ],
)
def test_a_heading_of_which_a_part_is_not_known_names_nothing(heading):
    assert fields(heading) is None
