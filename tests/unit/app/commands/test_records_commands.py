import io
import re

import click
import pytest

from app.commands import COMMANDS, main
from app.commands.corrections import corrections
from app.commands.counter import counter
from app.commands.private_file import private_new_file
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
    "purge": [],
    "watches export": ["--out", "watches.jsonl"],
    "watches count": [],
}
ONE_LINE = re.compile(r"gauge: the records cannot be reached or used now: [^\n]+\n")


@pytest.fixture
def gauge(published, tmp_path, monkeypatch, capfd):
    """Run the command as its script does; return exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(published.web_keys))
    monkeypatch.setenv("GAUGE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr("sys.stdin", io.StringIO("four words of a clerk\n"))

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capfd.readouterr()
        return ended.value.code, said.out, said.err

    return run


def test_no_request_is_told_as_zero(gauge):
    assert (0, "0 requests\n", "") == gauge("corrections", "count")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff", "decisions.csv: no CSV in UTF-8"),
        (b"reference,decision,reason\nA,accepted,call\n", "decisions.csv, row 2: this reason"),
        (b"reference,decision,reason\nA,perhaps,call\n", "decisions.csv, row 2: reference"),
        (b"reference,decision,reason\nA,declined,call\n", "decisions.csv, row 2: there is no"),
    ],
)
def test_decisions_that_cannot_be_taken_are_told_with_their_file(gauge, tmp_path, content, told):
    (tmp_path / "decisions.csv").write_bytes(content)
    code, out, err = gauge("corrections", "decide", "--from", "decisions.csv")
    assert (10, "", True) == (code, out, err.startswith(f"gauge: {told}"))


@pytest.mark.parametrize("path", ["/check", "/api/v1/index", "?lang=en", "#top"])
def test_a_canary_at_a_path_is_told_what_to_give(gauge, path):
    code, _, err = gauge("canary", f"http://127.0.0.1:1{path}")
    assert (2, True) == (code, "without a path: https://check.example.org" in err)
    assert 12 == gauge("canary", "http://127.0.0.1:1/")[0]


def test_every_command_of_the_records_is_among_these():
    groups = (corrections, counter, watches)
    named = {f"{group.name} {name}" for group in groups for name in group.commands}
    assert {*named, "purge"} == set(ARGUMENTS)
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


def test_what_was_half_written_is_taken_away(tmp_path):
    with pytest.raises(click.UsageError, match="No space left"), private_new_file(tmp_path / "x"):
        raise OSError(28, "No space left on device")
    assert [] == list(tmp_path.iterdir())
