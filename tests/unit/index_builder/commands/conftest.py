"""A small source directory, keys, and the command line run in this process."""

import csv
import json
import shutil
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from exposure_index.crypto.keygen import generate_keys
from index_builder.commands import main

CASES = "case_id,classification,onset_date,id_type,id_number,name\nC1,confirmed,2020-01-20,,,\n"
CASE_LEGS = "case_id,mode,number,service_date,seat\nC1,flight,CA1234,2020-01-20,9A\n"
LETTERS = "KLMNOPQRST"  # of ten: digits in a name would enter its document by the number alone
LEGS = "mode,number,service_date,seat,id_type,id_number,name,operator\n" + "".join(
    f"flight,CA1234,2020-01-20,{row}C,other,P0000{row},"
    f"Anna Traveller{LETTERS[row // 10]}{LETTERS[row % 10]},Air\n"
    for row in range(1, 41)
)


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    directory = tmp_path_factory.mktemp("keys") / "keys"
    generate_keys(directory)
    return directory


def write_source(directory):
    directory.mkdir()
    for name, text in (("cases", CASES), ("case_legs", CASE_LEGS), ("legs", LEGS)):
        (directory / f"{name}.csv").write_text(text, encoding="utf-8")
    return directory


@pytest.fixture
def source(tmp_path):
    return write_source(tmp_path / "source")


@pytest.fixture
def run():
    def run(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def build(run, source, keys, tmp_path):
    def build(*more):
        return run("build", "--source", source, "--keys", keys, "--out", tmp_path / "out", *more)

    return build


@pytest.fixture(scope="session")
def published(tmp_path_factory, keys):
    """One published index of the small source, its casework, and what its build reported."""
    folder = tmp_path_factory.mktemp("published")
    source, out = write_source(folder / "source"), folder / "out"
    order = f"build --source {source} --keys {keys} --out {out} --publish --json"
    done = CliRunner().invoke(main, order.split())
    assert 0 == done.exit_code, done.output
    return SimpleNamespace(out=out, report=json.loads(done.stdout))


@pytest.fixture
def out(published, tmp_path):
    """A copy of what was published, with its casework, where `build` puts the next one."""
    for name in ("out", "out-casework"):
        shutil.copytree(published.out.with_name(name), tmp_path / name, symlinks=True)
    return tmp_path / "out"


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))
