"""Groups above a header: a name and a number of two people are never read as one person's."""

import io

import pytest
import xlsxwriter

from tables.staff_lists.staff_list import ColumnsUnclear, ListChoice, open_staff_list
from tests.fixtures.staff_sources import opened_list, resident, rows_of, source, text_list

NUMBER = resident(1)


def workbook(groups, headings, row):
    """groups: (first place, last place, text)."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for first, last, text in groups:
            if first < last:
                sheet.merge_range(0, first, 0, last, text)
            else:
                sheet.write(0, first, text)
        sheet.write_row(1, 0, headings.split(","))
        sheet.write_row(2, 0, row.split(","))
    return target.getvalue()


@pytest.mark.parametrize(
    ("groups", "headings"),
    [
        ("家长,,学生", "姓名,电话,证件号码"),
        ("紧急联系人,,员工信息,", "姓名,电话,员工,证件号码"),
        ("Parent,,Student,", "Name,Phone,Student,Passport No"),
        ("学生,,家长,", "姓名,班级,证件号码,电话"),
        ("员工,,随行人员,", "姓名,部门,关系,证件号码"),
        ("家长,,学生", "姓名,证件号码,班级"),
    ],
)
def test_name_and_number_under_groups_that_may_be_two_people_are_asked_about(groups, headings):
    cells = ",".join("周诗诺" for _ in headings.split(","))
    data = text_list(headings, cells, header=groups)
    with pytest.raises(ColumnsUnclear) as error:
        open_staff_list(source(data))
    assert 2 == error.value.header_row


@pytest.mark.parametrize(
    "groups",
    [
        "员工名单,,,",
        "家长名单,,,",
        "基本信息,,证件信息,",
        "员工,,,证件",
        "填报单位：某公司,,联系人：王芳,",
        "单位,某公司,联系人,王芳",
        "名单,,,2026年1月",
        ",,,",
    ],
)
def test_titles_and_groups_of_one_person_are_no_question(groups):
    data = text_list("姓名,性别,部门,证件号码", f"周诗诺,女,甲,{NUMBER}", header=groups)
    assert {"name": 0, "id_number": 3} == dict(opened_list(data).columns)


@pytest.mark.parametrize(
    "groups",
    [
        [(0, 1, "家长"), (2, 3, "学生")],
        [(0, 1, "家长")],
        [(0, 1, "紧急联系人"), (2, 3, "员工信息")],
        [(0, 1, "员工"), (2, 3, "随行人员")],
    ],
)
def test_groups_of_merged_cells_are_asked_about(groups):
    data = workbook(groups, "姓名,电话,班级,证件号码", f"周诗诺,1,2,{NUMBER}")
    with pytest.raises(ColumnsUnclear):
        open_staff_list(source(data, "xlsx"))


@pytest.mark.parametrize(
    "groups",
    [
        [(0, 3, "家长信息登记表")],
        [(0, 2, "员工信息表")],
        [(0, 1, "基本信息"), (2, 3, "证件信息")],
        [(0, 0, "姓名"), (1, 2, "联系方式"), (3, 3, "证件")],
        [(0, 3, "员工")],
    ],
)
def test_merged_titles_and_groups_of_one_person_are_no_question(groups):
    data = workbook(groups, "姓名,电话,班级,证件号码", f"周诗诺,1,2,{NUMBER}")
    assert {"name": 0, "id_number": 3} == dict(opened_list(data, "xlsx").columns)


def test_whoever_is_asked_may_say_that_the_groups_are_one_persons():
    data = text_list("姓名,电话,证件号码", f"周诗诺,1,{NUMBER}", header="家长,,学生")
    choice = ListChoice(columns={"name": 0, "id_number": 2}, header_row=2)
    (row,) = rows_of(data, choice=choice)
    assert ("周诗诺", NUMBER) == (row.person.name, row.person.id_number)
