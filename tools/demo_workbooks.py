"""Three workbooks to try at /org, made of the demo's people: clean, messy, and one that is refused.

`python -m tools.demo_workbooks PEOPLE.csv FOLDER`
"""

import csv
import sys
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

KINDS = {"resident": "居民身份证", "passport": "护照"}
DEPARTMENTS = ("总装车间", "仓储部", "食堂", "人事部", "Export Office")
CLEAN_ROWS = 60
LAST_ROW = 65_536  # of the sheets of old programs: a list that just fits was cut off
Person = dict[str, str]


def write_workbooks(people: list[Person], folder: Path) -> None:
    """Write the three workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = [each for each in people if each["expected_status"] == "exposed"]
    others = [each for each in people if each["expected_status"] != "exposed"]
    mixed = [*others, *listed][:CLEAN_ROWS]
    _clean(folder / "1-clean.xlsx", mixed)
    _messy(folder / "2-messy.xlsx", mixed[:30])
    _cut_off(folder / "3-refused-cut-off.xlsx")


def _clean(file: Path, people: list[Person]) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("花名册")
        sheet.set_column(0, 3, 24, book.add_format({"num_format": "@"}))
        sheet.write_row(0, 0, ("姓名", "证件类型", "证件号码", "部门"))
        for row, person in enumerate(people, start=1):
            _write_person(sheet, row, person)


def _messy(file: Path, people: list[Person]) -> None:
    """Write what offices send: titles, notes, numbers that lost digits, masks, repeated people."""
    with xlsxwriter.Workbook(file) as book:
        cover = book.add_worksheet("说明")
        cover.write(0, 0, "本表由人事部填写")
        sheet = book.add_worksheet("2020年2月")
        sheet.merge_range(0, 0, 0, 3, "演示工厂节后返岗人员名单", book.add_format({"bold": True}))
        sheet.write(1, 0, "填表日期：2020年2月5日")
        sheet.write_row(3, 0, ("姓 名", "证件类型", "身份证号/护照号", "部 门"))
        for row, person in enumerate(people, start=4):
            _write_person(sheet, row, person)
        end = 4 + len(people)
        first, second = people[0], people[1]
        sheet.write_number(end, 2, 123456789012345678)  # a numeric cell keeps 15 digits
        sheet.write_row(end, 0, ("数字甲", "居民身份证"))
        sheet.write_row(end + 1, 0, ("遮盖乙", "居民身份证", "0002922004****0503", "仓储部"))
        sheet.write_row(end + 2, 0, ("张某某", "居民身份证", first["id_number"], "食堂"))
        sheet.write_row(end + 3, 0, (first["name"], "", f"'{first['id_number'].lower()} ", "重复"))
        sheet.write_row(end + 4, 0, (f" {second['name']} ", KINDS[second["id_type"]], "", "人事部"))
        sheet.write_row(end + 6, 0, ("合计", len(people) + 5))
        sheet.set_row(5, None, None, {"hidden": True})
        hidden = book.add_worksheet("去年")
        hidden.write_row(0, 0, ("姓名", "部门"))
        hidden.hide()


def _cut_off(file: Path) -> None:
    options = {"constant_memory": True, "tmpdir": str(file.parent)}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("姓名", "证件号码"))
        for row in range(1, LAST_ROW):
            sheet.write_row(row, 0, ("甲乙", f"E99{row:06}"))


def _write_person(sheet: Worksheet, row: int, person: Person) -> None:
    kind = KINDS.get(person["id_type"], person["id_type"])
    department = DEPARTMENTS[row % len(DEPARTMENTS)]
    for column, text in enumerate((person["name"], kind, person["id_number"], department)):
        sheet.write_string(row, column, text)


def main(people_file: Path, folder: Path) -> None:
    """Write the workbooks of the people in a file."""
    with people_file.open(encoding="utf-8", newline="") as lines:
        write_workbooks(list(csv.DictReader(lines)), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
