"""The real file: 1,023 trips as authorities published them, where it stands beside the project."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from index_builder.notices import read_notices

PUBLISHED = Path(__file__).parents[5] / "shared" / "data"
needs_published = pytest.mark.skipif(
    not (PUBLISHED / "published-exposures-2020.csv").exists(),
    reason="the published files are not beside this checkout",
)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    out = tmp_path_factory.mktemp("published") / "trips.csv"
    outcome = read_notices(PUBLISHED / "published-exposures-2020.csv", out)
    with out.open(encoding="utf-8", newline="") as lines:
        trips = list(csv.DictReader(lines))
    with out.with_name("trips.csv.rejects.csv").open(encoding="utf-8", newline="") as lines:
        rejects = list(csv.DictReader(lines))
    return outcome, trips, rejects


@needs_published
def test_every_published_row_is_accepted_or_rejected(published):
    outcome, trips, rejects = published
    assert 1023 == outcome.read == len(trips) + len(rejects)
    assert 1023 == outcome.used + outcome.duplicates + outcome.rejected
    assert outcome.duplicates == sum(trip["duplicate_of"] != "" for trip in trips)
    numbers = [int(row["source_row"]) for row in trips] + [int(row["row"]) for row in rejects]
    assert list(range(2, 1025)) == sorted(numbers)


@needs_published
def test_99_of_100_flights_and_trains_are_accepted(published):
    _, trips, _ = published
    modes = Counter(trip["mode"] for trip in trips)
    assert {"flight": 190, "train": 548} == {mode: modes[mode] for mode in ("flight", "train")}


@needs_published
def test_only_rows_without_a_number_are_rejected(published):
    _, _, rejects = published
    assert {"number_unknown"} == {reject["reason"].split(":")[0] for reject in rejects}
    assert 11 == len(rejects)


@needs_published
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (2, "train Z11/Z14 2019-12-27 10  长沙 沈阳北"),
        (71, "flight CZ6317 2020-01-14   武汉 哈尔滨"),
        (67, "flight JD52221 2020-01-14   沈阳 石家庄"),
        (156, "flight MU2168/MU216R 2020-01-17  7A 上海 西安"),
        (161, "train G127 2020-01-17 3/10 3C|10车18C 北京南 曲阜东"),
        (183, "train K1596 2020-01-17 3 8 郑州 胶州"),
        (187, "train D4566 2020-01-17 13  怀集 贺州"),
        (243, "train K1561 2020-01-18 6 111 永州 梧州"),
        (270, "train G469 2020-01-18 12 5D 北京南 威海"),
        (293, "train K1803 2020-01-19 A3/3 3车48 武汉武昌 娄底"),
        (340, "train K7925 2020-01-19 11 84 呼和浩特 包头萨拉齐"),
        (343, "train K7920/K7921 2020-01-19 11 82 呼和浩特 化德"),
        (387, "train Z104 2020-01-19 9 13下|14下 南昌西 长春"),
        (434, "train T9519 2020-01-20 2  乌鲁木齐 塔城"),
        (440, "train T182 2020-01-20 餐车 无座 汉口 沈阳北"),
        (753, "flight EU1802/HO3461 2020-01-22  7排|8排|9排|10排|11排 长沙 成都"),
        (752, "flight MU2428 2020-01-22  41L 武汉 昆明"),
        (857, "train D740 2020-01-23 3 7|8中 麻城市 北京西"),
        (874, "train K1510 2020-01-23 5 10 菏泽 巨野"),
        (945, "flight CZ5261 2020-01-25  40J 广州白云 徐州观音"),
        (969, "train D5383 2020-01-26 7   方正县"),
        (988, "train G7162 2020-01-28 餐车  合肥南 南京南"),
    ],
)
def test_hard_rows_are_read_as_a_tracer_would(published, row, expected):
    _, trips, _ = published
    trip = next(trip for trip in trips if str(row) == trip["source_row"])
    columns = ("mode", "number", "service_date", "carriage", "seats", "board", "alight")
    assert expected == " ".join(trip[column] for column in columns)


@needs_published
def test_all_published_seats_of_hong_kong_flights_are_read(tmp_path):
    out = tmp_path / "trips.csv"
    outcome = read_notices(PUBLISHED / "flight-seats-hk-2020-2022.csv", out)
    assert (4000, 3999) == (outcome.read, outcome.accepted)
    with out.open(encoding="utf-8", newline="") as lines:
        unplaced = [row for row in csv.DictReader(lines) if not row["seats"]]
    with out.with_name("trips.csv.rejects.csv").open(encoding="utf-8", newline="") as lines:
        (reject,) = csv.DictReader(lines)
    # Row 1,476 says NA/ed where its date should stand, and has no seat either.
    assert ("1476", "date", "date_unreadable") == (
        reject["row"],
        reject["column"],
        reject["reason"].split(":")[0],
    )
    # Blank, Unknown, Pending, NA, - and two seats lettered I, which no aircraft has.
    assert 45 == len(unplaced)
