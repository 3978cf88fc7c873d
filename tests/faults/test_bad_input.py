"""Whatever a department delivers: reasons, exit 10 over the share, and the last index stays."""

import csv
import io
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from exposure_index.crypto.keygen import generate_keys
from exposure_index.errors import ExitCode
from index_builder.commands import main

pytestmark = pytest.mark.usefixtures("compiled_queries")  # a build for nearly every test

PROGRAM = Path(sys.executable).with_name("index-builder")
ROWS = 60
SWAPPED = {
    "cases": ("id_number", "name"),
    "case_legs": ("number", "service_date"),
    "legs": ("id_number", "name"),
    "carriages": ("mode", "number"),
    "timetable": ("stop_seq", "stop"),
    "stops": ("stop", "city"),
    "documents": ("id_number", "name"),
    "contacts": ("id_number", "exposure_date"),
    "cleared": ("id_number", "cleared_on"),
    "drivers": ("id_number", "name"),
    "outcomes": ("id_number", "name"),
}
"""Two columns of each table that a hand may swap."""


NAMES = ("ANA SILVA", "BO LIND", "CARL ROTH", "DANA WEISS")


def person(row):
    return {"id_type": "passport", "id_number": f"X{row:07}", "name": NAMES[row % 4]}


def rows(table):
    trip = {"mode": "train", "number": "G1", "service_date": "2020-01-20"}
    for row in range(ROWS):
        yield {
            "cases": {"case_id": f"C{row}", "onset_date": "2020-01-20", **person(row)},
            "case_legs": {"case_id": f"C{row}", **trip, "carriage": "8"},
            "legs": {**trip, "carriage": "8", "seat": f"{row + 1}A", **person(row + 100)},
            "carriages": {"mode": "train", "number": f"G{row}", "carriage": "8", "aircon": "yes"},
            "timetable": {"mode": "train", "number": "G1", "stop_seq": row, "stop": f"站{row}台"},
            "stops": {"stop": f"站{row}台", "city": f"城{row % 3}"},
            "documents": {"person_key": f"K{row}", **person(row + 100)},
            "contacts": {"exposure_date": "2020-01-20", **person(row + 200)},
            "cleared": {**person(row + 200), "cleared_on": "2020-01-01"},
            "drivers": {"plate": f"粤B{row:05}", **person(row + 300)},
            "outcomes": person(row + 100),
        }[table]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A folder with a whole source, keys, and an index published from it."""
    folder = tmp_path_factory.mktemp("bad-input")
    generate_keys(folder / "keys")
    (folder / "source").mkdir()
    for table in SWAPPED:
        with (folder / "source" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            first, *rest = rows(table)
            writer = csv.DictWriter(file, list(first))
            writer.writeheader()
            writer.writerows([first, *rest])
    done = build(folder)
    assert 0 == done.exit_code, done.output
    return folder


def order(folder, *more):
    return [
        *("build", "--source", str(folder / "source"), "--keys", str(folder / "keys")),
        *("--out", str(folder / "out"), "--publish", *more),
    ]


def build(folder):
    return CliRunner().invoke(main, order(folder))


@pytest.fixture
def damaged(published):
    """Build once with one table changed; return the outcome and what was said."""
    changed = {}

    def damaged(table, change):
        file = published / "source" / f"{table}.csv"
        changed[file] = file.read_bytes()
        file.write_bytes(change(changed[file]))
        before = (published / "out" / "current").readlink()
        done = build(published)
        assert "Traceback" not in done.output
        assert done.exit_code in {0, ExitCode.BAD_INPUT, ExitCode.REFUSED}, done.output
        if done.exit_code:
            assert before == (published / "out" / "current").readlink()
        said = done.output + "".join(
            path.read_text("utf-8") for path in (published / "out" / "rejects").iterdir()
        )
        assert not any(name in said for name in NAMES)
        assert re.search(r"X0000\d{3}", said) is None
        assert [] == list((published / "out").glob(".build-*"))
        return done

    yield damaged
    for file, content in changed.items():
        file.write_bytes(content)


def cut_in_a_row(data):
    return data.rstrip()[: -len(data) // ROWS // 2]


def columns_swapped(table):
    def swap(data):
        text = data.decode("utf-8")
        header, _, body = text.partition("\r\n")
        one, other = SWAPPED[table]
        names = [{one: other, other: one}.get(name, name) for name in header.split(",")]
        return f"{','.join(names)}\r\n{body}".encode()

    return swap


def random_bytes(seed):
    def spoil(data):
        random, spoilt = Random(seed), bytearray(data)  # noqa: S311
        start = data.index(b"\n") + 1
        for _ in range(len(data) // 100):
            spoilt[random.randrange(start, len(data))] = random.randrange(256)
        return bytes(spoilt)

    return spoil


@pytest.mark.parametrize("table", SWAPPED)
def test_an_empty_table_is_refused_and_named(damaged, table):
    done = damaged(table, lambda _: b"")
    assert ExitCode.BAD_INPUT == done.exit_code
    assert f"{table}.csv: empty" in done.stderr


@pytest.mark.parametrize("table", SWAPPED)
def test_swapped_columns_are_refused_and_the_table_named(damaged, table):
    done = damaged(table, columns_swapped(table))
    assert ExitCode.BAD_INPUT == done.exit_code, done.output
    assert f"{table}.csv: " in done.stderr


@pytest.mark.parametrize("table", SWAPPED)
def test_one_byte_in_a_hundred_at_random_is_listed_or_refused(damaged, table):
    done = damaged(table, random_bytes(table))
    if done.exit_code:
        assert f"{table}.csv" in done.stderr or f"{table}: row" in done.stderr


@pytest.mark.parametrize("table", ["cases", "legs", "timetable"])
def test_a_table_cut_in_the_middle_of_a_row_lists_that_row(damaged, published, table):
    done = damaged(table, cut_in_a_row)
    lists = (published / "out" / "rejects").iterdir()
    newest = max(lists, key=lambda path: path.stat().st_mtime_ns)
    assert 0 == done.exit_code, done.output
    listed = list(csv.DictReader(io.StringIO(newest.read_text("utf-8"))))
    assert [(table, str(ROWS + 1))] == [
        (row["table"], row["row"]) for row in listed if "cells where the header" in row["reason"]
    ]


def test_a_table_that_has_lost_half_its_rows_is_not_published_unseen(damaged):
    done = damaged("legs", lambda data: data[: len(data) // 2])
    assert ExitCode.REFUSED == done.exit_code
    assert "--accept-change" in done.stderr


KILLED = """
import os, re, signal, sys
from index_builder.commands import main

moment = re.compile(sys.argv.pop(1))


def happening(text):
    if moment.search(text):
        os.kill(os.getpid(), signal.SIGKILL)


class Steps:
    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        happening(text)
        return self.stream.write(text)

    def __getattr__(self, name):
        return getattr(self.stream, name)


sys.stderr = Steps(sys.stderr)
sys.addaudithook(
    lambda event, seen: event in ("open", "os.rename") and happening(f"{event} {seen}")
)
main()
"""
MOMENTS = {
    "before a table is read": "reading tables",
    "among the steps of the engine": "finding who was aboard",
    "in the middle of the entries": r"open .*plain\.idx', 'x'",
    "before the candidate has its name": r"os\.rename .*\.partial', ",
    "before the switch": r"os\.rename .*\.current\.new'",
}
"""What stands on standard error, or the file that is opened or renamed next."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_killed_at_any_moment_shows_nothing_and_the_next_one_clears_up(published, moment):
    out = published / "out"
    before = (out / "current").readlink()
    command = [sys.executable, "-c", KILLED, MOMENTS[moment], *order(published)]
    killed = subprocess.run(command, capture_output=True, check=False)
    assert -signal.SIGKILL == killed.returncode, killed.stderr
    assert before == (out / "current").readlink()
    for candidate in out.glob("[0-9a-f]" * 32):
        assert (candidate / "manifest.json").exists()
    done = CliRunner().invoke(main, ["verify", str(out)])
    assert 0 == done.exit_code, done.output
    if moment == "in the middle of the entries":
        assert 0 == build(published).exit_code
        assert [] == [path.name for path in out.iterdir() if path.name.startswith((".build", ".c"))]


@pytest.mark.parametrize("limit_kib", [8, 16])  # the index has 16, the report more
def test_a_file_that_cannot_grow_is_said_and_leaves_nothing(published, limit_kib):
    out = published / "out"
    before = {path.name for path in out.iterdir()}
    done = subprocess.run(
        [PROGRAM, *order(published)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit_kib << 10,) * 2),
    )
    assert ExitCode.UNAVAILABLE == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr or "is the disk full?" in done.stderr
    assert before == {path.name for path in out.iterdir()}


def may_mount():
    return os.geteuid() == 0 and Path("/bin/mount").exists()


@pytest.mark.skipif(not may_mount(), reason="only root may mount a small disk")
def test_a_full_disk_is_said_and_leaves_nothing(published, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this container may not mount")
    try:
        done = subprocess.run(
            [PROGRAM, *order(published), "--out", disk / "out"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ExitCode.UNAVAILABLE == done.returncode, done.stderr
        assert "No space left" in done.stderr or "is the disk full?" in done.stderr
        left = [path.name for path in (disk / "out").rglob("*") if path.is_file()]
        assert set() == set(left) - {".lock"}
    finally:
        subprocess.run(["/bin/umount", disk], check=True)
