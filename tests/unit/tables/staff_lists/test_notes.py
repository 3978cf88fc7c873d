"""Rows below a staff list: a person without a number is a row, whatever stands beside the name."""

import pytest

from tests.fixtures.messy_drafts import workbook_of
from tests.fixtures.staff_sources import reasons, remarks, resident, text_list

NAMES_AND_NUMBERS = "姓名,证件号码"
ONE = f"张伟,{resident(1)}"


@pytest.mark.parametrize(
    "line",
    ["李梅(财务),", '"Silva, Ana",', "负责人,", "李梅（财务）", "王芳、李梅,", "Dr. Ana Silva!,"],
)
def test_a_name_without_a_number_is_a_row_whatever_it_holds(line):
    data = text_list(ONE, line, ONE, header=NAMES_AND_NUMBERS)
    assert [2, 3, 4] == list(found := reasons(data))
    assert found[3] in ("document_missing", "row_unreadable")


def test_a_name_behind_a_word_of_signatures_is_a_row():
    data = text_list(f"员工,张伟,{resident(1)}", "负责人,侯轩凤,", header="职务,姓名,证件号码")
    assert {2: "", 3: "document_missing"} == reasons(data)


def test_a_word_in_place_of_a_number_is_a_row():
    data = text_list(ONE, ",丢失(补办中)", header=NAMES_AND_NUMBERS)
    assert [2, 3] == list(reasons(data))


def test_a_name_without_a_number_in_a_workbook_is_a_row():
    rows = [("姓名", "证件号码"), ("张伟", resident(1)), ("李梅(财务)", None), ("负责人", None)]
    data = workbook_of({"a": rows})
    assert {2: "", 3: "document_missing", 4: "document_missing"} == reasons(data, "xlsx")


@pytest.mark.parametrize(
    "line",
    ["注：以上均为在职人员,", "制表人：甲,", "合计：40人,", "以上名单由人事部提供。,"],
)
def test_what_says_that_it_is_nobody_is_a_note(line):
    data = text_list(ONE, line, header=NAMES_AND_NUMBERS)
    assert ({2: ""}, ("3",)) == (reasons(data), remarks(data)["notes"])


@pytest.mark.parametrize("line", ["合计,40", "总计,2人", "Total,40"])
def test_a_total_that_fills_both_columns_is_a_note(line):
    data = text_list(ONE, line, header=NAMES_AND_NUMBERS)
    assert ({2: ""}, ("3",)) == (reasons(data), remarks(data)["notes"])


def test_a_person_whose_name_begins_like_a_total_is_a_row():
    assert [2, 3] == list(reasons(text_list(ONE, f"共一,{resident(2)}", header=NAMES_AND_NUMBERS)))
