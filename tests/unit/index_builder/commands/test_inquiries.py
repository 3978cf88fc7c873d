"""A day of inquiries from the command line: built, asked, answered, listed, explained."""

import csv
import json
import shutil

import pytest
from click.testing import CliRunner

from exposure_index.errors import ExitCode
from index_builder.commands import main

DAY = "2020-01-20"
CASES = f"case_id,onset_date,reported_by\nC1,{DAY},Guangzhou CDC\nC2,{DAY},Shenzhen CDC\n"
CASE_LEGS = (
    "case_id,mode,number,service_date,seat\n"
    f"C1,taxi,粤A12345,{DAY},\nC2,出租车,粤A·12345,{DAY},\nC1,flight,CA1,{DAY},9A\n"
)
LEGS = (
    "mode,number,service_date,seat,id_type,id_number,name\n"
    f"flight,CA1,{DAY},9B,passport,X0000001,\n"
)
DRIVER = ("resident", "990101199001010027", "王安娜")
HOLDER = ("passport", "X0000002", "ANNA OEZ")


def asked(folder, department):
    (path,) = folder.glob(f"{department}-*.csv")
    with path.open(newline="", encoding="utf-8-sig") as file:
        return path, list(csv.DictReader(file))


def fill_in(folder, department, identity):
    path, rows = asked(folder, department)
    for row in rows:
        row.update(zip(("id_type", "id_number", "name"), identity, strict=True))
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def day(tmp_path_factory, keys):
    """Everything that was printed, by step, and where it was done."""
    place = tmp_path_factory.mktemp("day")
    source, out, lists = place / "source", place / "out", place / "lists"
    source.mkdir()
    for name, text in (("cases", CASES), ("case_legs", CASE_LEGS), ("legs", LEGS)):
        (source / f"{name}.csv").write_text(text, encoding="utf-8")

    def run(*words):
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert 0 == done.exit_code, done.output
        return done.stdout

    build = ("build", "--source", source, "--keys", keys, "--out", out, "--publish", "--json")
    printed = {"place": place, "before": json.loads(run(*build))}
    printed["list"] = run("inquiries", "list", "--out", out)
    run("inquiries", "export", "--out", out, "--to", lists, "--format", "csv")
    printed["worklist"] = asked(lists, "transport")[1]
    taking = ("--out", out, "--source", source)
    run("inquiries", "import", fill_in(lists, "transport", DRIVER), *taking)
    run("inquiries", "import", fill_in(lists, "exit_entry", HOLDER), *taking)
    printed["after"] = json.loads(run(*build, "--accept-change"))
    people = place / "people.csv"
    rows = [",".join(person) for person in (DRIVER, HOLDER)]
    people.write_text("\n".join(["id_type,id_number,name", *rows]), encoding="utf-8")
    which = ("--keys", keys, "--people", people)
    printed["check"] = run("check", "--index", out, *which)
    why = ("why", "--source", source, "--out", out, "--reason", "a test of replies", "--json")
    printed["why"] = json.loads(run(*why, *which))
    return printed


def counts(report):
    return {(row["kind"], row["state"]): row["inquiries"] for row in report["inquiries"]["rows"]}


def test_one_taxi_and_two_cities_are_one_row_of_one_worklist(day):
    (row,) = day["worklist"]
    assert ("粤A12345", DAY) == (row["asked_plate"], row["asked_service_date"])
    assert "Guangzhou CDC; Shenzhen CDC" == row["requesters"]


def test_the_list_shows_no_identity(day):
    assert "transport" in day["list"]
    assert "X0000001" not in day["list"]


def test_the_people_of_the_answers_are_listed(day):
    assert ["exposed", "exposed"] == [
        row["status"] for row in csv.DictReader(day["check"].splitlines())
    ]


def test_answered_inquiries_are_closed_by_the_next_build(day):
    assert {("driver", "open"): 1, ("holder", "open"): 1} == counts(day["before"])
    assert {("driver", "closed"): 1, ("holder", "closed"): 1} == counts(day["after"])


def test_why_names_the_reply_as_the_row_that_listed_a_driver(day):
    driver, holder = day["why"]
    assert ["replies", 2] in driver["findings"][0]["rows"]
    assert "listed" == holder["findings"][0]["verdict"]
    assert holder["listed_now"]


def test_a_build_without_its_ledger_is_refused_and_says_the_way_out(day, keys, tmp_path):
    source = shutil.copytree(day["place"] / "source", tmp_path / "source")
    casework = tmp_path / "out-casework"
    casework.mkdir()
    (casework / "inquiries.sqlite").write_text("damaged " * 1000)
    words = ("build", "--source", source, "--keys", keys, "--out", tmp_path / "out")
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert ExitCode.UNAVAILABLE == done.exit_code
    assert "move it away" in done.stderr
