import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.commands import gauge, main
from app.commands.serve import demo_people, public_address
from app.factory import SigningKeyReadable
from app.indexes.last_seen_time import LastSeenTime
from app.server.gunicorn_server import AddressTaken
from app.settings import SettingsInvalid, read_settings
from app.web.assets import BundleMissing
from exposure_index.crypto.keys import KeyMissing
from tests.fixtures.patience import PATIENCE_SECONDS

GAUGE = Path(sys.executable).parent / "gauge"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (click.UsageError("x"), 2),
        (SettingsInvalid(["x"]), 2),
        (SigningKeyReadable(), 11),
        (KeyMissing("x"), 11),
        (AddressTaken(), 12),
        (BundleMissing("x"), 12),
        (RuntimeError("x"), 1),
    ],
)
def test_each_kind_of_error_has_its_exit_code(ended_by, error, code):
    assert code == ended_by(error)[0]


def test_a_bug_is_told_without_its_message(ended_by):
    assert "hidden-word" not in ended_by(RuntimeError("hidden-word"))[1]


@pytest.fixture
def ended_by(monkeypatch, capsys):
    def ended_by(error):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr(gauge, "main", fail)
        with pytest.raises(SystemExit) as ended:
            main([])
        return ended.value.code, capsys.readouterr().err

    return ended_by


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GAUGE, *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


def test_settings_are_printed_with_default_and_meaning():
    said = run("settings", GAUGE_REDIS_URL="redis://:hidden-word@127.0.0.1").stdout
    assert "GAUGE_NETWORK_CHECKS [1200]" in said
    assert "hidden-word" not in said


def test_serve_refuses_a_readable_signing_key(published):
    done = run("serve", GAUGE_KEYS_DIR=str(published.root / "keys"))
    assert (11, True) == (done.returncode, "signing" in done.stderr)


def test_serve_tells_every_wrong_setting_and_ends_with_2(published):
    done = run("serve", GAUGE_PORT="0", GAUGE_THREADS="0")
    assert 2 == done.returncode
    assert "GAUGE_PORT" in done.stderr
    assert "GAUGE_THREADS" in done.stderr


def test_serve_refuses_a_taken_port(published, service_starter):
    port = service_starter(published).url.rpartition(":")[2]
    done = run("serve", **{**published.environment(), "GAUGE_PORT": port})
    assert (12, True) == (done.returncode, "PORT=" in done.stderr)


def test_serve_with_redis_needs_the_key_that_workers_share(own_deployment):
    (own_deployment.web_keys / "limits").unlink()
    done = run("serve", **own_deployment.environment(), GAUGE_REDIS_URL="redis://127.0.0.1:1")
    assert 11 == done.returncode


def test_one_process_without_redis_and_several_with_it():
    assert 1 == read_settings().processes
    assert 3 == read_settings(redis_url="redis://127.0.0.1", workers=3).processes


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"host": "127.0.0.1", "port": 8123}, "http://127.0.0.1:8123"),
        ({"host": "::1", "port": 8123}, "http://[::1]:8123"),
        ({"base_url": "https://check.example.org/"}, "https://check.example.org"),
    ],
)
def test_the_address_to_open_is_told(given, expected):
    assert expected == public_address(read_settings(**given))


def test_all_addresses_are_told_as_one_that_a_phone_can_open():
    assert "0.0.0.0" not in public_address(read_settings(host="0.0.0.0"))  # noqa: S104


def test_two_people_of_the_demo_are_told(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(
        "name,id_type,id_number,expected_status,expected_tier\n"
        "甲,passport,X1,not_found,\n乙,passport,X2,exposed,close\n丙,passport,X3,exposed,general\n",
        encoding="utf-8",
    )
    assert 2 == len(demo_people(file))
    assert "乙" in demo_people(file)[0]
    assert [] == demo_people(tmp_path / "none.csv")


def test_the_service_ends_in_peace_when_told_to(published, service_starter):
    service = service_starter(published)
    assert 0 == service.stop()
    assert "Traceback" not in service.output_text()


def test_serving_prints_the_address_and_what_the_demo_needs(published, service_starter):
    service = service_starter(published, {"GAUGE_DEMO": "1", "GAUGE_LIMITS": "off"})
    output = service.output_text()
    assert service.url in output
    assert "█" in output
    assert "LIMITS ARE OFF" in output


@pytest.fixture
def gauge_with_state(tmp_path):
    def gauge_command(*arguments):
        return CliRunner().invoke(gauge, arguments, env={"GAUGE_STATE_DIR": str(tmp_path)})

    return gauge_command


def test_an_authority_is_forgotten_by_its_name(gauge_with_state, tmp_path):
    state = tmp_path / "highest-seq.json"
    known = {"ring:": {"甲": 7}, "ring:east": {"乙": 2}, "0a" * 32: {"丁": 1}}
    state.write_text(json.dumps(known), "utf-8")
    assert [
        "丁: seq 1, with keys that an earlier release did not name",
        "乙: seq 2, with the keys in GAUGE_KEYS_DIR/east",
        "甲: seq 7, with the keys of the service",
    ] == gauge_with_state("authorities", "list").output.splitlines()
    assert 2 == gauge_with_state("authorities", "forget", "丙").exit_code
    assert [0, 0] == [gauge_with_state("authorities", "forget", name).exit_code for name in "乙丁"]
    assert {"ring:": {"甲": 7}} == json.loads(state.read_bytes())


def test_the_kept_time_is_told_and_forgotten(gauge_with_state, tmp_path):
    LastSeenTime(tmp_path).write(datetime(2040, 1, 2, tzinfo=UTC))
    assert "kept   2040-01-02T00:00:00Z" in gauge_with_state("clock", "show").output.splitlines()
    assert 0 == gauge_with_state("clock", "forget").exit_code
    assert "kept   nothing" in gauge_with_state("clock", "show").output.splitlines()


def test_a_damaged_state_is_told_and_left_as_it_is(gauge_with_state, tmp_path):
    (tmp_path / "highest-seq.json").write_text("{")
    error = gauge_with_state("authorities", "forget", "甲").exception
    assert (12, True) == (error.exit_code, "highest-seq.json" in error.explanation)
    assert "docs/playbooks/alerts.md" in error.explanation
    assert "{" == (tmp_path / "highest-seq.json").read_text()


def test_a_damaged_time_is_forgotten_as_the_playbook_says(gauge_with_state, tmp_path):
    (tmp_path / "latest-time.txt").write_text("[}")
    assert 12 == gauge_with_state("clock", "show").exception.exit_code
    assert 0 == gauge_with_state("clock", "forget").exit_code
    assert 0 == gauge_with_state("clock", "show").exit_code
