"""Published notices that failed once, where they stand beside the project; each has its answer."""

import csv
import datetime
from pathlib import Path

import pytest

from index_builder.notices import NoticeOptions, read_notices

CASES = Path(__file__).parents[5] / "shared" / "data" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside this checkout")
COLUMNS = ("mode", "number", "service_date", "carriage", "seats", "board", "alight")


def rows_of_seats(first, last):
    return "|".join(f"{row}排" for row in range(first, last + 1))


ROWS_23_TO_27 = rows_of_seats(23, 27)
ROWS_20_TO_24 = rows_of_seats(20, 24)
SEATS_24A_TO_26F = "|".join(f"{row}{letter}" for row in (24, 25, 26) for letter in "ABCDEF")


@pytest.fixture
def trips(tmp_path):
    def trips(name, published=None):
        out = tmp_path / "trips.csv"
        outcome = read_notices(CASES / name, out, options=NoticeOptions(published))
        with out.open(encoding="utf-8", newline="") as lines:
            rows = [" ".join(row[column] for column in COLUMNS) for row in csv.DictReader(lines)]
        return outcome, rows

    return trips


@pytest.mark.parametrize(
    ("name", "published", "expected"),
    [
        (
            "hk_eng.csv",
            None,
            ["flight QR818 2020-07-15  20K DOHA HONG KONG", "flight ET3716 2020-07-16  CC  "],
        ),
        (
            "israel.csv",
            None,
            [
                "flight LY382 2020-02-23   MILAN TEL AVIV",
                "flight LY381 2020-02-21   TEL AVIV MILAN",
            ],
        ),
        (
            "nz.csv",
            None,
            [f"flight NZ523 2022-02-15  {ROWS_23_TO_27} AUCKLAND CHRISTCHURCH"],
        ),
        (
            "w95.csv",
            datetime.date(2020, 1, 27),
            ["train G1712 2020-01-20 5  武汉 ", "train K1068 2020-01-22 4  汉口 "],
        ),
        ("wjw.csv", None, ["train G1712 2020-01-20 5 12F 武汉 郑州东"]),
        (
            "hk_chi.csv",
            None,
            [
                "flight CX906 2020-07-15  73G  ",
                "flight KA734 2020-07-15    ",
                "train G6501 2020-01-25 5 12F 廣州南 香港西九龍",
            ],
        ),
        (
            "nsw.csv",
            None,
            [
                f"flight QF528 2020-03-28  {ROWS_20_TO_24} SYDNEY BRISBANE",
                f"flight VA1128 2020-03-27  {rows_of_seats(7, 11)} SYDNEY BALLINA",
            ],
        ),
        (
            "cars.csv",
            None,
            [
                "train G1712 2020-01-20 3/17   ",
                "train D2259 2020-01-20 4/6/13   ",
                "train G1 2020-01-20 3/4/5   ",
                "train G3 2020-01-20 3/5   ",
                "train G5 2020-01-20 8   ",
                "train G7 2020-01-20 1/2   ",
                "train G9 2020-01-21 5/6   ",
            ],
        ),
        (
            "rows.csv",
            None,
            [
                *(f"flight CZ{n} 2020-01-20  {ROWS_20_TO_24}  " for n in range(3137, 3141)),
                f"flight CZ3141 2020-01-20  {SEATS_24A_TO_26F}  ",
                f"flight CZ3142 2020-01-20  {ROWS_20_TO_24}  ",
            ],
        ),
        ("utcstart.csv", None, ["flight NZ523 2022-02-15    "]),
        ("title.csv", None, ["train G1712 2020-01-20 5 12F  "]),
        (
            "x4.xlsx",
            None,
            [
                "train G1712 2020-01-20 5 12F  ",
                "train G1714 2020-01-20 6 1A  ",
                "flight CZ3137 2020-01-20  20A  ",
                "flight CZ3138 2020-01-21  20A  ",
            ],
        ),
    ],
)
def test_a_notice_that_failed_is_read_as_it_was_meant(trips, name, published, expected):
    outcome, rows = trips(name, published)
    assert expected == rows
    assert (0, 0) == (outcome.rejected, outcome.unknown_cells)


def test_rows_that_name_several_days_are_rejected(trips):
    outcome, rows = trips("days.csv")
    assert ["flight CZ3140 2020-01-20    "] == rows
    assert 6 == outcome.rejected
