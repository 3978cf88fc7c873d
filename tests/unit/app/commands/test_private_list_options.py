"""`gauge private-check` over staff lists as organisations keep them."""

import csv
import io

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

HEADINGS = ("部门", "姓名", "证件号码", "证件类型", "备注")
ADDED = ["status", "tier", "act_until", "reason", "duplicate_of"]


@pytest.fixture
def staff(people):
    """Rows of a staff list and what is added to each."""
    close, general, unlisted = people.close, people.general, people.unlisted
    return [
        (("财务", close.name, close.id_number, "身份证", "=1+1"), "exposed"),
        (("财务", close.name, f" {close.id_number.lower()}", "身份证", ""), "duplicate"),
        (("人事", unlisted.name, unlisted.id_number, "身份证", ""), "not_found"),
        (("人事", general.name, general.id_number, "护照", ""), "exposed"),
        (("人事", "某人", "99000019750615****", "身份证", ""), "not_checked"),
    ]


@pytest.fixture
def workbook(staff, tmp_path):
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("在职")
        for at, cells in enumerate((HEADINGS, *(cells for cells, _ in staff))):
            for place, cell in enumerate(cells):
                sheet.write_string(at, place, cell)
    return path


def rows_of_workbook(path):
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_a_workbook_comes_back_with_a_state_for_every_row(private_gauge, workbook, staff, tmp_path):
    out = tmp_path / "answers.xlsx"
    code, _, err = private_gauge("--people", str(workbook), "--out", str(out))
    assert 0 == code, err
    heading, *rows = rows_of_workbook(out)
    assert [*HEADINGS, *ADDED] == heading
    assert [status for _, status in staff] == [row[5] for row in rows]
    assert [list(cells) for cells, _ in staff] == [row[:5] for row in rows]


def test_tier_reason_and_row_of_a_duplicate_stand_beside(private_gauge, workbook, tmp_path):
    out = tmp_path / "answers.csv"
    code, _, err = private_gauge("--people", str(workbook), "--out", str(out), "--own-columns")
    assert 0 == code, err
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert ["close", "", "", "general", ""] == [row["tier"] for row in rows]
    assert ["", "2", "", "", ""] == [row["duplicate_of"] for row in rows]
    assert ["", "", "", "", "masked"] == [row["reason"] for row in rows]


def test_no_cell_of_the_output_is_a_formula(private_gauge, workbook, tmp_path):
    out = tmp_path / "answers.csv"
    private_gauge("--people", str(workbook), "--out", str(out), "--own-columns")
    cells = [cell for row in csv.reader(out.read_text("utf-8-sig").splitlines()) for cell in row]
    assert [] == [cell for cell in cells if cell.startswith("=")]


def test_no_trip_stands_in_the_organisation_s_own_file(private_gauge, workbook, tmp_path):
    out = tmp_path / "answers.csv"
    private_gauge("--people", str(workbook), "--out", str(out), "--own-columns")
    assert "G1234" not in out.read_text("utf-8-sig")


def test_a_workbook_is_answered_under_the_published_columns_too(private_gauge, workbook):
    code, out, err = private_gauge("--people", str(workbook))
    rows = list(csv.DictReader(out.splitlines()))
    assert (0, {"exposed", "not_found", "invalid"}) == (code, {row["status"] for row in rows})
    assert "invalid: row 6: masked" in err


def test_the_output_is_for_its_owner_alone(private_gauge, workbook, tmp_path):
    out = tmp_path / "answers.xlsx"
    private_gauge("--people", str(workbook), "--out", str(out))
    assert 0o600 == out.stat().st_mode & 0o777


def test_a_csv_with_a_bad_row_is_answered_beside_it(private_gauge, people, tmp_path):
    staff = tmp_path / "staff.csv"
    close = people.close
    staff.write_text(f"姓名,证件号码\n{close.name},{close.id_number}\n多,一,格\n", "utf-8")
    out = tmp_path / "answers.csv"
    code, _, err = private_gauge("--people", str(staff), "--out", str(out), "--own-columns")
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert (0, ["exposed", "not_checked"]) == (code, [row["status"] for row in rows]), err


def test_columns_that_no_heading_names_can_be_said(private_gauge, people, tmp_path):
    staff = tmp_path / "staff.csv"
    close = people.close
    staff.write_text(f"甲,乙\n{close.name},{close.id_number}\n", "utf-8")
    out = tmp_path / "answers.csv"
    asked = ("--people", str(staff), "--out", str(out), "--own-columns")
    code, _, err = private_gauge(*asked)
    assert (10, True, False) == (code, "--column id_number=" in err, close.id_number in err)
    assert 0 == private_gauge(*asked, "--column", "name=1", "--column", "id_number=2")[0]
    assert ",exposed,close," in out.read_text("utf-8-sig")


def test_a_file_behind_a_password_is_refused_with_a_word(private_gauge, tmp_path):
    locked = tmp_path / "staff.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    out = tmp_path / "answers.xlsx"
    code, _, err = private_gauge("--people", str(locked), "--out", str(out))
    assert (10, True, False) == (code, "legacy xls" in err or "locked" in err, out.exists())


@pytest.mark.parametrize(
    "options",
    [
        ("--own-columns",),
        ("--watch",),
        ("--people", "list.csv", "--watch"),
        ("--people", "list.csv", "--out", "list.csv"),
        ("--people", "list.csv", "--out", "out.xlsx", "--column", "age=1"),
        ("--people", "list.csv", "--out", "out.xlsx", "--column", "name=0"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_a_usage_error(private_gauge, tmp_path, options):
    (tmp_path / "list.csv").write_text("姓名,证件号码\n", "utf-8")
    code, _, err = private_gauge(*options)
    assert (2, False) == (code, "bug" in err)
