"""A second table below a staff list is never read by the columns of the first."""

import pytest

from tables.staff_lists.staff_list import open_staff_list
from tests.fixtures.staff_sources import reasons, refusal, resident, source, text_list

ONE, TWO = resident(1), resident(2)


@pytest.mark.parametrize(
    ("header", "second"),
    [
        ("姓名,证件号码,部门", "原姓名,证件号码,现姓名"),
        ("姓名,证件号码,部门", "家长姓名,学生证件号,学生姓名"),
        ("姓名,证件号码,部门", "班组,证件号码,姓名"),
        ("姓名,证件号码,部门", "证件号码,姓名,部门"),
        ("姓名,证件号码,部门", "代办人,证件号码,当事人"),
        ("姓名,证件号码,部门", "班组,证件,姓名"),
        ("姓名,证件号码,部门", "班组,ID,姓名"),
        ("姓名,证件号码,部门", "序号,姓名,证件号码"),
        ("姓名,证件号码,部门", "班组,身份证号,人员姓名"),
        ("Name,Passport No,Dept", "Host,Passport No,Visitor"),
        ("Name,Passport No,Dept", "Team,Passport Number,Full name"),
    ],
)
def test_a_header_of_other_columns_refuses_the_list(header, second):
    data = text_list(f"王芳,{ONE},甲", second, f"李明,{TWO},周诗诺", header=header)
    assert "several_tables" == refusal(data).code


@pytest.mark.parametrize(
    "cells",
    [
        f"王芳,{ONE},甲",
        "王芳,身份证号,甲",
        "王芳,无证件号码,姓名待补",
        "王芳,身份证,甲",
        "请填写姓名,请填写证件号码,请填写部门",
        "Name,ID No.,Department",
        "NAME,ID NUMBER,DEPT.",
        "王芳,Passport No,甲",
        "王芳,无,甲",
        "王芳,证件,身份证",
        "姓 名,证件号码,科室",
    ],
)
def test_a_row_of_one_person_or_the_header_in_other_words_refuses_nothing(cells):
    data = text_list(f"李明,{TWO},甲", cells, header="姓名,证件号码,部门")
    assert {2: "", 3: reasons(data)[3]} == reasons(data)
    assert 2 == open_staff_list(source(data)).rows


def test_a_header_that_repeats_is_no_other_table():
    data = text_list(
        f"李明,{TWO},甲", "姓名,证件号码,部门", f"王芳,{ONE},甲", header="姓名,证件号码,部门"
    )
    assert {2: "", 4: ""} == reasons(data)
