"""`build`: what it says, what it leaves, and the options it takes."""

import json
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner

from exposure_index.errors import ExitCode
from index_builder.commands import main
from tests.unit.index_builder.commands.conftest import write_source


@pytest.fixture(scope="module")
def candidate(tmp_path_factory, keys):
    """What one build says, and where it is; the folder of a killed one lay there before."""
    folder = tmp_path_factory.mktemp("candidate")
    source, out = write_source(folder / "source"), folder / "out"
    killed = out / ".build-999999999-abc"
    killed.mkdir(parents=True)
    done = CliRunner().invoke(main, f"build --source {source} --keys {keys} --out {out}".split())
    assert 0 == done.exit_code, done.output
    return SimpleNamespace(out=out, killed=killed, stdout=done.stdout, stderr=done.stderr)


def test_a_candidate_is_not_current_before_it_is_published(candidate):
    assert not (candidate.out / "current").exists()
    assert "next: index-builder publish" in candidate.stdout


def test_publish_makes_it_current(published):
    assert published.report["published"]
    assert published.report["build_id"] == (published.out / "current").resolve().name


def test_steps_are_shown_while_it_runs(candidate):
    assert "finding who was aboard" in candidate.stderr


def test_the_work_folder_is_gone_at_the_end(candidate):
    assert [] == list(candidate.out.glob(".build-*"))


def test_the_folder_of_a_killed_build_is_gone_at_the_next_start(candidate):
    assert not candidate.killed.exists()


def test_the_day_to_which_the_data_reach_is_told(build, run, tmp_path):
    build("--publish", "--as-of", "2020-02-05")
    assert "oldest source 2020-02-05" in run("inspect", tmp_path / "out").stdout


def test_a_failure_of_the_engine_is_one_line_without_its_words(build, monkeypatch):
    def fail(*_):
        raise duckdb.ConversionException("Could not convert string '甲某' to DATE")

    monkeypatch.setattr("index_builder.contact_tracing.read_cases", fail)
    done = build()
    assert ExitCode.UNAVAILABLE == done.exit_code
    assert "the engine failed (ConversionException)" in done.stderr
    assert "甲某" not in done.output


CONTACTS = "exposure_date,id_number,name\n"
DRIVERS = "plate,from_time,to_time,id_type,id_number,name\n"


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"contacts": CONTACTS},
        {"drivers": DRIVERS},
        {"replies": "inquiry_id\n"},
        {"drivers": f"{DRIVERS}粤B00001,2020-01-20,,,,\n"},
        {"notices": "date,number,kind\n"},
        {"contacts": f"{CONTACTS}2020-01-20,N/A,\n"},
        {"legs": "mode,number,service_date,seat,id_number\nflight,CA1234,2020-01-20,9C,N/A\n"},
        {"legs": "mode,number,service_date,seat,id_number\nflight,CA1,2020-01-20,9C,旅客\n"},
    ],
    ids=str,
)
def test_a_source_that_can_list_nobody_and_publishes_no_trip_is_refused(build, source, others):
    (source / "legs.csv").unlink()
    for name, text in others.items():
        (source / f"{name}.csv").write_text(text, "utf-8")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code, done.output
    assert "Traceback" not in done.output


def test_a_refused_build_leaves_neither_a_lock_nor_an_empty_ledger(build, source, tmp_path):
    (source / "cases.csv").write_text("case_id,disease\nC1,TB\n", "utf-8")
    assert ExitCode.BAD_INPUT == build().exit_code
    assert [] == [*(tmp_path / "out").iterdir(), *(tmp_path / "out-casework").iterdir()]


def test_nobody_is_listed_for_cases_with_their_trips_alone_and_that_is_why(build, source):
    (source / "legs.csv").unlink()
    assert "without them nobody can be listed" in build().stderr
    (source / "contacts.csv").write_text(CONTACTS, "utf-8")
    assert 'would answer "not found" to everyone' in build().stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("contacts", f"{CONTACTS}2020-01-20,P00001,Someone\n"),
        ("notices", "kind,date,number\nflight,2020-01-20,CA1234\n"),
    ],
)
def test_cases_with_contacts_or_notices_alone_are_built(build, source, name, text):
    (source / "legs.csv").unlink()
    (source / "case_legs.csv").unlink()
    (source / f"{name}.csv").write_text(text, "utf-8")
    done = build()
    assert 0 == done.exit_code, done.output


@pytest.mark.parametrize(
    ("disease", "options", "words"),
    [
        ("TB", (), "1 case of tuberculosis, and no rule set for it: add tuberculosis=who-tb"),
        ("", ("--rules", "who-tb"), "1 case of covid-19 (a blank cell means that)"),
        ("甲某", (), "cases: row 2: disease: 1 case of a disease that no rule set is for"),
        (
            "",
            ("--rules", "covid-19=nhc-2020-03,measles=who-tb"),
            "for measles there is cdc-measles",
        ),
        ("TB", ("--unruled", "tuberculosis"), "every case is of a disease without a rule set"),
    ],
)
def test_a_rule_set_is_applied_to_its_own_disease_only(build, source, disease, options, words):
    (source / "cases.csv").write_text(f"case_id,disease\nC1,{disease}\n", "utf-8")
    done = build(*options)
    assert ExitCode.BAD_INPUT == done.exit_code, done.output
    assert words in done.stderr
    assert "甲" not in done.output


def test_a_disease_that_is_left_out_is_told_everywhere(build, run, source, keys):
    with (source / "cases.csv").open("a", encoding="utf-8") as file:
        file.write("C2,confirmed,2020-01-20,,,\n")
    file = source / "cases.csv"
    header, *rows = file.read_text("utf-8").splitlines()
    diseases = ("", "肺结核")
    lines = [f"{row},{disease}" for row, disease in zip(rows, diseases, strict=True)]
    file.write_text("\n".join([f"{header},disease", *lines]) + "\n", "utf-8")
    done = build("--unruled", "TB", "--json", "--publish")
    report = json.loads(done.stdout)
    assert {"tuberculosis": 1} == report["unruled"]
    folder = source.parent / "out" / report["build_id"]
    document = json.loads((folder / "report.json").read_text("utf-8"))
    assert [{"disease": "tuberculosis", "cases": None}] == document["unruled"]
    page = (folder / "report.html").read_text("utf-8")
    assert "1 to 4 cases of tuberculosis are left out" in page
    assert "nhc-2020-03 was in force from 2020-03-07 to 2021-05-13" in page
    assert "LEFT OUT      cases of tuberculosis" in run("inspect", folder).stdout
    person = ("--id-type", "other", "--id-number", "P00009", "--name", "Anna TravellerKT")
    answer = run("check", "--index", folder.parent, "--keys", keys, *person)
    assert "Contact Gauge: cases of tuberculosis are not in this index" in answer.stderr


def test_people_whom_investigators_named_are_listed_without_manifests(build, source):
    (source / "legs.csv").unlink()
    (source / "contacts.csv").write_text(
        "exposure_date,id_number,name\n2020-01-20,P00001,Someone\n"
    )
    done = build("--json")
    assert 0 == done.exit_code, done.output
    assert 1 == json.loads(done.stdout)["people"]


def test_unknown_rules_are_a_usage_error_that_names_those_there_are(build):
    done = build("--rules", "nhc-1999-01")
    assert 2 == done.exit_code
    assert "nhc-2020-03" in done.stderr


@pytest.mark.parametrize("size", ["foo", "8", "GB", "0GB", "-1GB", "8GB; DROP", "80%", ""])
def test_a_memory_that_is_no_size_is_a_usage_error(build, size):
    done = build("--memory", size)
    assert 2 == done.exit_code
    assert "512MB or 8GB" in done.stderr


@pytest.mark.parametrize("size", ["512MB", "1.5gib", "2 GB"])
def test_sizes_of_memory_are_taken_as_people_write_them(build, size):
    assert 0 == build("--memory", size).exit_code


def test_keys_may_be_named_by_the_environment_and_the_option_wins(
    run, source, keys, tmp_path, monkeypatch
):
    order = ("build", "--source", source, "--out", tmp_path / "out")
    assert 2 == run(*order).exit_code
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(keys))
    assert 0 == run(*order).exit_code
    assert ExitCode.REFUSED == run(*order, "--keys", tmp_path).exit_code


def test_missing_keys_are_refused_before_any_work(run, source, tmp_path):
    done = run("build", "--source", source, "--keys", tmp_path, "--out", tmp_path / "out")
    assert ExitCode.REFUSED == done.exit_code
    assert "root_plain" in done.stderr
    assert "reading tables" not in done.stderr


def test_a_place_that_cannot_be_written_is_said(run, source, keys, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("build", "--source", source, "--keys", keys, "--out", tmp_path / "file" / "out")
    assert ExitCode.UNAVAILABLE == done.exit_code
    assert "Traceback" not in done.output
