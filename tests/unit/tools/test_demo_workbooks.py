import pytest
from python_calamine import CalamineWorkbook

from tools.demo_workbooks import LAST_ROW, write_workbooks

PEOPLE = [
    {
        "name": f"人{number}",
        "id_type": "resident",
        "id_number": f"9900001980010{number:05}",
        "expected_status": "exposed" if number % 2 else "not_found",
        "expected_tier": "",
    }
    for number in range(80)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workbooks")
    write_workbooks(PEOPLE, folder)
    return folder


def sheets(file):
    book = CalamineWorkbook.from_path(file)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_clean_list_holds_listed_and_unlisted_people(folder):
    (rows,) = sheets(folder / "1-clean.xlsx").values()
    names = {row[0] for row in rows[1:]}
    assert {"exposed", "not_found"} == {p["expected_status"] for p in PEOPLE if p["name"] in names}


def test_the_messy_list_has_sheets_around_its_own_and_a_number_that_lost_digits(folder):
    tables = sheets(folder / "2-messy.xlsx")
    assert ["说明", "2020年2月", "去年"] == list(tables)
    assert any(isinstance(cell, float) for row in tables["2020年2月"] for cell in row[:3])


def test_the_refused_list_ends_at_the_last_row_of_a_sheet(folder):
    (rows,) = sheets(folder / "3-refused-cut-off.xlsx").values()
    assert LAST_ROW == len(rows)
