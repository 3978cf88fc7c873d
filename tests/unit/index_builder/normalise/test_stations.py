import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import station


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("汉口站", "汉口"),
        ("汉口", "汉口"),
        (" 汉 口 站 ", "汉口"),
        ("六安火车站", "六安"),
        ("淮安汽车站", "淮安汽车站"),
        ("重庆客运站", "重庆客运站"),
        ("武汉天河国际机场", "武汉天河机场"),
        ("重庆江北机场T2A", "重庆江北机场"),
        ("武汉", "武汉"),
        ("Hong  Kong", "HONG KONG"),
        ("站", "站"),
        ("不详", ""),
        ("", ""),
    ],
)
def test_a_stop_has_one_name(cell, expected):
    assert expected == station(cell)


@given(st.text() | st.text(st.sampled_from("汉口武昌国际机场火车站T2A ")))
def test_any_text_has_a_stop_name(text):
    assert isinstance(station(text), str)
