import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import carriage


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("8号车厢", "8"),
        ("08", "8"),
        ("8", "8"),
        ("8.0", "8"),
        ("８号车厢", "8"),
        ("13车厢", "13"),
        ("7号车箱", "7"),
        ("8 号 车 厢", "8"),
        ("第4节车厢", "4"),
        ("十二号车厢", "12"),
        ("三车", "3"),
        ("车厢：8", "8"),
        ("Carriage 8", "8"),
        ("硬卧5车", "5"),
        ("加1号车厢", "加1"),
        ("加1", "加1"),
        ("加车02", "加2"),
        ("加01", "加1"),
        ("加1车厢", "加1"),
        ("加１車廂", "加1"),
        ("加挂1车", "加1"),
        ("加掛1號車廂", "加1"),
        ("加开硬卧2车", "加2"),
        ("硬座加1", "加1"),
        ("extra carriage 1", "加1"),
        ("增1车", None),
        ("8號車廂", "8"),
        ("倒數第二節車廂", None),
        ("A3号车厢", "A3"),
        ("a3", "A3"),
        ("X仓", "X"),
        ("餐车", "餐车"),
        ("餐车，无票", "餐车"),
        ("餐车车厢", "餐车"),
        ("6号车厢3排D座", "6"),
        ("06号车厢18D座", "6"),
        ("2车厢，9A", "2"),
        ("车厢尾部", None),
        ("倒数第二节车厢", None),
        ("5号车厢或6号车厢", None),
        ("5-6号车厢", None),
        ("头等舱7A", None),
        ("黑色尼桑轿车", None),
        ("滴滴打车", None),
        ("00", None),
        ("未知", None),
        ("", None),
    ],
)
def test_a_carriage_cell_gives_one_label_or_none(cell, expected):
    assert expected == carriage(cell)


@given(st.text())
def test_any_text_is_read_and_a_label_is_its_own_canonical_form(text):
    label = carriage(text)
    assert label is None or label == carriage(f"{label}号车厢") or label == "餐车"
