"""`build`: what it says, what it leaves, and how it refuses bad input."""

import csv
import json
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest
import xlsxwriter
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


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("cases", lambda _: "", "cases.csv: empty"),
        ("cases", lambda text: text.splitlines()[0], "cases.csv: no rows"),
        ("legs", lambda text: text.splitlines()[0], "legs.csv: no rows"),
        ("cases", lambda text: text.replace("case_id", "id"), "column missing: case_id"),
        ("legs", lambda text: text.replace("mode,number", "number,mode", 1), "rejected, more than"),
        ("legs", lambda text: text.replace("2020-01-20", "20 Jan"), "rejected, more than"),
        ("legs", lambda text: text.replace("\nflight", "\nballoon"), "rejected, more than"),
        ("legs", lambda text: text.replace(",Air\n", "\n"), "rejected, more than"),
        ("case_legs", lambda text: text.replace("C1", "C9"), "rejected, more than"),
        ("case_legs", lambda text: text.replace("CA1234", "未知"), "rejected, more than"),
    ],
    ids=[
        "empty file",
        "no case",
        "no leg",
        "column missing",
        "swapped columns",
        "no date",
        "no such mode",
        "cut lines",
        "case unknown",
        "number unknown",
    ],
)
def test_bad_tables_are_refused_and_what_was_published_stays(
    build, source, out, table, change, words
):
    before = (out / "current").readlink()
    file = source / f"{table}.csv"
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    done = build("--publish")
    assert ExitCode.BAD_INPUT == done.exit_code
    assert words in done.stderr
    assert "Traceback" not in done.output
    assert before == (out / "current").readlink()


def test_a_few_bad_rows_are_listed_and_the_rest_is_built(build, source, tmp_path):
    with (source / "legs.csv").open("a", encoding="utf-8") as file:
        file.write("flight,CA1234,not a date,9C,other,SECRET1,Hidden Name,Air\n")
    done = build()
    assert 0 == done.exit_code
    (file,) = (tmp_path / "out" / "rejects").iterdir()
    rejects = file.read_text("utf-8")
    assert str(file) in done.stdout
    assert "legs,42,service_date,not a date" in rejects
    assert "SECRET1" not in rejects + done.output
    assert "Hidden" not in rejects + done.output


def test_each_build_keeps_a_list_of_its_own_also_when_refused(build, source, tmp_path):
    rejects = tmp_path / "out" / "rejects"
    report = json.loads(build("--json").stdout)
    assert [rejects / f"{report['build_id']}.csv"] == list(rejects.iterdir())
    assert str(rejects / f"{report['build_id']}.csv") == report["reject_list"]
    file = source / "legs.csv"
    file.write_text(file.read_text("utf-8").replace("2020-01-20", "20 Jan"), "utf-8")
    refused = [build(), build()]
    named = {done.stderr.rstrip().rsplit(" ", 1)[1] for done in refused}
    failed = list(rejects.glob("failed-*.csv"))
    assert {str(path) for path in failed} == named
    assert [40, 40] == [path.read_text("utf-8").count("not a date") for path in failed]


@pytest.mark.parametrize("missing", ["cases", "case_legs legs"])
def test_a_missing_table_is_named(build, source, missing):
    for name in missing.split():
        (source / f"{name}.csv").unlink()
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert missing.split()[0] in done.stderr


def test_a_missing_source_directory_is_named(run, keys, tmp_path):
    done = run("build", "--source", tmp_path / "no", "--keys", keys, "--out", tmp_path / "out")
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "no such directory" in done.stderr


def test_unknown_columns_and_files_are_reported_and_do_no_harm(build, source):
    (source / "weather.csv").write_text("a\n1\n")
    file = source / "cases.csv"
    lines = file.read_text().splitlines()
    file.write_text(f"{lines[0]},shoe_size\n{lines[1]},42\n")
    done = build()
    assert 0 == done.exit_code, done.output
    for words in ("shoe_size", "weather.csv"):
        assert words in done.stdout


def test_gb18030_tables_give_the_same_people_and_are_reported(build, source, published):
    file = source / "legs.csv"
    text = file.read_text("utf-8").replace("Traveller 9", "王九")
    file.write_bytes(text.encode("gb18030"))
    report = json.loads(build("--json").stdout)
    assert published.report["people"] == report["people"]
    assert "legs.csv: read as GB18030" in report["remarks"]


def test_parquet_is_read_like_csv(build, source, published):
    plain = published.report
    pq.write_table(pc.read_csv(source / "legs.csv"), source / "legs.parquet")
    (source / "legs.csv").unlink()
    report = json.loads(build("--json").stdout)
    assert (plain["people"], plain["entries"]) == (report["people"], report["entries"])


def test_a_file_that_is_no_parquet_is_refused(build, source):
    (source / "legs.csv").unlink()
    (source / "legs.parquet").write_bytes(b"PAR1 not really")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "legs.parquet: not readable" in done.stderr


def test_typed_parquet_columns_list_the_same_people(build, source):
    file = source / "legs.csv"
    text = file.read_text("utf-8").replace(",other,P", ",other,").replace("CA1234", "1234")
    file.write_text(text, "utf-8")
    trips = source / "case_legs.csv"
    trips.write_text(trips.read_text("utf-8").replace("CA1234", "1234"), "utf-8")
    plain = json.loads(build("--json").stdout)
    typed = pc.read_csv(file)
    for name in ("number", "id_number"):
        place = typed.schema.get_field_index(name)
        typed = typed.set_column(place, name, typed[name].cast(pa.float64()))
    place = typed.schema.get_field_index("name")
    typed = typed.set_column(place, "name", typed["name"].cast(pa.binary()))
    pq.write_table(typed, source / "legs.parquet")
    file.unlink()
    report = json.loads(build("--json").stdout)
    assert plain["people"] > 0
    assert (plain["people"], plain["entries"]) == (report["people"], report["entries"])


def test_a_failure_of_the_engine_is_one_line_without_its_words(build, monkeypatch):
    def fail(*_):
        raise duckdb.ConversionException("Could not convert string '甲某' to DATE")

    monkeypatch.setattr("index_builder.contact_tracing.read_cases", fail)
    done = build()
    assert ExitCode.UNAVAILABLE == done.exit_code
    assert "the engine failed (ConversionException)" in done.stderr
    assert "甲某" not in done.output


def test_a_source_that_names_no_trip_and_nobody_is_refused(build, source):
    (source / "legs.csv").unlink()
    file = source / "case_legs.csv"
    file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "case_legs.csv: no rows" in done.stderr


def test_cases_with_their_trips_alone_build_and_say_that_nobody_can_be_listed(build, source):
    (source / "legs.csv").unlink()
    done = build()
    assert 0 == done.exit_code
    assert "nobody can be listed, everyone will be told not_found" in done.stdout


def test_people_whom_investigators_named_are_listed_without_manifests(build, source):
    (source / "legs.csv").unlink()
    (source / "contacts.csv").write_text("exposure_date,id_number,name\n2020-01-20,P1,Someone\n")
    done = build("--json")
    assert 0 == done.exit_code, done.output
    assert 1 == json.loads(done.stdout)["people"]


def test_a_workbook_is_read_like_csv(build, source, published):
    plain = published.report
    with xlsxwriter.Workbook(source / "legs.xlsx") as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(csv.reader((source / "legs.csv").open(encoding="utf-8"))):
            sheet.write_row(place, 0, cells)
    (source / "legs.csv").unlink()
    report = json.loads(build("--json").stdout)
    assert plain["people"] > 0
    assert (plain["people"], plain["entries"]) == (report["people"], report["entries"])


def test_passengers_of_an_airlines_list_are_found(build, source, run, keys, tmp_path):
    (source / "legs.csv").unlink()
    (source / "passenger_lists").mkdir()
    (source / "passenger_lists" / "CA1234_2020-01-20.pnl").write_text(
        "PNL\nCA1234/20JAN PEK PART1\n-CAN002Y\n1SMITH/JOHNMR\n.R/SEAT HK1 9C\n"
        ".R/DOCS HK1/P/GBR/X0000001/GBR/12JUL80/M/23AUG25/SMITH/JOHN\n1LI/SIMS\nENDPNL\n"
    )
    done = build("--publish")
    assert 0 == done.exit_code, done.output
    assert "1 files, 1 flights, 2 names: 2 aboard" in done.stdout
    asked = ("--id-type", "passport", "--id-number", "X0000001", "--name", "John Smith")
    answer = run("check", "--index", tmp_path / "out", "--keys", keys, *asked)
    assert ",exposed,close,flight,CA1234,2020-01-20," in answer.stdout


def test_a_workbook_that_is_none_is_refused(build, source):
    (source / "documents.xlsx").touch()
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "documents.xlsx: not a whole XLSX file" in done.stderr


def test_a_file_without_a_header_shows_nobody(build, source):
    file = source / "legs.csv"
    person = "flight,CA1234,2020-01-20,9C,other,甲某,甲某,Air"
    file.write_text(f"{person}\n{file.read_text('utf-8')}", "utf-8")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "columns 6 and 7" in done.stderr
    assert "甲某" not in done.output


def test_the_same_table_twice_is_refused(build, source):
    (source / "legs.parquet").write_bytes(b"")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "the same table twice" in done.stderr


HOSTILE_NAMES = {
    "nul": "张\x00三",
    "long": "A" * 10_000,
    "emoji": "🙂🙂",
    "cyrillic": "Иван Петров",
    "hangul": "김철수",
    "kana": "やまだ",
    "tab": "x\ty",
    "quotes": "''--",
    "formula": "=1+1",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, keys):
    """One published index with a traveller of each hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    source, out = write_source(folder / "source"), folder / "out"
    with (source / "legs.csv").open("a", encoding="utf-8") as file:
        for which, cell in HOSTILE_NAMES.items():
            file.write(f"flight,CA1234,2020-01-20,9C,other,PX{which},{cell},Air\n")
    order = f"build --source {source} --keys {keys} --out {out} --publish --json"
    done = CliRunner().invoke(main, order.split())
    assert 0 == done.exit_code, done.output
    assert 40 + len(HOSTILE_NAMES) == json.loads(done.stdout)["people"]
    return out


@pytest.mark.parametrize("which", HOSTILE_NAMES)
def test_hostile_names_break_nothing(hostile, run, keys, which):
    cell = HOSTILE_NAMES[which].translate({0: " ", ord("\t"): " "})[:100]
    name = cell if any(map(str.isalpha, cell)) else "Whoever"  # listed by the number alone
    person = ("--id-type", "other", "--id-number", f"PX{which}", "--name", name)
    done = run("check", "--index", hostile, "--keys", keys, *person)
    assert f"PX{which},{name},exposed,close,flight,CA1234," in done.stdout


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
