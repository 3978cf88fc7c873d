import pytest

from exposure_index.identity.name_readings import READINGS_MAX, readings, u_forms


@pytest.mark.parametrize(
    ("han", "first"),
    [("张伟", "ZHANG WEI"), ("單雄信", "SHAN XIONG XIN"), ("尉迟恭", "YU CHI GONG")],
)
def test_the_likeliest_reading_comes_first(han, first):
    assert first == readings(han)[0]


def test_a_surname_of_two_readings_has_both():
    assert {"ZHAI WEI", "DI WEI"} <= set(readings("翟伟"))


def test_a_reading_with_a_u_umlaut_has_three_forms():
    assert {"LYU BU", "LV BU", "LU BU"} <= set(readings("吕布"))


def test_a_name_of_many_readings_is_not_read_to_the_end():
    assert READINGS_MAX + 1 == len(readings("单行长曾乐单行长曾乐"))


def test_a_name_without_u_umlaut_has_no_further_form():
    assert [] == list(u_forms("SILVA ANA"))


def test_every_mixture_of_forms_is_told_once():
    assert 3 + 6 == len(list(u_forms("LU LYU")))
