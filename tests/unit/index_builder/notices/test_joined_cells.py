"""Cells under joined headings: each value goes whole to its reader, or nothing is read of it."""

import random

import pytest

from index_builder.notices.heading_table import meaning_of
from index_builder.notices.joined_cells import value_of
from index_builder.notices.notice_headings import recognise

CARRIAGE_AND_SEAT = (("carriage",), ("seats",))


@pytest.mark.parametrize(
    ("cell", "carriage", "seat"),
    [
        ("5/12F", "5", "12F"),
        ("5号车厢/12F", "5号车厢", "12F"),
        ("5车厢12F", "5车厢12F", "5车厢12F"),
        ("3、17号车厢", "3、17号车厢", "3、17号车厢"),
        ("12F", "", "12F"),
        ("12A、12B", "", "12A、12B"),
        ("12A/12B", "", "12A/12B"),
        ("9/48", "9", "48"),
        ("3/17", "", ""),
        ("3 17", "", ""),
        ("5-12F", "", ""),
        ("5", "", ""),
        ("/12F", "", "12F"),
        ("5/", "5", ""),
        ("", "", ""),
        ("11-13排", "11-13排", "11-13排"),
    ],
)
def test_what_may_be_a_carriage_or_a_seat_is_neither(cell, carriage, seat):
    assert carriage == value_of(cell, "carriage", CARRIAGE_AND_SEAT, "/")
    assert seat == value_of(cell, "seats", CARRIAGE_AND_SEAT, "/")


def test_a_heading_without_a_mark_gives_both_readers_the_cell_where_it_says_which():
    names = (("carriage", "seats"),)
    for cell, expected in (("5车厢12F", "5车厢12F"), ("512", ""), ("5 12", "")):
        assert expected == value_of(cell, "carriage", names, "")
        assert expected == value_of(cell, "seats", names, "")


def test_the_order_of_the_heading_counts():
    names = (("seats",), ("carriage",))
    assert ("12F", "5") == tuple(
        value_of("12F/5", field, names, "/") for field in ("seats", "carriage")
    )


VALUES = {
    "number": ("车次", ("G1712", "K1068", "CZ3137", "Z11")),
    "date": ("乘车日期", ("2020-01-20", "2020年1月21日", "20200122")),
    "carriage": ("车厢号", ("5号车厢", "加1", "12车厢")),
    "seats": ("座位号", ("12F", "3A", "无座", "48号")),
    "board": ("上车站", ("武汉", "汉口", "广州南")),
    "alight": ("下车站", ("郑州东", "信阳", "长沙南")),
    "mode": ("交通工具", ("火车", "高铁", "动车")),
    "published": ("发布日期", ("2020-02-01", "2020年2月3日")),
}


def test_names_joined_in_any_order_give_each_reader_its_value_or_the_whole_cell():
    """10,000 seeded headings: never a value of one name under another, nor a part of the cell."""
    draw = random.Random(20200120)  # noqa: S311 - repeatable
    for _ in range(10_000):
        fields = draw.sample(sorted(VALUES), draw.randint(2, 4))
        mark = draw.choice("/、|,;&/")
        heading = mark.join(VALUES[field][0] for field in fields)
        values = [draw.choice(VALUES[field][1]) for field in fields]
        missing = draw.random() < 0.2
        cell_mark = mark if draw.random() < 0.7 else draw.choice("/、 ,-；")
        cell = cell_mark.join(values[1:] if missing else values)
        meaning = meaning_of(heading)
        assert meaning is not None, heading
        for at, field in enumerate(fields):
            if ["board", "alight"] == fields:
                continue  # one column of both ends, which its own reader parts
            name = "train" if field == "number" else field
            value = value_of(cell, name, meaning.names, meaning.marks)
            whole_or_none = {cell, ""}
            assert value in (whole_or_none if missing else {*whole_or_none, values[at]}), (
                heading,
                cell,
            )
            if not missing and cell_mark == mark:
                assert values[at] == value, (heading, cell)


def test_a_row_under_joined_headings_is_read_as_under_separate_ones():
    draw = random.Random(11)  # noqa: S311 - repeatable
    for _ in range(2_000):
        fields = draw.sample(sorted(VALUES), draw.randint(3, len(VALUES)))
        if not {"number", "date"} <= set(fields):
            continue
        values = {field: draw.choice(VALUES[field][1]) for field in fields}
        apart = recognise([VALUES[field][0] for field in fields])
        cut = draw.randint(1, len(fields) - 1)
        groups = [fields[:cut], fields[cut:]]
        joined = recognise(["/".join(VALUES[field][0] for field in group) for group in groups])
        row = [values[field] for field in fields]
        joined_row = ["/".join(values[field] for field in group) for group in groups]
        assert apart.number(row)[0].text == joined.number(joined_row)[0].text
        assert apart.ends(row) == joined.ends(joined_row)
        for field in set(fields) - {"number", "board", "alight"}:
            assert apart.cell(row, field).text == joined.cell(joined_row, field).text
