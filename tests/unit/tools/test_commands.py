import json
import re
import subprocess
from pathlib import Path

import pytest

from tools.browser_bundle import OLDEST_NODE

ROOT = Path(__file__).resolve().parents[3]
MAKE_TARGETS = frozenset(
    re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
)


def first_commands_of_readme():
    block = re.search(r"```\w*\n(.*?)```", (ROOT / "README.md").read_text(), flags=re.DOTALL)
    return [line.split("#")[0].strip() for line in block[1].splitlines()]


def test_the_readme_begins_with_two_commands():
    assert ["make run", "make test"] == first_commands_of_readme()


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_every_make_target_named_in_a_document_exists(document):
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / document).read_text()))
    assert set() == named - MAKE_TARGETS


def test_ci_runs_the_two_commands_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert ["make check", "make test"] == commands


def test_ci_stops_at_the_first_failure():
    assert "set -euo pipefail" in (ROOT / ".ci" / "run").read_text()


def test_make_alone_lists_what_it_can_do():
    done = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True)
    for target in ("run", "test", "check", "setup", "bench"):
        assert re.search(rf"^{target} ", done.stdout, flags=re.MULTILINE)


def test_the_oldest_node_is_the_one_that_the_frontend_asks_for():
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    assert f">={OLDEST_NODE}" == package["engines"]["node"]
