import json

import pytest

TIMES = "2020/01/17 11:30:00,2020/01/17 13:52:00"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("train", "Z11/Z14", "10号车厢", ""), ("Z11/Z14", "10", "")),
        (("train", "C6506/6507", "08", "座位：01F"), ("C6506/C6507", "8", "1F")),
        (("train", "G1", "06号车厢18D座", ""), ("G1", "6", "18D")),
        (("train", "G1", "6号车厢3排D座", ""), ("G1", "6", "3D")),
        (("train", "G1", '"2车厢，9A"', ""), ("G1", "2", "9A")),
        (("train", "G1", "", "座次02车15A"), ("G1", "2", "15A")),
        (("train", "G1", "3号车厢", "座位03C 座位：10车18C"), ("G1", "3/10", "3C|10车18C")),
        (("train", "G1", "A3号车厢", "3车厢0048号座"), ("G1", "A3/3", "3车48")),
        (("train", "G1", "A3", ""), ("G1", "A3", "")),
        (("train", "K1", "餐车，无票", ""), ("K1", "餐车", "无座")),
        (("train", "K1", "", "1号车厢的一名乘客（期间无座"), ("K1", "1", "无座")),
        (("train", "K1", "9号车厢", "硬卧13下铺\\14下"), ("K1", "9", "13下|14下")),
        (("train", "K1", "加1号车厢", "座位：10排"), ("K1", "加1", "10排")),
        (("train", "K1", "", "座位 3008"), ("K1", "", "")),
        (
            ("flight", "MU2168/MU216R", "头等舱7A", "座位号为：头等舱7A"),
            ("MU2168/MU216R", "", "7A"),
        ),
        (
            ("flight", "EU1802（HO3461）", "", "座位：7-11排"),
            ("EU1802/HO3461", "", "7排|8排|9排|10排|11排"),
        ),
        (("flight", "MU2428", "X仓", "座位：41L"), ("MU2428", "", "41L")),
        (("flight", "CX1", "", "34H | unknown"), ("CX1", "", "34H|unknown")),
        (("flight", "CX1", "", "CC"), ("CX1", "", "CC")),
        (("train", "G1", '"3、17号车厢"', ""), ("G1", "3/17", "")),
        (("train", "G1", "3至5号车厢", "12A"), ("G1", "3/4/5", "12A")),
        (("train", "G1", "", '"3、17号车厢"'), ("G1", "3/17", "")),
        (("train", "G1", "", "5號車廂12F"), ("G1", "5", "12F")),
        (("train", "G1", "3车及其他车厢", "12A"), ("G1", "", "12A")),
        (("train", "G1", "", "3车12A 后来换了"), ("G1", "", "12A|unknown")),
        (("train", "G1", "3车", "12A 后来换座"), ("G1", "3", "12A|unknown")),
        (("flight", "CX1", "", "20 - 23"), ("CX1", "", "20排|21排|22排|23排")),
        (("flight", "CX1", "", "12-Mar"), ("CX1", "", "")),
        (("flight", "CX1", "", "Cabin crew"), ("CX1", "", "CC")),
        (("metro", "天津9号线", "倒数第二节车厢", ""), ("天津9号线", "", "")),
        (("metro", "合肥地铁1号线", "第4节车厢", ""), ("合肥地铁1号线", "4", "")),
        (("coach", "南充川R198A7", "", ""), ("川R198A7", "", "")),
    ],
)
def test_number_carriage_and_seats_are_told_in_one_form(read, cells, expected):
    kind, number, carriage, note = cells
    _, trips, rejects = read(
        f"7,{kind},2020-01-17,{TIMES},{number},{carriage},{note},北京南,曲阜东站"
    )
    assert [] == rejects
    assert expected == tuple(trips[0][column] for column in ("number", "carriage", "seats"))
    assert ("北京南", "曲阜东") == (trips[0]["board"], trips[0]["alight"])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            "2020/01/17 11:30:00",
            "2020/01/18 01:52:00",
            ("2020-01-17T11:30:00", "2020-01-18T01:52:00"),
        ),
        ("2020/01/17 00:00:00", "2020/01/17 13:52:00", ("", "2020-01-17T13:52:00")),
        ("2020/01/17 11:30:00", "2020/01/17 23:59:59", ("2020-01-17T11:30:00", "")),
        ("2020/01/17 11:30:00", "2020/01/17 09:00:00", ("", "")),
        ("2020/01/17 11:30:00", "2020/01/07 12:00:00", ("", "")),
        ("2020/01/15 11:30:00", "2020/01/17 13:52:00", ("", "2020-01-17T13:52:00")),
        ("11:30", "13:52", ("2020-01-17T11:30:00", "2020-01-17T13:52:00")),
        ("", "", ("", "")),
    ],
)
def test_times_that_contradict_each_other_or_the_date_become_unknown(read, start, end, expected):
    _, trips, _ = read(f"7,train,2020-01-17,{start},{end},G1,,,北京南,曲阜东")
    assert expected == (trips[0]["board_time"], trips[0]["alight_time"])


def test_the_original_cells_are_kept_as_they_came(read):
    _, trips, _ = read("7,train,2020/1/17,,,ｇ1次,８号车厢,无座,北京南,曲阜东站")
    assert {
        "id": "7",
        "kind": "train",
        "date": "2020/1/17",
        "start": "",
        "end": "",
        "number": "ｇ1次",
        "carriage": "８号车厢",
        "note": "无座",
        "board": "北京南",
        "alight": "曲阜东站",
    } == json.loads(trips[0]["original"])


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("7,,2020-01-17,,,北京,,,a,b", "kind", "mode_missing"),
        ("7,rocket,2020-01-17,,,G1,,,a,b", "kind", "mode_unknown"),
        ("7,train,2020-01-17,,,未知,,,a,b", "number", "number_unknown"),
        ("7,train,,,,G1,,,a,b", "date", "date_missing"),
        ("7,train,2020-02-30,,,G1,,,a,b", "date", "date_unreadable"),
        ("7,train,01/02/2020,,,G1,,,a,b", "date", "date_ambiguous"),
        ("7,train,1月12日,,,G1,,,a,b", "date", "year_missing"),
        ("7,train,2020-01-17,,,G1,,,a,b,secret", "column 11", "too_many_cells"),
        (f"7,train,2020-01-17,,,G1,,{'x' * 10_001},a,b", "column 8", "cell_too_long"),
    ],
)
def test_a_reject_names_row_column_and_reason_and_never_the_cell(read, row, column, code):
    outcome, trips, rejects = read(f"6,train,2020-01-17,,,G2,,,a,b\n{row}")
    assert ["2"] == [trip["source_row"] for trip in trips]
    assert [("3", column)] == [(reject["row"], reject["column"]) for reject in rejects]
    assert code == rejects[0]["reason"].split(":")[0]
    assert (2, 1, 1) == (outcome.read, outcome.accepted, outcome.rejected)
    for secret in ("rocket", "secret", "2020-02-30", "xxx"):
        assert secret not in rejects[0]["reason"]


def test_a_number_that_may_join_too_little_is_kept_and_named_in_the_warnings(read, tmp_path):
    outcome, trips, _ = read("7,flight,2020-01-17,,,XQZ123,,,a,b\n8,train,2020-01-17,,,G1 x,,,a,b")
    assert (["XQZ123", "G1X"], 2) == ([trip["number"] for trip in trips], outcome.doubtful_numbers)
    warnings = (tmp_path / "trips.csv.warnings.csv").read_text("utf-8")
    assert "2,number,number_doubtful: three letters of no known airline" in warnings
    assert "3,number,number_doubtful: not understood as a whole" in warnings


@pytest.mark.parametrize(
    ("number", "mode"), [("Taxi ZQ1001", "taxi"), ("Route 3", "bus"), ("G1234次列车", "train")]
)
def test_words_in_the_number_say_the_mode_where_no_column_does(read, number, mode):
    _, trips, _ = read(f"7,,2020-01-17,,,{number},,,a,b")
    assert [mode] == [trip["mode"] for trip in trips]


@pytest.mark.parametrize("number", ["Flight 4014", "4014", "CA1234 or CA1235", "Taxi ZQ1001"])
def test_a_flight_without_an_airline_or_not_understood_is_rejected(read, number):
    _, trips, rejects = read(f"7,flight,2020-01-17,,,{number},,,a,b")
    assert ([], ["number_unknown"]) == (trips, [row["reason"].split(":")[0] for row in rejects])


def test_a_cell_of_a_place_read_in_part_is_among_the_warnings(read, tmp_path):
    rows = ("3车及其他车厢,12A", "3车,12A 后来换座", "3车,12A")
    read("\n".join(f"7,train,2020-01-17,,,G{place},{row},a,b" for place, row in enumerate(rows)))
    with (tmp_path / "trips.csv.warnings.csv").open(encoding="utf-8", newline="") as lines:
        warnings = [tuple(line.split(",")[:2]) for line in lines]
    assert [("row", "column"), ("2", "carriage"), ("3", "note")] == warnings
