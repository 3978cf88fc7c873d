import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text.service_numbers import numbers


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("CZ3137", ("CZ3137",)),
        ("南方航空CZ3137", ("CZ3137",)),
        ("cz 3013", ("CZ3013",)),
        ("ＣＺ３０１３", ("CZ3013",)),
        ("CA0123", ("CA123",)),
        ("MU 0749", ("MU749",)),
        ("CA-8215 次航班", ("CA8215",)),
        ("ZH4751（CA8215）", ("ZH4751", "CA8215")),
        ("ZH4751 CA8215", ("ZH4751", "CA8215")),
        ("CA8215/8216", ("CA8215", "CA8216")),
        ("EU1802/H03461", ("EU1802", "HO3461")),
        ("EU1802（HO3461）", ("EU1802", "HO3461")),
        ("MU2168/MU216R", ("MU2168", "MU216R")),
        ("G58512", ("G58512",)),
        ("Y87586", ("Y87586",)),
        ("3U8986", ("3U8986",)),
        ("8L 9564", ("8L9564",)),
        ("9C08539", ("9C08539",)),
        ("ETH3716", ("ETH3716",)),
        ("JD52221", ("JD52221",)),
        ("JD52221/JD5222", ("JD5222", "JD52221")),
    ],
)
def test_a_flight_cell_gives_its_numbers(cell, expected):
    assert expected == numbers("flight", cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("G1234", ("G1234",)),
        ("g1234次", ("G1234",)),
        ("高铁G1234次列车", ("G1234",)),
        ("Z11/Z14", ("Z11", "Z14")),
        ("Z11-Z14", ("Z11", "Z14")),
        ("Z11转Z14", ("Z11", "Z14")),
        ("C6506/6507", ("C6506", "C6507")),
        ("T182/3", ("T182", "T183")),
        ("K98/101", ("K98", "K101")),
        ("G1275、G1278", ("G1275", "G1278")),
        ("D0618", ("D618",)),
        ("Ｋ１６２４", ("K1624",)),
        ("1148", ("1148",)),
        ("1148次", ("1148",)),
        ("16:14 G1", ("G1",)),
        ("G12345", ("G12345",)),
        ("CZ3013", ("CZ3013",)),
    ],
)
def test_a_train_cell_gives_its_numbers(cell, expected):
    assert expected == numbers("train", cell)


@pytest.mark.parametrize(
    ("mode", "cell", "expected"),
    [
        ("coach", "重庆渝AA9C16", ("渝AA9C16",)),
        ("coach", "鄂ALB-961", ("鄂ALB-961",)),
        ("bus", "26路（青A 183709）", ("青A183709",)),
        ("bus", "西安市 5路", ("西安市5路",)),
        ("metro", "南京地铁S8轻轨", ("南京地铁S8轻轨",)),
        ("ship", "紫荆22号渡轮", ("紫荆22号渡轮",)),
        (None, "ABC 1", ("ABC1",)),
    ],
)
def test_other_vehicles_are_known_by_plate_or_by_their_whole_text(mode, cell, expected):
    assert expected == numbers(mode, cell)


@pytest.mark.parametrize("cell", ["", " ", "未知", "不详", "车牌号不详", "面包车，车牌不详", "-"])
@pytest.mark.parametrize("mode", ["flight", "train", "coach", None])
def test_an_unknown_number_is_no_number(mode, cell):
    assert () == numbers(mode, cell)


def test_a_line_without_its_plate_is_still_a_line():
    assert ("26路,车牌不详",) == numbers("bus", "26路，车牌不详")


@given(st.sampled_from(["flight", "train", "bus", None]), st.text())
def test_any_text_is_read_without_error_and_nothing_with_a_digit_is_dropped(mode, text):
    found = numbers(mode, text)
    assert found or not any(character in "0123456789" for character in text)


@given(st.sampled_from(["flight", "train"]), st.text(alphabet="ACGZ0123456789/（） "))
def test_a_canonical_number_is_its_own_canonical_form(mode, text):
    for number in numbers(mode, text):
        assert number in numbers(mode, number)
