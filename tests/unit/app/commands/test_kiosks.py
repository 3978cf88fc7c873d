import json

import pytest
from click.testing import CliRunner

from app.commands.kiosks import kiosk
from app.kiosk.moments import now_ms
from app.records.database import open_records
from app.records.kiosks.kiosks import note_report
from app.settings import read_settings
from tests.fixtures.kiosk_records import GATE, KIOSK_ID, keep_kiosk, keep_organisation


@pytest.fixture
def run(published, tmp_path, monkeypatch):
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(published.web_keys))
    monkeypatch.setenv("GAUGE_STATE_DIR", str(tmp_path / "state"))
    return lambda *arguments: CliRunner().invoke(kiosk, arguments)


@pytest.fixture
def run_json(run):
    def command(*arguments):
        result = run(*arguments, "--json")
        assert 0 == result.exit_code, result.output
        return json.loads(result.output)

    return command


@pytest.fixture
def records(run):
    records = open_records(read_settings())
    keep_organisation(records)
    yield records
    records.close()


@pytest.fixture
def gate(records):
    keep_kiosk(records)
    with records.writing() as connection:
        note_report(connection, records.cipher, KIOSK_ID, now_ms(), {"waiting": 1_200})


def test_the_kiosks_of_an_organisation_are_listed(run, run_json, gate):
    [one] = run_json("list", "steelworks")
    assert (KIOSK_ID, "东门", "online", 1_200) == (
        one["id"],
        one["name"],
        one["state"],
        one["waiting"],
    )
    assert "1,200 waiting" in run("list", "steelworks").output


def test_a_kiosk_without_contact_is_silent(records, run_json):
    keep_kiosk(records, GATE)
    assert ["silent"] == [one["state"] for one in run_json("list", "steelworks")]


def test_an_organisation_without_kiosks_is_said_to_have_none(run, records):
    assert "steelworks has no kiosks" in run("list", "steelworks").output


def test_a_kiosk_is_revoked_by_the_first_letters_of_its_id(run_json, gate):
    assert "revoked" == run_json("revoke", "steelworks", "0a0a", "--yes")["state"]
    assert ["revoked"] == [one["state"] for one in run_json("list", "steelworks")]


@pytest.mark.parametrize("kiosk_id", ["ffff", "0b0b", "0a0", ""])
def test_what_is_no_kiosk_of_the_organisation_is_not_revoked(run, gate, kiosk_id):
    assert 2 == run("revoke", "steelworks", kiosk_id, "--yes").exit_code


def test_a_kiosk_is_revoked_once(run, gate):
    codes = [run("revoke", "steelworks", KIOSK_ID, "--yes").exit_code for _ in range(2)]
    assert [0, 2] == codes


def test_nothing_is_revoked_without_a_yes(run, run_json, gate):
    assert 1 == run("revoke", "steelworks", KIOSK_ID).exit_code
    assert ["online"] == [one["state"] for one in run_json("list", "steelworks")]


def test_the_settings_of_kiosks_are_printed(run, run_json, records):
    assert 37.3 == run_json("settings", "steelworks")["fever_celsius"]
    assert "fever_celsius    37.3" in run("settings", "steelworks").output
