"""Whoever asks a command of ours for its help gets it, and nothing is run; settings are judged."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from loadtests.command_line import (
    BadSetting,
    memory_size,
    read_setting,
    run_command,
    whole_number,
)

ROOT = Path(__file__).resolve().parents[3]
PLACES = ("Makefile", "README.md", "CONTRIBUTING.md", "docs/playbooks/*.md", "loadtests/README.md")
# The scenarios are commands of click, which has help of its own; their library of loads patches the
# sockets and threads of a whole process.
COMMANDS = sorted(
    {
        name
        for place in PLACES
        for path in ROOT.glob(place)
        for name in re.findall(r"-m ((?:tools|loadtests)(?:\.\w+)+)", path.read_text("utf-8"))
        if not name.startswith("loadtests.scenarios.")
    }
)


@pytest.fixture
def run_module(monkeypatch):
    """Run a module as `python -m` does, in this process; no program is started by it."""

    def start_nothing(*_arguments, **_named):
        raise AssertionError("a program was started")

    def run(name, *arguments):
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        monkeypatch.setattr(subprocess.Popen, "__init__", start_nothing)
        monkeypatch.setattr(os, "execve", start_nothing)
        monkeypatch.delitem(sys.modules, name, raising=False)
        with pytest.raises(SystemExit) as end:
            runpy.run_module(name, run_name="__main__", alter_sys=True)
        return end.value.code

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does(run_module, name, capsys):
    assert 0 == run_module(name, "--help")
    assert capsys.readouterr().out.lower().startswith(f"usage: python -m {name} ")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_refuses_what_it_does_not_know(run_module, name):
    assert 2 == run_module(name, "--no-such-option")


BENCHMARKS = [
    ("ROWS", "tools.benchmarks.bulk_lists"),
    ("ROWS", "loadtests.checks_beside_lists"),
    ("ENTRIES", "tools.benchmarks.flat_latency"),
    ("CHECKS", "loadtests.worker_memory"),
    ("LEGS", "tools.benchmarks.compare_build"),
    ("CASES", "tools.benchmarks.compare_build"),
    ("MEMORY", "tools.benchmarks.compare_build"),
    ("LEGS", "tools.benchmarks.compare_private_build"),
    ("CASES", "tools.benchmarks.compare_private_build"),
    ("MEMORY", "tools.benchmarks.compare_private_build"),
]


@pytest.mark.parametrize(("setting", "name"), BENCHMARKS)
def test_a_benchmark_says_which_of_its_settings_is_wrong(
    run_module, setting, name, capsys, monkeypatch
):
    monkeypatch.setenv(setting, "abc")
    assert 2 == run_module(name)
    assert capsys.readouterr().err.startswith(f"{setting} is 'abc'; it must be a ")


def test_every_number_that_make_passes_on_is_one_of_these():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    settings = {
        (setting, name)
        for before, name in re.findall(r"\t@(.*)\$\(BIN\)/python -m ([\w.]+)\n", makefile)
        for setting in re.findall(r"(\w+)=", before)
        if setting not in {"HOST", "PORT", "THEN"}  # the service and the comparison look at them
    }
    assert set() == settings - set(BENCHMARKS)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1e6", "1_000", "٣", "1000000001", "9" * 5_000])
def test_what_is_no_number_is_refused_with_what_is_allowed(monkeypatch, text):
    monkeypatch.setenv("ROWS", text)
    with pytest.raises(BadSetting, match=r"^ROWS is .* from 1 to 1000000000, in digits alone$"):
        read_setting("ROWS", 7, whole_number)


@pytest.mark.parametrize(("text", "number"), [("", 7), ("  ", 7), (" 12 ", 12), ("007", 7)])
def test_a_number_is_read_and_nothing_is_the_default(monkeypatch, text, number):
    monkeypatch.setenv("ROWS", text)
    assert number == read_setting("ROWS", 7, whole_number)


@pytest.mark.parametrize("text", ["4GB", "512MiB", "1.5 GB"])
def test_a_size_is_read(text):
    assert text == memory_size(text)


@pytest.mark.parametrize("text", ["4", "4gigabytes", "0GB", "4GB'; DROP TABLE pairs", "80%"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(ValueError, match="a size with its unit"):
        memory_size(text)


def test_a_command_ends_with_its_own_code(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["command"])
    assert 5 == run_command(lambda: 5, "Does something.")
