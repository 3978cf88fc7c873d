"""Published notices that failed once, where they stand beside the project; each has its answer."""

import csv
import datetime
from pathlib import Path

import pytest

from index_builder.notices import NoticeOptions, read_notices

CASES = Path(__file__).parents[5] / "shared" / "data" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside this checkout")
COLUMNS = ("mode", "number", "service_date", "carriage", "seats", "board", "alight")
ROWS_23_TO_27 = "|".join(f"{row}排" for row in range(23, 28))


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
    ],
)
def test_a_notice_that_failed_is_read_as_it_was_meant(trips, name, published, expected):
    outcome, rows = trips(name, published)
    assert expected == rows
    assert (0, 0) == (outcome.rejected, outcome.unknown_cells)
