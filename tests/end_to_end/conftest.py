"""The demo as a newcomer gets it, by the commands themselves, and the service over it."""

import csv
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.programs import BIN


def index_builder(*arguments, ok=True):
    done = subprocess.run(
        [BIN / "index-builder", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) == ok, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Demo:
    """A demo source, its keys, and one published index for each rule set."""

    root: Path
    rules: str

    @property
    def index(self):
        return self.root / f"index-{self.rules}"

    @property
    def people_file(self):
        name = "people" if self.rules == "nhc-2020-03" else f"people-{self.rules}"
        return self.root / "source" / f"{name}.csv"

    def people(self):
        with self.people_file.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def environment(self):
        return {
            "GAUGE_INDEX_DIR": str(self.index),
            "GAUGE_KEYS_DIR": str(self.root / "web-keys"),
            "GAUGE_STATE_DIR": str(self.root / f"state-{self.rules}"),
        }


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory):
    root = tmp_path_factory.mktemp("demo")
    index_builder("demo", root / "source")
    index_builder("keygen", root / "keys", "--web", root / "web-keys")
    return root


@pytest.fixture(scope="session", params=["nhc-2020-03", "au-2020"])
def demo(request, demo_root):
    demo = Demo(demo_root, request.param)
    folders = ("--source", demo_root / "source", "--keys", demo_root / "keys", "--out", demo.index)
    index_builder(
        "build", *folders, "--rules", demo.rules, "--private", "--publish", "--as-of", "2020-02-05"
    )
    return demo
