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


def lettered(first, last, letters):
    return "|".join(f"{row}{letter}" for row in range(first, last + 1) for letter in letters)


ROWS_23_TO_27 = rows_of_seats(23, 27)
ROWS_20_TO_24 = rows_of_seats(20, 24)


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
                f"flight CZ3141 2020-01-20  {lettered(24, 26, 'ABCDEF')}  ",
                f"flight CZ3142 2020-01-20  {ROWS_20_TO_24}  ",
            ],
        ),
        ("utcstart.csv", None, ["flight NZ523 2022-02-15    "]),
        ("title.csv", None, ["train G1712 2020-01-20 5 12F  "]),
        (
            "w126b.csv",
            datetime.date(2020, 1, 27),
            [
                "train T182 2020-01-16   汉口 沈阳北",
                "train Z162 2020-01-16 5  武汉 石家庄",
                "coach 吉Z00001 2020-01-20   松原 乾安",
            ],
        ),
        (
            "ns_like.csv",
            None,
            [
                f"flight AC1234 2021-04-24  {lettered(10, 16, 'CDF')} MONTREAL HALIFAX",
                f"flight WS1346 2021-04-25  {lettered(12, 18, 'CDEF')} TORONTO HALIFAX",
                f"flight AC1604 2021-05-04  {rows_of_seats(3, 9)}  ",
                "bus 3 2021-04-28   NORTH STREET BRIDGE TERMINAL",
            ],
        ),
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
    assert 0 == outcome.rejected


def test_rows_that_name_several_days_are_rejected(trips):
    outcome, rows = trips("days.csv")
    assert ["flight CZ3140 2020-01-20    "] == rows
    assert 6 == outcome.rejected


def test_a_taxi_is_no_flight_of_its_plate(trips):
    outcome, rows = trips("hktaxi.csv")
    assert ["taxi ZQ1001 2020-07-15    ", "flight CX906 2020-07-16  48K MANILA "] == rows
    assert 1 == outcome.rejected  # names seven days


def test_every_means_of_transport_but_private_ones_is_accepted(trips):
    outcome, rows = trips("modes.csv")
    assert (21, 2) == (outcome.accepted, outcome.rejected)
    modes = {number: mode for mode, number, *_ in map(str.split, rows)}
    assert ("coach", "train") == (modes["浙CD7708"], modes["K1068"])
    assert not {"鄂A32345", "鄂A42345"} & set(modes)


def test_no_handed_notice_is_left_untested():
    tests = Path(__file__).read_text("utf-8")
    cases = [path.name for path in CASES.iterdir() if path.suffix in (".csv", ".xlsx")]
    assert [] == [name for name in cases if f'"{name}"' not in tests]
