"""`diff`: who comes, who goes and why, without telling who it is."""

import json
import re
import shutil
import stat
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from exposure_index.crypto.keys import KeyRing
from exposure_index.errors import ExitCode
from index_builder.commands import main
from index_builder.commands.difference_lines import difference_lines
from index_builder.comparison.build_comparison import BuildComparison
from index_builder.comparison.digests import diff_key, digest_of
from index_builder.comparison.people_comparison import KINDS, PeopleComparison

HEAD = "mode,number,service_date,seat,id_type,id_number,name,operator\n"
TRAIN = "train,G1712,2020-01-20,,other,T0000{0},Rider {0},Rail\n"


def flight(row, person, name=None):
    return f"flight,CA1234,2020-01-20,{row}C,other,{person},{name or 'Traveller ' + person},Air\n"


def write(source, legs, **tables):
    (source / "legs.csv").write_text(HEAD + "".join(legs), "utf-8")
    for name, text in tables.items():
        (source / f"{name}.csv").write_text(text, "utf-8")


def tree(out):
    return {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def two(tmp_path_factory, keys):
    """Two builds: P1 is cleared, P2 gone, P3 turns close, P9 turns general, N1 new, trains gone.

    P4 is known under a second document now; nothing changes for them.
    """
    folder = tmp_path_factory.mktemp("two")
    source, out = folder / "source", folder / "out"
    source.mkdir()
    order = f"build --source {source} --keys {keys} --out {out} --json".split()
    people = [flight(row, f"P0000{row}") for row in range(1, 21)]
    write(
        source,
        people + [TRAIN.format(n) for n in range(6)],
        cases="case_id,onset_date\nC1,2020-01-20\n",
        case_legs="case_id,mode,number,service_date,seat\nC1,flight,CA1234,2020-01-20,9A\n"
        "C1,train,G1712,2020-01-20,\n",
    )
    first = CliRunner().invoke(main, [*order, "--publish"])
    assert 0 == first.exit_code, first.output
    moved = {"P00003": flight(9, "P00003"), "P00009": flight(20, "P00009")}
    later = [
        moved.get(f"P0000{row}", flight(row, f"P0000{row}")) for row in range(1, 21) if row != 2
    ]
    write(
        source,
        [*later, flight(9, "N00001")],
        cleared="id_type,id_number,name,cleared_on\nother,P00001,,2020-02-10\n",
        documents="person_key,id_type,id_number,name\nK,other,A00004,\nK,other,P00004,\n",
    )
    second = CliRunner().invoke(main, order)
    assert 0 == second.exit_code, second.output
    build_id = json.loads(second.stdout)["build_id"]
    return SimpleNamespace(folder=folder, out=out, new=out / build_id, before=tree(out))


@pytest.fixture(scope="module")
def told(two):
    done = CliRunner().invoke(main, ["diff", str(two.out), str(two.new)])
    assert 0 == done.exit_code, done.output
    return done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "listed     26 people then, 19 now",
        "NO LONGER  8 people would no longer be listed",
        "1: their observation ended (cleared)",
        "6: there are no manifests of their mode any more",
        "1: a trip, a case or a row is gone or changed",
        "6 by train, close, nhc-2020-03",
        "newly      1 people would be newly listed",
        "raised     1 people would be close instead of general",
        "lowered    1 people would be general instead of close",
        "UNCOVERED  train Rail: 2020-01-20",
        "table      legs: 26 rows then, 20 now",
    ],
)
def test_the_difference_is_told(told, line):
    assert line in told


def test_the_difference_fits_one_screen(told):
    assert 25 >= len(told.splitlines())
    assert 100 >= max(map(len, told.splitlines()))


def test_a_build_may_be_named_within_the_same_out(two, told):
    done = CliRunner().invoke(main, ["diff", str(two.out), two.new.name])
    assert told == done.stdout


def test_nobody_can_be_read_out_of_the_digests(two):
    for file in (two.folder / "out-casework" / "digests").iterdir():
        assert 0o600 == stat.S_IMODE(file.stat().st_mode)
        table = pq.read_table(file)
        assert {16} == {len(value) for value in table["document"].to_pylist()}
        assert b"Traveller" not in file.read_bytes()
        cells = {cell for column in table.to_pydict().values() for cell in column}
        assert not {"P00007", b"P00007"} & cells


def test_a_document_has_one_digest_in_every_build_of_a_key(two, keys):
    key = diff_key(KeyRing.from_directory(keys))
    digests = {digest_of(key, "document", f"P0000{number}") for number in range(5, 9)}
    for file in (two.folder / "out-casework" / "digests").iterdir():
        assert digests <= set(pq.read_table(file)["document"].to_pylist())


def test_comparing_changes_nothing_that_is_published(two, told):
    assert told
    left = {path: data for path, data in tree(two.out).items() if path.name != ".lock"}
    assert left == {path: data for path, data in two.before.items() if path.name != ".lock"}


def test_json_tells_the_same(two):
    done = CliRunner().invoke(main, ["diff", str(two.out), str(two.new), "--json"])
    people = json.loads(done.stdout)["people"]
    assert {"newly": 1, "gone": 8, "raised": 1, "lowered": 1} == people["totals"]
    assert {"mode": "train", "rule": "nhc-2020-03", "tier": "close", "people": 6} in people[
        "by_kind"
    ]["gone"]


def test_without_digests_it_says_that_people_were_not_compared(two, tmp_path):
    order = ["diff", str(two.out), str(two.new), "--casework", str(tmp_path / "empty")]
    done = CliRunner().invoke(main, order)
    assert "listed     26 people then, 19 now" in done.stdout
    assert "people     not compared" in done.stdout


def test_a_build_against_itself_is_a_slip_of_the_command(two):
    done = CliRunner().invoke(main, ["diff", str(two.out), str(two.out / "current")])
    assert (2, True) == (done.exit_code, "the same build" in done.stderr)


def test_an_unknown_build_is_refused_and_says_where_builds_are(two):
    done = CliRunner().invoke(main, ["diff", str(two.out), "0" * 32])
    assert (ExitCode.REFUSED, True) == (done.exit_code, str(two.out) in done.stderr)


def test_digests_of_other_keys_are_not_compared(two, tmp_path):
    copy = tmp_path / "casework"
    shutil.copytree(two.folder / "out-casework", copy)
    file = copy / "digests" / f"{two.new.name}.parquet"
    table = pq.read_table(file)
    pq.write_table(table.replace_schema_metadata({"key_id": "other"}), file)
    order = ["diff", str(two.out), str(two.new), "--casework", str(copy)]
    done = CliRunner().invoke(main, order)
    assert ExitCode.REFUSED == done.exit_code
    assert re.search("different keys", done.stderr)


def test_it_says_so_where_nobody_comes_or_goes():
    same = PeopleComparison((7, 7), dict.fromkeys(KINDS, 0), {kind: [] for kind in KINDS}, {})
    changed = BuildComparison("a", "b", (7, 7), same, {}, [], [], [], {})
    assert "people     nobody comes or goes, and nobody's tier changes" in [
        *difference_lines(changed)
    ]
