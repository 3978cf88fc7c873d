"""`gauge canary` against running services, as a timer would run it."""

import http.server
import os
import subprocess
import threading
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from exposure_index.crypto.keygen import generate_keys
from tests.fixtures.deployments import new_deployment
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.programs import BIN

LONG_AGO = timedelta(hours=30)
AGE, LIFE = timedelta(days=75), timedelta(days=365)  # 20 % for a day and a half to come


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory):
    """An index whose age in percent stands still, however long the tests take."""
    deployment = new_deployment(tmp_path_factory.mktemp("long-lived"))
    deployment.publish(built_at=datetime.now(UTC) - AGE, valid_for=LIFE)
    return deployment


@pytest.fixture(scope="module")
def service(start_module_service, long_lived):
    return start_module_service(long_lived)


def canary(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "GAUGE_KEYS_DIR"}
    return subprocess.run(
        [BIN / "gauge", "canary", "--timeout", "60", *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_a_healthy_service_is_told_with_its_age(service, long_lived):
    done = canary(service.url, "--trust", long_lived.web_keys / "trust.json")
    assert 0 == done.returncode, done.stderr
    assert f"{long_lived.authority}: seq 1, test record found" in done.stdout
    assert ", 20 % of its life over" in done.stdout
    assert "NOT checked" not in done.stdout


def test_without_trust_it_says_that_no_signature_was_checked(service):
    assert "signature NOT checked: give --trust FILE" in canary(service.url).stdout


def test_another_authority_s_trust_refuses_the_manifest(service, tmp_path):
    generate_keys(tmp_path / "keys")
    done = canary(service.url, "--trust", tmp_path / "keys" / "trust.json")
    assert (11, True) == (done.returncode, "manifest there is refused: signature" in done.stderr)


def test_half_of_the_life_over_calls_someone(start_service, own_deployment):
    own_deployment.publish(built_at=datetime.now(UTC) - LONG_AGO)
    service = start_service(own_deployment)
    done = canary(service.url)
    assert (11, True) == (done.returncode, "no newer index since 50 %" in done.stderr)
    assert 0 == canary(service.url, "--life-used", 90).returncode


def test_a_service_without_an_index_is_not_there(start_service, published, tmp_path):
    service = start_service(published, {"GAUGE_INDEX_DIR": str(tmp_path / "nothing")})
    done = canary(service.url)
    assert (12, True) == (done.returncode, "status 503" in done.stderr)


def test_the_private_check_is_probed_too(start_service, published_privately):
    service = start_service(published_privately)
    done = canary(service.url, "--trust", published_privately.web_keys / "trust.json")
    assert 0 == done.returncode, done.stderr
    assert " ms, privately in " in done.stdout


def test_damaged_buckets_are_noticed_though_the_plain_check_answers(
    start_service, own_private_deployment
):
    service = start_service(own_private_deployment, {"GAUGE_INDEX_RELOAD_SECONDS": "3600"})
    for bucket in (own_private_deployment.index / "current" / "b").iterdir():
        data = bytearray(bucket.read_bytes())
        data[-1] ^= 1
        bucket.chmod(0o644)
        bucket.write_bytes(data)
    done = canary(service.url)
    assert 11 == done.returncode
    assert "the private check cannot answer: bucket: path" in done.stderr


def test_nothing_at_the_address_is_not_there():
    done = canary("http://127.0.0.1:9")
    assert (12, True) == (done.returncode, "cannot be reached" in done.stderr)


def test_an_address_without_a_scheme_is_told():
    assert 2 == canary("check.example.org").returncode


class FalseNotFound(http.server.BaseHTTPRequestHandler):
    """A front that passes the list of indexes on and answers every check with not_found."""

    manifests = b""

    def do_GET(self) -> None:
        self._reply(self.manifests)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._reply(b'{"status":"not_found","exposures":[],"total":0,"index":[]}')

    def _reply(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_front_that_answers_not_found_to_everybody_is_noticed(service):
    with urllib.request.urlopen(
        f"{service.url}/api/v1/index", timeout=PATIENCE_SECONDS
    ) as response:
        FalseNotFound.manifests = response.read()
    front = http.server.HTTPServer(("127.0.0.1", 0), FalseNotFound)
    threading.Thread(target=front.serve_forever, daemon=True).start()
    try:
        done = canary(f"http://127.0.0.1:{front.server_port}")
    finally:
        front.shutdown()
        front.server_close()
    assert (11, True) == (done.returncode, "was not found" in done.stderr)
