import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text.service_numbers import is_plate, mode_by_shape, numbers
from tests.unit.exposure_index.trip_text.conftest import MARKS


def test_a_number_of_no_mode_is_kept_whole():
    assert ("ABC1",) == numbers(None, "ABC 1")


@pytest.mark.parametrize(
    "plate", ["粤A12345", "粵A12345", "鄂A·1D453", "鲁Q88888", "江苏苏B30114", "粤K1234"]
)
def test_a_plate_is_neither_a_flight_nor_a_train(plate):
    assert is_plate(plate)
    assert mode_by_shape(plate) is None


@pytest.mark.parametrize(
    ("expected", "number"),
    [
        ("flight", "北京CA1234"),
        ("flight", "乌鲁木齐CZ6901"),
        ("train", "南京G1234"),
        ("train", "京沪G7"),
        ("train", "K12"),
        (None, "1461/4"),
    ],
)
def test_a_place_before_a_number_makes_no_plate_of_it(expected, number):
    assert not is_plate(number)
    assert expected == mode_by_shape(number)


@given(
    st.sampled_from("粤鄂京"),
    st.from_regex(r"[A-Z][A-Z0-9]{5,6}", fullmatch=True),
    st.integers(1, 3),
    st.sampled_from(MARKS),
    st.sampled_from(MARKS),
    st.booleans(),
)
def test_a_plate_is_the_same_by_any_mark_width_and_case(province, rest, at, mark, other, wide):
    text = province + mark + rest[0] + mark + rest[1 : 1 + at] + other + rest[1 + at :]
    text = text.lower()
    if wide:
        text = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert (province + rest,) == numbers("coach", text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("粤AD73841", "粤AD73 84 1"),
        ("粤AD73841", "粤AD73 84 1（出租车）"),
        ("粤AD73841", "粤AD73 84 1 出租车"),
        ("粤AF35462", "粤AF 3546 2"),
        ("粤AD64810", "粤AD 6481 0"),
        ("粤AD12345", "粤AD123 45"),
        ("粤AD12345", "粤AD1234 5"),
        ("粤A12345D", "粤A12 345 D"),
        ("粤A21263", "粤A2126 3"),
        ("粤AD1234", "粤AD1234 5路"),
        ("粤A1234", "粤A1234 6路"),
        ("鄂ALB961", "鄂ALB 961"),
        ("粤A12345", "粤A12345 6"),
        ("粤AD1234", "粤AD1234 2020-01-20"),
    ],
)
def test_a_plate_keeps_its_last_character_and_takes_none_of_what_follows(expected, text):
    assert (expected,) == numbers("taxi", text)


@given(
    st.sampled_from("粤鄂京"),
    st.from_regex(
        r"[A-HJ-NP-Z]([A-Z0-9]{2}[0-9]{3}|[DF][A-Z0-9][0-9]{4}|[0-9]{5}[DF])", fullmatch=True
    ),
    st.data(),
)
def test_a_plate_is_the_same_with_a_mark_at_any_place(province, rest, data):
    marks = data.draw(st.lists(st.sampled_from(["", *MARKS]), min_size=7, max_size=7))
    text = province + "".join(map("".join, zip(marks, rest, strict=False)))
    assert (province + rest,) == numbers("taxi", text)
