"""Worklists go out once, come back filled in, and are taken in whole or not at all."""

import csv
import io
import stat
from datetime import date

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from exposure_index.errors import ExitCode
from index_builder.commands import main
from index_builder.inquiries.ledger import Ledger
from index_builder.inquiries.question import InquiryIds, Question

IDS = InquiryIds(bytes(64))
DAY = date(2020, 1, 22)
WRONG = "990101199001010010"
RIGHT = "990101199001010027"

CITY = {"Guangzhou CDC": 1, "Shenzhen CDC": 2}
TAXI = Question(
    "driver",
    "transport",
    ("taxi", "taxi 粤A12345", "2020-01-20"),
    {"mode": "taxi", "plate": "粤A12345", "service_date": "2020-01-20", "window_from": ""},
    CITY,
)
TRAIN = Question(
    "manifest",
    "railway",
    ("train", "train G1712", "2020-01-20"),
    {"mode": "train", "number": "G1712", "service_date": "2020-01-20"},
    CITY,
)
HOLDER = Question(
    "holder", "exit_entry", ("X0000001",), {"about": "X0000001", "id_type": "passport"}, CITY
)
SEAT = Question(
    "passenger",
    "civil_aviation",
    ("flight", "flight CA1", "2020-01-20", "10B"),
    {
        "mode": "flight",
        "number": "CA1",
        "service_date": "2020-01-20",
        "seat": "10B",
        "name": "=WANG,ANA",
    },
    {"": 1},
)
NUMBER = Question(
    "number", "public_security", (WRONG,), {"about": WRONG, "id_type": "resident"}, CITY
)


@pytest.fixture
def casework(tmp_path):
    folder = tmp_path / "casework"
    folder.mkdir(mode=0o700)
    questions = [TAXI, TRAIN, HOLDER, SEAT, NUMBER]
    with (
        Ledger(folder / "inquiries.sqlite") as ledger,
        ledger.record_questions(questions, IDS, DAY, ()),
    ):
        pass
    return folder


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def run(casework):
    def run(command, *arguments, as_of=DAY):
        words = ["inquiries", command, *arguments, "--casework", casework, "--as-of", as_of]
        return CliRunner().invoke(main, [str(word) for word in words])

    return run


@pytest.fixture
def export(run, tmp_path):
    def export(*more, as_of=DAY):
        return run("export", "--to", tmp_path / "lists", *more, as_of=as_of)

    return export


@pytest.fixture
def take(run, source, tmp_path):
    """Import rows of cells as a CSV file."""

    def take(*rows, more=()):
        columns = list(dict.fromkeys(name for row in rows for name in row))
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
        file = tmp_path / "returned.csv"
        file.write_text(text.getvalue(), encoding="utf-8-sig")
        return run("import", file, "--source", source, *more)

    return take


def states(casework):
    with Ledger(casework / "inquiries.sqlite") as ledger:
        return {one.kind: one.state for one in ledger.inquiries()}


def reply(question, **cells):
    return {"inquiry_id": IDS.of(question), **cells}


def replies(source):
    with (source / "replies.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sheet(path):
    workbook = CalamineWorkbook.from_path(str(path))
    _, _, header, *rows = workbook.get_sheet_by_name("replies").to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_each_department_gets_one_worklist_of_its_own(export, tmp_path):
    done = export()
    assert 0 == done.exit_code, done.output
    departments = ("civil_aviation", "exit_entry", "public_security", "railway", "transport")
    expected = {f"{name}-2020-01-22.xlsx" for name in departments}
    assert expected == {path.name for path in (tmp_path / "lists").iterdir()}


def test_a_worklist_is_its_owners_alone_and_names_the_requesters(export, tmp_path):
    export("--department", "transport")
    (path,) = (tmp_path / "lists").iterdir()
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert 0o700 == stat.S_IMODE(path.parent.stat().st_mode)
    (row,) = sheet(path)
    assert IDS.of(TAXI) == row["inquiry_id"]
    assert "Guangzhou CDC; Shenzhen CDC" == row["requesters"]
    assert "粤A12345" == row["asked_plate"]
    assert "" == row["id_number"]


def test_a_department_sees_no_column_that_none_of_its_questions_needs(export, tmp_path):
    export("--department", "transport", "--format", "csv")
    (path,) = (tmp_path / "lists").iterdir()
    header = next(csv.reader(path.open(encoding="utf-8-sig")))
    for absent in ("asked_about", "asked_seat", "asked_name", "carriage", "seat"):
        assert absent not in header


def test_no_cell_of_a_csv_worklist_is_a_formula(export, tmp_path):
    export("--department", "civil_aviation", "--format", "csv")
    (path,) = (tmp_path / "lists").iterdir()
    (row,) = csv.DictReader(path.open(encoding="utf-8-sig"))
    assert "'=WANG,ANA" == row["asked_name"]


def test_nothing_is_handed_out_twice_until_it_is_late(export, tmp_path):
    export()
    assert "nothing to ask" in export().output
    assert "nothing to ask" in export(as_of="2020-01-24").output
    late = export("--department", "railway", as_of="2020-01-25")
    assert "1 inquiries, 1 of them again" in late.output
    (row,) = sheet(tmp_path / "lists/railway-2020-01-25.xlsx")
    assert "1" == row["reminder"]


def test_again_writes_beside_the_worklist_that_is_being_filled_in(export, tmp_path):
    export("--department", "railway")
    export("--department", "railway", "--again")
    names = sorted(path.name for path in (tmp_path / "lists").iterdir())
    assert ["railway-2020-01-22-2.xlsx", "railway-2020-01-22.xlsx"] == names


def test_a_returned_worklist_becomes_replies_with_what_was_asked(take, source, casework):
    done = take(
        reply(TAXI, id_type="resident", id_number=RIGHT, name="王安娜"),
        reply(TRAIN, service_date="2020/1/20", carriage="8", id_number="T1", name="One"),
        reply(TRAIN, service_date="2020/1/20", carriage="8", id_number="T2", name="Two"),
        reply(SEAT, id_type="passport", id_number="X0000009", name="Wang Ana"),
        reply(HOLDER, name="Anna Oez", answered_by="Border", answered_on="2020-01-23"),
        reply(NUMBER, id_number=RIGHT),
    )
    assert 0 == done.exit_code, done.output
    driver, first, _, seat, holder, number = replies(source)
    assert ("粤A12345", "2020-01-20") == (driver["plate"], driver["from_time"])
    assert ("train", "G1712", "8") == (first["mode"], first["number"], first["carriage"])
    assert ("CA1", "10B", "2020-01-20") == (seat["number"], seat["seat"], seat["service_date"])
    assert ("X0000001", "passport", "") == (holder["about"], holder["id_type"], holder["id_number"])
    assert ("Border", "2020-01-23") == (holder["answered_by"], holder["answered_on"])
    assert (WRONG, "resident", RIGHT) == (number["about"], number["id_type"], number["id_number"])
    assert {"answered"} == set(states(casework).values())


def test_a_workbook_comes_back_as_it_went_out(export, run, source, casework, tmp_path):
    export("--department", "railway")
    path = tmp_path / "lists/railway-2020-01-22.xlsx"
    done = run("import", path, "--source", source)
    assert 0 == done.exit_code, done.output
    assert "1 rows were left blank and stay open" in done.output
    assert "exported" == states(casework)["manifest"]


def test_the_same_import_again_adds_nothing(take, source):
    take(reply(HOLDER, name="Anna Oez"))
    again = take(reply(HOLDER, name="ÖZ, ANNA"))
    assert "1 replies were there already" in again.output
    assert 1 == len(replies(source))


def test_a_dry_run_writes_nothing(take, source, casework):
    done = take(reply(HOLDER, name="Anna Oez"), more=["--dry-run"])
    assert "would be taken in" in done.output
    assert [] == list(source.iterdir())
    assert "open" == states(casework)["holder"]


def test_what_a_department_cannot_tell_is_answered_and_adds_nobody(take, source, casework):
    take(reply(HOLDER, not_known="yes"))
    assert ["yes"] == [row["not_known"] for row in replies(source)]
    assert "answered" == states(casework)["holder"]


@pytest.mark.parametrize(
    ("column", "words", "rows"),
    [
        ("inquiry_id", "not an inquiry", [{"inquiry_id": "holder-00", "name": "A"}]),
        ("id_number", "check digit", [reply(NUMBER, id_number=WRONG)]),
        ("id_number", "length", [reply(TAXI, id_type="resident", id_number="123")]),
        ("id_number", "no document", [reply(TAXI, id_number="N/A", name="A")]),
        ("id_number", "needed", [reply(TAXI, name="Anna")]),
        ("id_type", "not a known kind", [reply(TAXI, id_type="card", id_number="Y1")]),
        ("name", "no name", [reply(HOLDER, name="?!")]),
        ("service_date", "needed", [reply(TRAIN, id_number="T1")]),
        ("service_date", "not a date", [reply(TRAIN, id_number="T1", service_date="soon")]),
        ("from_time", "not a time", [reply(TAXI, id_number="D1", from_time="late")]),
        ("not_known", "beside an answer", [reply(HOLDER, name="Anna", not_known="yes")]),
        ("not_known", "neither", [reply(HOLDER, not_known="perhaps")]),
        ("inquiry_id", "row 2 says the same", [reply(HOLDER, name="A"), reply(HOLDER, name="a")]),
        (
            "id_number",
            "row 2 gives another",
            [
                reply(NUMBER, id_number=RIGHT),
                reply(NUMBER, id_number="X0000005", id_type="passport"),
            ],
        ),
    ],
)
def test_one_wrong_row_and_nothing_is_taken_in(take, source, casework, column, words, rows):
    good = [reply(SEAT, id_number="X0000009", name="Wang Ana")]
    done = take(*rows, *good)
    assert ExitCode.BAD_INPUT == done.exit_code
    listed = (casework / "rejected-replies.csv").read_text("utf-8")
    assert any(
        line.split(",")[1] == column and words in line for line in listed.splitlines()[1:]
    ), listed
    assert [] == list(source.iterdir())
    assert {"open"} == set(states(casework).values())


def test_no_message_holds_a_cell(take, casework):
    done = take(reply(TAXI, id_type="SECRET", id_number="N/A", name="Anna Secret"))
    listed = (casework / "rejected-replies.csv").read_text("utf-8")
    assert "secret" not in (done.output + listed).lower()


def test_replies_in_another_form_are_not_passed_over(take, source):
    (source / "replies.parquet").touch()
    done = take(reply(HOLDER, name="Anna"))
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "save it as replies.csv" in done.output


def test_a_file_that_is_no_worklist_is_refused(run, source, tmp_path):
    file = tmp_path / "weather.csv"
    file.write_text("day,degrees\n1,2\n")
    done = run("import", file, "--source", source)
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "column missing: inquiry_id" in done.output


def test_list_counts_by_department_and_age_and_names_nobody(run):
    shown = run("list", as_of="2020-01-27").output
    assert "transport" in shown
    for secret in ("粤A12345", "X0000001", "WANG"):
        assert secret not in shown


def test_a_damaged_ledger_is_named_with_the_way_out(run, casework):
    (casework / "inquiries.sqlite").write_text("x" * 5000)
    done = run("list")
    assert ExitCode.UNAVAILABLE == done.exit_code
    assert "move it away" in done.output
