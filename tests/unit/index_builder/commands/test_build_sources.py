"""`build` over sources of every form: read alike, or refused and named by file."""

import csv
import json

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner

from exposure_index.errors import ExitCode
from index_builder.commands import main
from index_builder.data_dictionary.table_definitions import TABLES
from tests.unit.index_builder.commands.conftest import write_source

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
    file.write_text(file.read_text("utf-8").replace("2020-01-20", "no day"), "utf-8")
    refused = [build(), build()]
    named = {done.stderr.rstrip().rsplit(" ", 1)[1] for done in refused}
    failed = list(rejects.glob("failed-*.csv"))
    assert {str(path) for path in failed} == named
    assert [40, 40] == [path.read_text("utf-8").count("not a date") for path in failed]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (["cases"], "the table cases is missing"),
        (
            ["case_legs", "legs"],
            "legs, contacts, notices or passenger_lists is needed beside cases",
        ),
    ],
)
def test_a_missing_table_is_named(build, source, missing, words):
    for name in missing:
        (source / f"{name}.csv").unlink()
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert words in done.stderr


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
    text = file.read_text("utf-8").replace("Anna TravellerKT", "王九").replace("name", "姓名", 1)
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


def with_cell_at_the_end(source, column, cell):
    """Write legs as a Parquet file of several groups of rows, with the cell (bytes) in the last."""
    rows = list(csv.DictReader((source / "legs.csv").open(encoding="utf-8")))
    rows += [
        {**row, "number": "CA9999", "id_number": "ZT7654321"} for row in rows for _ in range(99)
    ]
    texts = {name: [row.get(name, "").encode() for row in rows] for name in TABLES["legs"].columns}
    texts[column][-1] = cell
    table = pa.table({name: pa.array(cells).view(pa.string()) for name, cells in texts.items()})
    pq.write_table(table, source / "legs.parquet", row_group_size=1_000)
    (source / "legs.csv").unlink()


@pytest.mark.parametrize("column", TABLES["legs"].columns)
def test_a_cell_that_is_no_text_is_named_by_its_column_wherever_it_stands(
    build, source, out, column
):
    before = (out / "current").readlink()
    with_cell_at_the_end(source, column, "张三丰".encode("gb18030"))
    done = build("--publish")
    assert ExitCode.BAD_INPUT == done.exit_code
    assert f"legs.parquet: column {column}: " in done.stderr
    assert "not valid UTF-8" in done.stderr
    assert "Traceback" not in done.output
    assert before == (out / "current").readlink()


def test_such_a_table_is_read_where_every_cell_is_text(build, source, published):
    with_cell_at_the_end(source, "name", "张三丰".encode())
    report = json.loads(build("--json").stdout)
    assert published.report["people"] == report["people"]


def test_a_damaged_page_of_numbers_is_told_of_its_file(build, source):
    with_cell_at_the_end(source, "name", b"")
    file = source / "legs.parquet"
    data = bytearray(file.read_bytes())
    with pq.ParquetFile(file) as table:
        group = table.metadata.row_group(table.num_row_groups - 1)
    place = next(
        group.column(number)
        for number in range(group.num_columns)
        if group.column(number).path_in_schema == "id_number"
    )
    end = place.dictionary_page_offset + place.total_compressed_size
    data[place.dictionary_page_offset + 20 : end] = bytes(end - place.dictionary_page_offset - 20)
    file.write_bytes(data)
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "legs.parquet: not readable as parquet" in done.stderr


def test_a_file_that_is_no_parquet_is_refused(build, source):
    (source / "legs.csv").unlink()
    (source / "legs.parquet").write_bytes(b"PAR1 not really")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "legs.parquet: not readable" in done.stderr


def test_typed_parquet_columns_list_the_same_people(build, source):
    file = source / "legs.csv"
    text = file.read_text("utf-8").replace(",other,P", ",other,1")
    text = text.replace("flight,CA1234", "train,1234")
    file.write_text(text, "utf-8")
    trips = source / "case_legs.csv"
    trips.write_text(trips.read_text("utf-8").replace("flight,CA1234", "train,1234"), "utf-8")
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
    _, rows = file.read_text("utf-8").split("\n", 1)
    file.write_text(f"{person}\n{rows}", "utf-8")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "columns 6 and 7" in done.stderr
    assert "甲某" not in done.output


def test_the_same_table_twice_is_refused(build, source):
    (source / "legs.parquet").write_bytes(b"")
    done = build()
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "the same table twice" in done.stderr


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, keys):
    """One published index with a traveller of each hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    source, out = write_source(folder / "source"), folder / "out"
    with (source / "legs.csv").open("a", encoding="utf-8") as file:
        for which, cell in HOSTILE_NAMES.items():
            file.write(f"flight,CA1234,2020-01-20,9C,other,PX01{which},{cell},Air\n")
    order = f"build --source {source} --keys {keys} --out {out} --publish --json"
    done = CliRunner().invoke(main, order.split())
    assert 0 == done.exit_code, done.output
    assert 40 + len(HOSTILE_NAMES) == json.loads(done.stdout)["people"]
    return out


@pytest.mark.parametrize("which", HOSTILE_NAMES)
def test_hostile_names_break_nothing(hostile, run, keys, which):
    cell = HOSTILE_NAMES[which].translate({0: " ", ord("\t"): " "})[:100]
    name = cell if any(map(str.isalpha, cell)) else "Whoever"  # listed by the number alone
    person = ("--id-type", "other", "--id-number", f"PX01{which}", "--name", name)
    done = run("check", "--index", hostile, "--keys", keys, *person)
    assert f"PX01{which},{name},exposed,close,flight,CA1234," in done.stdout
