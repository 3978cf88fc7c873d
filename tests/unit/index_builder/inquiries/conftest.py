"""Casework with five open inquiries, and the commands over it."""

import csv
import io
from datetime import date

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

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
