import pytest

from app.kiosk.roster.list_reading import read_people
from tables.staff_lists.staff_list import ColumnsUnclear, ListRefused
from tests.fixtures.bulk import staff_csv
from tests.fixtures.people import CLOSE, GENERAL


def test_people_are_read_with_their_row():
    people = list(read_people(staff_csv(CLOSE, GENERAL), "csv"))
    assert [(2, CLOSE.id_number, ""), (3, GENERAL.id_number, "")] == [
        (each.row, each.person.id_number, each.department) for each in people
    ]


@pytest.mark.parametrize("heading", ["部门", "所屬部門", "Department", " 车间 "])
def test_a_column_of_departments_is_known_by_its_heading(heading):
    text = f"姓名,{heading},身份证号\n{CLOSE.name},质检部,{CLOSE.id_number}\n"
    assert ["质检部"] == [each.department for each in read_people(text.encode(), "csv")]


def test_a_row_that_cannot_be_read_keeps_its_reason():
    text = f"姓名,身份证号\n{CLOSE.name},{CLOSE.id_number}\n陆零一,9.9E+17\n"
    (_, unread) = read_people(text.encode(), "csv")
    assert 3 == unread.row


def test_a_list_whose_columns_nobody_can_name_is_refused_before_anybody_is_read():
    with pytest.raises((ColumnsUnclear, ListRefused)):
        read_people("甲,乙\n一,二\n".encode(), "csv")


def test_a_list_without_people_is_refused():
    with pytest.raises(ListRefused):
        read_people("姓名,身份证号\n".encode(), "csv")
