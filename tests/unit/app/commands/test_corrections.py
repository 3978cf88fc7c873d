"""Decisions about correction requests: all of a file or none, but for requests withdrawn since."""

from datetime import date

import pytest
from click.testing import CliRunner

from app import commands
from app.records.citizens.corrections import add_correction, correction_of, withdraw
from app.records.database import open_records
from app.settings import read_settings

TODAY = date(2020, 2, 1)
DIGESTS = (b"1" * 32, b"2" * 32)


@pytest.fixture
def references(published, tmp_path, monkeypatch):
    """Two requests of a deployment, the second one withdrawn."""
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(published.web_keys))
    monkeypatch.setenv("GAUGE_STATE_DIR", str(tmp_path / "state"))
    with open_records(read_settings()).writing() as connection:
        for digest in DIGESTS:
            add_correction(connection, digest, b"sealed", TODAY)
        withdraw(connection, DIGESTS[1], TODAY)
        return [correction_of(connection, digest).reference for digest in DIGESTS]


def decide(tmp_path, *references):
    file = tmp_path / "decisions.csv"
    rows = [f"{reference},declined,confirmed" for reference in references]
    file.write_text("\n".join(("reference,decision,reason", *rows)), "utf-8")
    done = CliRunner().invoke(commands.gauge, ["corrections", "decide", "--from", str(file)])
    with open_records(read_settings()).reading() as connection:
        return done, [correction_of(connection, digest).state for digest in DIGESTS]


def test_a_withdrawn_request_holds_up_no_other(references, tmp_path):
    done, states = decide(tmp_path, *references)
    assert ["declined", "withdrawn"] == states
    assert "decided 1 requests\npassed over 1, withdrawn by their senders\n" == done.output


def test_a_request_that_nobody_made_refuses_the_file(references, tmp_path):
    done, states = decide(tmp_path, references[0], "ZZZZZZZZZZ")
    assert ["received", "withdrawn"] == states
    assert "decisions.csv, row 3: there is no such request" in str(done.exception) + done.output


@pytest.mark.parametrize("text", ["xx\n", "", "reference,decision\nA,declined\n"])
def test_a_file_without_the_columns_is_refused(references, tmp_path, text):
    file = tmp_path / "decisions.csv"
    file.write_text(text, "utf-8")
    done = CliRunner().invoke(commands.gauge, ["corrections", "decide", "--from", str(file)])
    assert 0 != done.exit_code
    assert "is missing" in str(done.exception)


@pytest.mark.usefixtures("begun")
def test_no_request_is_told_as_zero(gauge):
    assert (0, "0 requests\n", "") == gauge("corrections", "count")


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "decisions.csv: no CSV in UTF-8"),
        (b"reference,decision,reason\nA,accepted,call\n", "decisions.csv, row 2: this reason"),
        (b"reference,decision,reason\nA,perhaps,call\n", "decisions.csv, row 2: reference"),
        (b"reference,decision,reason\nA,declined,call\n", "decisions.csv, row 2: there is no"),
    ],
)
def test_decisions_that_cannot_be_taken_are_told_with_their_file(gauge, tmp_path, content, message):
    (tmp_path / "decisions.csv").write_bytes(content)
    code, out, err = gauge("corrections", "decide", "--from", "decisions.csv")
    assert (10, "", True) == (code, out, err.startswith(f"gauge: {message}"))
