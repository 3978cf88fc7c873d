"""Worklists come back filled in, and are taken in whole or not at all."""

import pytest

from exposure_index.errors import ExitCode
from tests.unit.index_builder.inquiries.conftest import (
    HOLDER,
    NUMBER,
    RIGHT,
    SEAT,
    TAXI,
    TRAIN,
    WRONG,
    replies,
    reply,
    states,
)


def test_a_returned_worklist_becomes_replies_with_what_was_asked(take, source, casework):
    done = take(
        reply(TAXI, id_type="resident", id_number=RIGHT, name="王安娜"),
        reply(TRAIN, service_date="2020/1/20", carriage="8", id_number="T0000001", name="One"),
        reply(TRAIN, service_date="2020/1/20", carriage="8", id_number="T0000002", name="Two"),
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
        ("id_type", "not a known kind", [reply(TAXI, id_type="card", id_number="Y0000001")]),
        ("name", "no name", [reply(HOLDER, name="?!")]),
        ("service_date", "needed", [reply(TRAIN, id_number="T0000001")]),
        ("service_date", "not a date", [reply(TRAIN, id_number="T0000001", service_date="soon")]),
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
