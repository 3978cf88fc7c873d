import re

import click
import pytest

from app.commands import COMMANDS
from app.commands.corrections import corrections
from app.commands.counter import counter
from app.commands.kiosks import kiosk
from app.commands.organisations import org
from app.commands.watches import watches

PASSWORD = "secretpw"  # pragma: allowlist secret
ARGUMENTS = {
    "corrections export": ["--out", "requests.jsonl"],
    "corrections decide": ["K7QM2XWD9R", "accepted", "--reason", "added"],
    "corrections count": [],
    "counter add": ["desk-1", "--password-stdin"],
    "counter reset": ["desk-1", "--password-stdin"],
    "counter disable": ["desk-1"],
    "counter list": [],
    "counter audit": ["--out", "audit.csv"],
    "kiosk list": ["works"],
    "kiosk revoke": ["works", "0a" * 16, "--yes"],
    "kiosk settings": ["works"],
    "org audit": ["--all", "--out", "lines.csv"],
    "org create": ["works", "--title", "Works", "--headcount", "10"],
    "org deliveries": ["works"],
    "org disable": ["works"],
    "org enable": ["works"],
    "org invite": ["works"],
    "org list": [],
    "org policy": ["works", "counts"],
    "org purge": ["works", "--yes"],
    "org quota": ["works", "10"],
    "org show": ["works"],
    "org webhook": ["works", "--off"],
    "purge": [],
    "watches export": ["--out", "watches.jsonl"],
    "watches count": [],
}
ONE_LINE = re.compile(r"gauge: the records cannot be reached or used now: [^\n]+\n")


def test_every_command_of_the_records_is_among_these():
    groups = (corrections, counter, kiosk, org, watches)
    named = {f"{group.name} {name}" for group in groups for name in group.commands}
    without_records = {"org verify-receipt"}
    assert {*named, "purge"} - without_records == set(ARGUMENTS)
    loaded = [command.load() for command in COMMANDS]
    others = {group.name for group in loaded if isinstance(group, click.Group)}
    assert {"authorities", "clock", "manifest"} == others - {group.name for group in groups}


@pytest.mark.parametrize("address", ["127.0.0.1:1/x", "127.0.0.1:letters/x"])
@pytest.mark.parametrize("command", ARGUMENTS)
def test_records_out_of_reach_are_one_line_without_the_password(
    gauge, monkeypatch, tmp_path, command, address
):
    monkeypatch.setenv("GAUGE_DATABASE_URL", f"postgresql://u:{PASSWORD}@{address}")
    code, out, err = gauge(*command.split(), *ARGUMENTS[command])
    assert (12, "", True) == (code, out, bool(ONE_LINE.fullmatch(err)))
    assert PASSWORD not in out + err
    assert [] == list(tmp_path.glob("*.*"))


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("out", ["none/there.csv", "/proc/there.csv", "file/there.csv"])
@pytest.mark.parametrize("command", ["corrections export", "counter audit", "watches export"])
def test_a_file_that_cannot_be_written_is_a_usage_error_that_names_it(
    gauge, tmp_path, command, out
):
    (tmp_path / "file").touch()
    code, _, err = gauge(*command.split(), "--out", out)
    assert (2, True) == (code, f"{out} cannot be written: " in err)


def test_copies_and_answers_that_cannot_be_written_are_usage_errors(gauge, published, tmp_path):
    code, _, err = gauge("manifest", "save", str(published.index), "--out", "none/kept.json")
    assert (2, True) == (code, "none/kept.json cannot be written: " in err)
    (tmp_path / "staff.csv").write_text("id_type,id_number,name\npassport,X0000001,Ana Silva\n")
    trust = ("--trust", str(published.web_keys / "trust.json"), "--people", "staff.csv")
    nobody = "http://127.0.0.1:1"
    code, _, err = gauge("private-check", nobody, *trust, "--out", "none/answers.csv")
    assert (2, True) == (code, "none/answers.csv cannot be written: " in err)
    assert 12 == gauge("private-check", nobody, *trust, "--out", "answers.csv")[0]
    assert [] == list(tmp_path.glob("answers*"))
