import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text import service_numbers
from exposure_index.trip_text.folding import plain_marks, simplified, spaced
from exposure_index.trip_text.service_numbers import numbers
from tests.unit.exposure_index.trip_text.conftest import MARKS


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
    assert numbers(mode, "".join(parts)) == numbers(mode, mark.join(parts))


@pytest.mark.parametrize(
    ("mode", "cells"),
    [
        ("metro", ("2号线", "地铁2号线", "地鐵 2號線", "轨道交通2号线", "MTR 2号线")),
        ("bus", ("126路", "公交126路", "公交车126路", "126路公交车", "126 路公交")),
        ("ship", ("钻石公主", "钻石公主号", "“钻石公主”号", "邮轮钻石公主号", "钻石公主号邮轮")),
        ("ship", ("Diamond Princess", "MV Diamond Princess", "The Diamond Princess (cruise ship)")),
        (
            "taxi",
            ("ZQ1001", "Taxi (ZQ1001)", "車牌號碼：ZQ1001", "Plate no. ZQ1001", "Rego ZQ1001"),
        ),
        ("flight", ("CZ3137", "中国南方航空股份有限公司CZ3137", "南航CZ3137航班", "CZ3137便")),
        ("train", ("G1234", "G1234次（二等座）", "G1234 第5车厢", "G1234(8:00开)")),
    ],
)
def test_a_word_for_what_it_is_makes_no_other_number(mode, cells):
    assert {numbers(mode, cells[0])} == {numbers(mode, cell) for cell in cells}


@pytest.mark.parametrize(
    ("mode", "cell"),
    [
        ("metro", "地铁"),
        ("metro", "Metro Line"),
        ("ship", "轮船"),
        ("bus", "公交车"),
        ("taxi", "的士"),
    ],
)
def test_a_word_alone_stays(mode, cell):
    assert (cell.upper().replace(" ", ""),) == numbers(mode, cell)


@pytest.mark.parametrize(("mode", "cell"), [("metro", "北京地铁2号线"), ("bus", "兰州公交126路")])
def test_a_line_of_a_city_is_no_line_of_another(mode, cell):
    assert (cell,) == numbers(mode, cell)


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
def test_any_text_is_read_without_error_and_only_a_flight_may_have_digits_and_no_number(mode, text):
    matches = numbers(mode, text)
    assert matches or mode == "flight" or not any(character in "0123456789" for character in text)


@pytest.mark.parametrize(
    ("mode", "text", "expected"),
    [("train", "G12 34", "G1234"), ("coach", "粤A - - - - 12345", "粤A12345")],
)
def test_a_text_is_read_again_without_the_marks_and_spaces_that_kept_it_from_being_read(
    mode, text, expected
):
    assert (expected,) == numbers(mode, text)


@given(
    st.sampled_from(["flight", "train", "coach", None]),
    st.text(alphabet="ACGZ粤学路0123456789/（） .-·—次"),
)
def test_a_canonical_number_is_its_own_canonical_form(mode, text):
    for number in numbers(mode, text):
        assert number in numbers(mode, number)


@given(st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True))
def test_letters_and_digits_alone_are_folded_as_any_other_text_is(text):
    assert simplified(spaced(plain_marks(text))) == service_numbers._plain(text)
