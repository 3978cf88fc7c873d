import pytest

from app.commands.serve import demo_people, public_address
from app.settings import read_settings
from tests.unit.app.commands.conftest import run_gauge


def test_serve_refuses_a_readable_signing_key(published):
    done = run_gauge("serve", GAUGE_KEYS_DIR=str(published.root / "keys"))
    assert (11, True) == (done.returncode, "signing" in done.stderr)


def test_serve_tells_every_wrong_setting_and_ends_with_2(published):
    done = run_gauge("serve", GAUGE_PORT="0", GAUGE_THREADS="0")
    assert 2 == done.returncode
    assert "GAUGE_PORT" in done.stderr
    assert "GAUGE_THREADS" in done.stderr


def test_serve_refuses_a_taken_port(published, service_starter):
    port = service_starter(published).url.rpartition(":")[2]
    done = run_gauge("serve", **{**published.environment(), "GAUGE_PORT": port})
    assert (12, True) == (done.returncode, "PORT=" in done.stderr)


def test_serve_with_redis_needs_the_key_that_workers_share(own_deployment):
    (own_deployment.web_keys / "limits").unlink()
    done = run_gauge("serve", **own_deployment.environment(), GAUGE_REDIS_URL="redis://127.0.0.1:1")
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
