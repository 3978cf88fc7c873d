import json
import os

import pytest

from app.commands.serve import (
    NO_HOTLINE,
    NO_INDEX,
    NO_KEYS,
    NO_STATE,
    demo_people,
    faults_at_start,
    lacks_authority,
    public_address,
)
from app.settings import read_settings
from loadtests.ports import free_port
from tests.unit.app.commands.conftest import run_gauge


def test_serve_refuses_a_readable_signing_key(published):
    done = run_gauge("serve", GAUGE_KEYS_DIR=str(published.root / "keys"))
    assert (11, True) == (done.returncode, "signing" in done.stderr)


def test_serve_tells_every_wrong_setting_and_ends_with_2(published):
    done = run_gauge("serve", GAUGE_PORT="0", GAUGE_THREADS="0")
    assert 2 == done.returncode
    assert "GAUGE_PORT" in done.stderr
    assert "GAUGE_THREADS" in done.stderr


def test_serve_refuses_a_taken_port(published, start_service):
    port = start_service(published).url.rpartition(":")[2]
    done = run_gauge("serve", **{**published.environment(), "GAUGE_PORT": port})
    assert (12, True) == (done.returncode, "PORT=" in done.stderr)


def test_serve_names_the_setting_where_the_port_of_prometheus_is_taken(published, start_service):
    port = start_service(published).url.rpartition(":")[2]
    free = {**published.environment(), "GAUGE_PORT": str(free_port()), "GAUGE_METRICS_PORT": port}
    done = run_gauge("serve", **free)
    assert (12, "") == (done.returncode, done.stdout)
    assert "GAUGE_METRICS_PORT=" in done.stderr


def test_a_whole_deployment_has_no_fault_at_the_start(published, tmp_path):
    assert [] == faults_at_start(
        read_settings(
            index_dir=str(published.index),
            keys_dir=str(published.web_keys),
            state_dir=str(tmp_path / "state"),
        )
    )


def test_what_keeps_every_check_from_being_answered_is_told_at_the_start(tmp_path):
    (tmp_path / "state").write_text("no directory")
    places = {name: str(tmp_path / name) for name in ("index", "keys", "state")}
    settings = read_settings(**{f"{name}_dir": place for name, place in places.items()})
    assert [NO_KEYS, NO_INDEX, NO_STATE] == faults_at_start(settings)


def test_serving_tells_a_misspelt_setting_and_what_is_missing(published, start_service, tmp_path):
    given = {
        "GAUGE_INDEX_DIR": str(tmp_path),
        "GAUGE_NETWORK_CONECTIONS": "5",
        "GAUGE_LOG_LEVEL": "error",
    }
    output = start_service(published, given).output_text()
    assert "did you mean GAUGE_NETWORK_CONNECTIONS?" in output
    assert f"gauge: {NO_INDEX}; no check is answered" in output


@pytest.mark.parametrize(("hotline", "told"), [("", True), ("0000-88001234", False)])
def test_serving_tells_that_nobody_is_told_which_number_to_call(
    published, start_service, hotline, told
):
    output = start_service(published, {"GAUGE_HOTLINE": hotline}).output_text()
    assert told == (NO_HOTLINE in output)


def test_serve_with_redis_needs_the_key_that_workers_share(own_deployment):
    (own_deployment.web_keys / "limits").unlink()
    done = run_gauge("serve", **own_deployment.environment(), GAUGE_REDIS_URL="redis://127.0.0.1:1")
    assert 11 == done.returncode


@pytest.mark.parametrize("redis", [{}, {"redis_url": "redis://127.0.0.1"}])
def test_as_many_processes_as_processors_or_as_are_wanted(redis):
    assert os.cpu_count() == read_settings(**redis).processes
    assert 3 == read_settings(workers=3, **redis).processes


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


def test_the_demo_tells_whom_to_ask_about_to_see_each_answer(tmp_path):
    file = tmp_path / "to-try.csv"
    file.write_text(
        "shows,shows_in_part,name,id_type,id_number\n"
        "general contact,general contact,甲,passport,X1\nnot found,incomplete,乙,passport,X2\n",
        encoding="utf-8",
    )
    assert [
        "  to see general contact: passport  X1  甲",
        "  to see not found: passport  X2  乙",
    ] == demo_people(file)
    assert "  to see incomplete: passport  X2  乙" == demo_people(file, in_part=True)[1]
    assert [] == demo_people(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("named", "lacks"), [(["East"], False), (["East", "West"], True), ([], False)]
)
def test_the_demo_knows_whether_data_of_an_authority_are_missing(published, named, lacks):
    settings = read_settings(index_dir=str(published.index), authorities=json.dumps(named))
    assert lacks == lacks_authority(settings)


def test_the_service_ends_in_peace_when_told_to(published, start_service):
    service = start_service(published)
    assert 0 == service.stop()
    assert "Traceback" not in service.output_text()


def test_serving_prints_the_address_and_what_the_demo_needs(published, start_service):
    service = start_service(published, {"GAUGE_DEMO": "1", "GAUGE_LIMITS": "off"})
    output = service.output_text()
    assert service.url in output
    assert "█" in output
    assert "LIMITS ARE OFF" in output
