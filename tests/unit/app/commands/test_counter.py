import csv
import re
import stat

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from app.commands.counter import counter
from app.counter.audience import COUNTER
from app.records.accounts.accounts import secrets_of
from app.records.accounts.counter_audit import counter_audit
from app.records.audit_chain import AuditBroken
from app.records.database import open_records
from app.settings import read_settings

PASSWORD = "four words of a clerk"  # pragma: allowlist secret


@pytest.fixture
def run(published, tmp_path, monkeypatch):
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(published.web_keys))
    monkeypatch.setenv("GAUGE_STATE_DIR", str(tmp_path / "state"))

    def command(*arguments, password=PASSWORD):
        return CliRunner().invoke(counter, arguments, input=f"{password}\n")

    return command


@pytest.fixture
def records(run):
    return open_records(read_settings())


def test_an_account_is_added_with_a_code_to_scan_that_is_shown_once(run, records):
    result = run("add", "desk-1", "--password-stdin")
    secret = re.search(r"scanned: ([A-Z2-7]{32})", result.output).group(1)
    with records.reading() as connection:
        account = COUNTER.account("desk-1")
        assert secret == secrets_of(connection, records.cipher, account).totp
    assert 0 == result.exit_code
    assert secret not in run("list").output
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "Desk 1", "--password-stdin"),
        ("add", "x", "--password-stdin"),
        ("reset", "nobody", "--password-stdin"),
        ("disable", "nobody"),
    ],
)
def test_a_name_that_cannot_be_used_is_a_usage_error(run, records, arguments):
    records.upgrade()
    assert 2 == run(*arguments).exit_code


def test_a_short_password_is_refused(run):
    assert 2 == run("add", "desk-1", "--password-stdin", password="eleven char").exit_code


def test_an_account_is_added_once_and_then_reset(run):
    codes = [run(what, "desk-1", "--password-stdin").exit_code for what in ("add", "add", "reset")]
    assert [0, 2, 0] == codes


def test_a_disabled_account_is_listed_as_such(run):
    run("add", "desk-1", "--password-stdin")
    assert "active" in run("list").output
    assert 0 == run("disable", "desk-1").exit_code
    assert "disabled" in run("list").output


def test_the_audit_is_written_for_its_reader_alone(run, tmp_path):
    run("add", "desk-1", "--password-stdin")
    run("disable", "desk-1")
    out = tmp_path / "audit.csv"
    assert "2 lines, whole, the last is number 2" in run("audit", "--out", str(out)).output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [("desk-1", "added"), ("desk-1", "disabled")] == [(r["clerk"], r["event"]) for r in rows]
    assert 0o600 == stat.S_IMODE(out.stat().st_mode)
    assert 2 == run("audit", "--out", str(out)).exit_code


def test_a_broken_audit_is_refused(run, records, tmp_path):
    run("add", "desk-1", "--password-stdin")
    with records.writing() as connection:
        connection.execute(update(counter_audit).values(clerk="desk-2"))
    result = run("audit", "--out", str(tmp_path / "audit.csv"))
    assert isinstance(result.exception, AuditBroken)
    assert not (tmp_path / "audit.csv").exists()
