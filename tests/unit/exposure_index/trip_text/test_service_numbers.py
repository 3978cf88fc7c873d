import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text.service_numbers import numbers
from tests.unit.exposure_index.trip_text.conftest import MARKS


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
        ("ETH3716", ("ET3716",)),
        ("CSN 3137/CZ3137", ("CZ3137",)),
        ("XYZ3716", ("XYZ3716",)),
        ("JD52221", ("JD52221",)),
        ("JD52221/JD5222", ("JD5222", "JD52221")),
        ("CA—1234", ("CA1234",)),
        ("CA.1234", ("CA1234",)),
        ("CA - 1234 / CA 456", ("CA1234", "CA456")),
        ("G5-2775", ("G52775",)),
        ("3U–8986", ("3U8986",)),
        ("CA8215/6", ("CA8215", "CA8216")),
        ("CA8215/8216次航班", ("CA8215", "CA8216")),
        ("CA1234（A320）", ("CA1234",)),
        ("CA1234（12A）", ("CA1234",)),
        ("CA1234（1月20日）", ("CA1234",)),
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
        ("1461/4次列車", ("1461", "1464")),
        ("1148.0", ("1148",)),
        ("G.1234", ("G1234",)),
        ("'G1234", ("G1234",)),
        ("\u202aG1234\u202c", ("G1234",)),
        ("G12\u200b34", ("G1234",)),
        ("1461/4", ("1461", "1464")),
        ("1461/4次列车", ("1461", "1464")),
        ("1461/1464", ("1461", "1464")),
        ("1461 – 1464", ("1461", "1464")),
        ("2189/90", ("2189", "2190")),
        ("K1461/4", ("K1461", "K1464")),
        ("T124/1", ("T124", "T121")),
        ("D2195/8", ("D2195", "D2198")),
        ("C6506/6507次", ("C6506", "C6507")),
        ("C6506 - 6507", ("C6506", "C6507")),
        ("C6506→6507", ("C6506", "C6507")),
        ("16:14 G1", ("G1",)),
        ("G12345", ("G12345",)),
        ("CZ3013", ("CZ3013",)),
    ],
)
def test_a_train_cell_gives_its_numbers(cell, expected):
    assert expected == numbers("train", cell)


@pytest.mark.parametrize("cell", ["G1234/05", "G1234/6", "G1234（5车）", "G1234（1月20日）"])
def test_a_carriage_or_a_day_beside_a_number_is_no_number_that_unites_strangers(cell):
    assert ("G1234",) == numbers("train", cell)


@pytest.mark.parametrize(
    ("mode", "number", "beside"),
    [
        ("train", "G1234", "（0121）"),
        ("train", "G1234", "【1230】"),
        ("train", "G1234", "<1230>"),
        ("train", "G1234", "[1230"),
        ("train", "G1234", "次（2020-01-21）"),
        ("train", "G1234", "（1236）"),
        ("train", "D301", "（08）"),
        ("train", "1461", "（0121）"),
        ("train", "G1234", "-0121"),
        ("train", "G1234", "，0121"),
        ("train", "G1234", " 2020-01-21"),
        ("flight", "CA8223", "（1230）"),
        ("flight", "CA8223", "，0121"),
    ],
)
def test_a_day_a_time_or_a_carriage_in_brackets_unites_no_strangers(mode, number, beside):
    assert (number,) == numbers(mode, number + beside)


@pytest.mark.parametrize("day", ["2020-01-20 ", "2020/1/20 ", "2020.01.20 ", "（0120）", "0120/"])
def test_a_day_before_a_number_is_no_train(day):
    assert ("G1234",) == numbers("train", day + "G1234")


@pytest.mark.parametrize(
    ("mode", "cell", "expected"),
    [
        ("train", "C6506（6507）", ("C6506", "C6507")),
        ("train", "D0618/0619", ("D618", "D619")),
        ("train", "G1234/5678", ("G1234", "G5678")),
        ("flight", "CA8223（8224）", ("CA8223", "CA8224")),
        ("flight", "CA8223（8224、1230）", ("CA8223", "CA8224")),
    ],
)
def test_another_number_of_full_length_is_kept(mode, cell, expected):
    assert expected == numbers(mode, cell)


@pytest.mark.parametrize(
    ("mode", "parts"),
    [
        ("ship", ("海洋", "光谱号")),
        ("bus", ("B", "12")),
        ("metro", ("地铁", "S8线")),
        ("ship", ("MS", "A")),
    ],
)
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_in_the_name_of_a_ship_or_a_line_is_none(mode, parts, mark):
    assert ("".join(parts),) == numbers(mode, mark.join(parts))


def test_a_mark_behind_a_digit_is_kept():
    assert ("5-6路",) == numbers("bus", "5—6路")


@given(
    st.sampled_from([("train", "GDCZTKYLS"), ("train", ""), ("flight", ["CA", "3U", "G5", "XYZ"])]),
    st.data(),
    st.integers(1000, 9998),
    st.sampled_from(MARKS),
    st.sampled_from(MARKS[2:]),
    st.integers(0, 3),
)
def test_a_dual_number_is_the_same_by_any_mark_and_shortening(kind, data, first, mark, dash, short):
    mode, starts = kind
    start = data.draw(st.sampled_from(starts)) if starts else ""
    second = first + 1
    ending = str(second)
    if str(first)[:short] == ending[:short]:
        ending = ending[short:]
    text = f"{start}{mark if start else ''}{first}{dash}{ending}次".lower()
    assert (f"{start}{first}", f"{start}{second}") == numbers(mode, text)


@pytest.mark.parametrize(
    "cell", ["", " ", "未知", "不详", "车牌号不详", "面包车，车牌不详", "車牌不詳", "-"]
)
@pytest.mark.parametrize("mode", ["flight", "train", "coach", None])
def test_an_unknown_number_is_no_number(mode, cell):
    assert () == numbers(mode, cell)


def test_a_line_without_its_plate_is_still_a_line():
    assert ("26路,车牌不详",) == numbers("bus", "26路，车牌不详")


@given(st.sampled_from(["flight", "train", "bus", None]), st.text())
def test_any_text_is_read_without_error_and_nothing_with_a_digit_is_dropped(mode, text):
    matches = numbers(mode, text)
    assert matches or not any(character in "0123456789" for character in text)


@given(
    st.sampled_from(["flight", "train", "coach", None]),
    st.text(alphabet="ACGZ粤学路0123456789/（） .-·—次"),
)
def test_a_canonical_number_is_its_own_canonical_form(mode, text):
    for number in numbers(mode, text):
        assert number in numbers(mode, number)
