"""Names whose Han were read in the other one of two encodings."""

import pytest

from tables.staff_names.garbled_names import is_other_han

NAMES = ("周诗诺", "张伟", "李明珠", "尹子", "王小波", "陈建国", "刘洋", "欧阳娜娜", "曾兰")


@pytest.mark.parametrize("name", NAMES)
def test_gbk_read_as_big5_is_no_name(name):
    assert is_other_han(name.encode("gbk").decode("big5"))


@pytest.mark.parametrize("name", ["劉洋", "歐陽娜娜"])
def test_big5_read_as_gbk_is_no_name(name):
    assert is_other_han(name.encode("big5").decode("gbk"))


@pytest.mark.parametrize(
    "name", [*NAMES, "麻晓梅", "郗雨桐", "禤国维", "迪丽热巴", "扎西多吉", "闻人悦", "笪明"]
)
def test_names_as_people_bear_them_are_names(name):
    assert not is_other_han(name)
