"""Numbers of a workbook whose format shows other digits than they have."""

import io

import pytest
import xlsxwriter

from tables.staff_lists.staff_list import ListSource, open_staff_list


def reason(number, code):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["工号", "证件号码", "姓名", "证件类型"])
        sheet.write(1, 0, "1")
        sheet.write_number(1, 1, number, workbook.add_format({"num_format": code}))
        sheet.write_row(1, 2, ["Ana Silva", "护照"])
    source = ListSource("staff.xlsx", "xlsx", lambda: io.BytesIO(content.getvalue()))
    return next(open_staff_list(source).blocks())[0].reason


@pytest.mark.parametrize(
    "code", ['"E"00000000', '"E"0', "000000000", '0"5"', "000-00-0000", "0%", '"8"0', "\\E0", ";;;"]
)
def test_a_number_that_shows_other_digits_is_not_looked_up(code):
    assert "digits_lost" == reason(12345678, code)


@pytest.mark.parametrize(
    "code", ["General", "0", "@", "#,##0", "0.00", "00000000", "[$-804]0", "0_ "]
)
def test_a_number_that_shows_as_it_is_is_looked_up(code):
    assert "" == reason(12345678, code)
