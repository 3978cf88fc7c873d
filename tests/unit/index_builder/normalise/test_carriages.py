import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import carriages


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("8号车厢", ("8",)),
        ("08", ("8",)),
        ("8", ("8",)),
        ("8.0", ("8",)),
        ("８号车厢", ("8",)),
        ("13车厢", ("13",)),
        ("7号车箱", ("7",)),
        ("8 号 车 厢", ("8",)),
        ("第4节车厢", ("4",)),
        ("十二号车厢", ("12",)),
        ("三车", ("3",)),
        ("车厢：8", ("8",)),
        ("Carriage 8", ("8",)),
        ("硬卧5车", ("5",)),
        ("加1号车厢", ("加1",)),
        ("加1", ("加1",)),
        ("加车02", ("加2",)),
        ("加01", ("加1",)),
        ("加1车厢", ("加1",)),
        ("加１車廂", ("加1",)),
        ("加挂1车", ("加1",)),
        ("加掛1號車廂", ("加1",)),
        ("加开硬卧2车", ("加2",)),
        ("硬座加1", ("加1",)),
        ("extra carriage 1", ("加1",)),
        ("增1车", ()),
        ("8號車廂", ("8",)),
        ("倒數第二節車廂", ()),
        ("A3号车厢", ("A3",)),
        ("a3", ("A3",)),
        ("X仓", ("X",)),
        ("餐车", ("餐车",)),
        ("餐车，无票", ("餐车",)),
        ("餐车车厢", ("餐车",)),
        ("6号车厢3排D座", ("6",)),
        ("06号车厢18D座", ("6",)),
        ("2车厢，9A", ("2",)),
        ("车厢尾部", ()),
        ("倒数第二节车厢", ()),
        ("5号车厢或6号车厢", ("5", "6")),
        ("5-6号车厢", ("5", "6")),
        ("头等舱7A", ()),
        ("黑色尼桑轿车", ()),
        ("滴滴打车", ()),
        ("00", ()),
        ("未知", ()),
        ("", ()),
        ("3、17号车厢", ("3", "17")),
        ("4、6、13号车厢", ("4", "6", "13")),
        ("3至5号车厢", ("3", "4", "5")),
        ("3—5号车厢", ("3", "4", "5")),
        ("5~3", ("3", "4", "5")),
        ("3 17", ("3", "17")),
        ("3 5号车厢", ("3", "5")),
        ("一至三号车厢", ("1", "2", "3")),
        ("一、二号车厢", ("1", "2")),
        ("3号车厢和17号", ("3", "17")),
        ("3/17", ("3", "17")),
        ("3,4 & 5", ("3", "4", "5")),
        ("第3、第17车厢", ("3", "17")),
        ("加1、3号车厢", ("加1", "3", "加3")),
        ("加1和加3", ("加1", "加3")),
        ("Cars 3-5", ("3", "4", "5")),
        ("carriages 3 and 17", ("3", "17")),
        ("Coach 3, Coach 17", ("3", "17")),
        ("A3-A5", ("A3", "A4", "A5")),
        ("5号車廂12F", ("5",)),
        ("5车厢12F", ("5",)),
        ("3车12A、17车3F", ("3", "17")),
        ("3车 17号", ("3", "17")),
        ("车厢3座位12", ("3",)),
        ("第4、5节车厢", ("4", "5")),
        ("4节车厢", ()),
        ("3号车厢及最后一节", ()),
        ("3号车厢等", ()),
        ("3号车厢附近", ()),
        ("3车或未知", ()),
        ("3, ?", ()),
        ("3、17号车厢、尾部", ()),
        ("一二号车厢", ()),
        ("12-Mar", ()),
        ("2020-03-12", ()),
        ("3月12日", ()),
        ("43902", ()),
        ("3.17", ()),
        ("317", ()),
        ("全车", ()),
        ("3车12A-5", ()),
        ("3、5座", ()),
    ],
)
def test_a_carriage_cell_gives_all_its_carriages_or_none(cell, expected):
    result = carriages("train", cell)
    assert expected == result.carriages
    assert (expected == ()) == result.carriage_unknown


@pytest.mark.parametrize("cell", ["", "-", "未知", "unknown", "00", "头等舱7A", "全车"])
def test_a_cell_that_names_no_carriage_is_understood_all_the_same(cell):
    assert not carriages("train", cell).residue


def test_a_ship_has_cabins_of_four_digits():
    assert ("5012", "5014") == carriages("ship", "5012、5014").carriages


@given(st.text())
def test_any_text_is_read_and_a_label_is_its_own_canonical_form(text):
    result = carriages(None, text)
    assert bool(result.carriages) != result.carriage_unknown
    for label in result.carriages:
        assert label in carriages(None, f"{label}号车厢").carriages or label == "餐车"
