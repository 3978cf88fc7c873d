"""DuckDB and Spark find the same people, by the same steps, from the same dirty tables."""

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from exposure_index.crypto.keygen import generate_keys
from index_builder.commands import main
from index_builder.runtime.workspace import Workspace

RULES = "covid-19=nhc-2020-03,measles=cdc-measles,tuberculosis=who-tb"
ENGINES = {
    "duckdb": (),
    "spark": (
        *("--spark-master", "local[2]", "--memory", "1GB"),
        *("--spark-set", "spark.sql.shuffle.partitions=2"),
        *(
            "--spark-set",
            "spark.driver.defaultJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        ),
    ),
}
STDERR = 2
LISTENING = "0A"
LOOPBACK = ("0100007F:", f"{'0' * 16}FFFF00000100007F:", f"{'0' * 24}01000000:")


@dataclass
class Built:
    """What a build kept at each step, reported, said and would answer; where it listened."""

    kept: dict[str, list[str]]
    figures: dict
    answers: str
    said: str
    listened: list[str]
    place: Path


def _told(value):
    """A row as text, with lists in one order: an engine may collect in any."""
    if isinstance(value, list):
        return sorted(repr(_told(item)) for item in value)
    if isinstance(value, dict):
        return {name: _told(item) for name, item in value.items()}
    return value


def _listening() -> list[str]:
    """The addresses at which the Java processes of this one wait for somebody."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = process.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) != os.getpid() or "java" not in process.joinpath("comm").read_text():
                continue
            held = {str(link.readlink()) for link in process.joinpath("fd").iterdir()}
            for table in ("tcp", "tcp6"):
                rows = process.joinpath("net", table).read_text().splitlines()[1:]
                cells = [row.split() for row in rows]
                found += [c[1] for c in cells if c[3] == LISTENING and f"socket:[{c[9]}]" in held]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


@contextmanager
def _errors_to(path):
    """Catch what programs started meanwhile write to standard error."""
    kept = os.dup(STDERR)
    with path.open("wb") as file:
        os.dup2(file.fileno(), STDERR)
    try:
        yield
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)


def _run(*arguments):
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def _built(generated, place, keys, engine) -> Built:
    kept, listened, keep, out = {}, [], Workspace.keep, place / engine

    def keep_and_tell(work, name, table):
        stored = keep(work, name, table)
        kept[name] = sorted(repr(_told(row)) for row in stored.to_pyarrow().to_pylist())
        listened.extend(_listening())
        return stored

    with pytest.MonkeyPatch.context() as patch, _errors_to(place / f"{engine}.err"):
        patch.setattr(Workspace, "keep", keep_and_tell)
        _run(
            *("build", "--source", generated.folder, "--keys", keys, "--out", out, "--rules"),
            *(RULES, "--publish", "--engine", engine, *ENGINES[engine]),
        )
    figures = json.loads((out / "current" / "report.json").read_text("utf-8"))
    answers = _run("check", "--index", out, "--keys", keys, "--people", generated.people)
    said = (place / f"{engine}.err").read_text("utf-8", "replace")
    return Built(kept, figures, answers, said, listened, out)


@pytest.fixture(scope="module")
def both(generated, tmp_path_factory):
    place = tmp_path_factory.mktemp("both")
    generate_keys(place / "keys")
    return {engine: _built(generated, place, place / "keys", engine) for engine in ENGINES}


def test_the_generated_source_leads_to_every_kind_of_row(both):
    found = both["duckdb"].kept
    empty = {name for name, rows in found.items() if not rows}
    assert empty <= {"driver_questions"}
    assert len(found["exposures"]) > 5000
    assert len(found["people_labels"]) > 800


def test_every_step_keeps_the_same_rows(both):
    one, other = both["duckdb"].kept, both["spark"].kept
    assert list(one) == list(other)
    assert [] == [name for name in one if one[name] != other[name]]


def test_the_reports_say_the_same(both):
    of_this_build = ("build_id", "built_at")
    one, other = (dict(both[engine].figures) for engine in ENGINES)
    for name in of_this_build:
        del one[name], other[name]
    assert one == other


def test_everybody_aboard_is_told_the_same(both):
    assert both["duckdb"].answers == both["spark"].answers
    assert both["spark"].answers.count(",exposed,") > 800


def test_the_lists_of_trips_are_the_same(both):
    one, other = ((both[engine].place / "current" / "trips.idx").read_bytes() for engine in ENGINES)
    assert one.partition(b'{"build_id"')[0] == other.partition(b'{"build_id"')[0]
    assert one.count(b'["s train ') > 1


def test_spark_waits_for_nobody_beyond_loopback(both):
    listened = both["spark"].listened
    assert listened
    assert [] == [address for address in listened if not address.startswith(LOOPBACK)]


def test_spark_says_nothing_where_its_errors_would_quote_cells(both):
    assert "" == both["spark"].said


def test_spark_leaves_nothing_behind(both):
    assert [] == list(both["spark"].place.glob(".build-*"))
    assert [] == _listening()
