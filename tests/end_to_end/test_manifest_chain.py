"""`gauge manifest` against a running service and its directory."""

import hashlib
import os
import shutil
import subprocess
import urllib.error
import urllib.request

import pytest

from exposure_index.crypto.keygen import generate_keys
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.programs import BIN


@pytest.fixture(scope="module")
def deployment(published, tmp_path_factory):
    """A deployment with three builds."""
    own = published.copied_to(tmp_path_factory.mktemp("chain") / "deployment")
    for _ in range(2):
        own.publish()
    return own


@pytest.fixture(scope="module")
def service(start_module_service, deployment):
    return start_module_service(deployment)


def gauge_manifest(*arguments: object, ok: int = 0) -> str:
    done = subprocess.run(
        [BIN / "gauge", "manifest", *map(str, arguments)],
        env={name: value for name, value in os.environ.items() if name != "GAUGE_KEYS_DIR"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert ok == done.returncode, done.stderr
    return done.stdout + done.stderr


def test_a_service_leads_back_to_its_first_manifest(service, deployment):
    output = gauge_manifest("verify", service.url, "--trust", deployment.web_keys / "trust.json")
    assert "seq 3 leads back to seq 1, 3 manifests; signed by others than today: none" in output


def test_a_copy_kept_is_found_again(service, deployment, tmp_path):
    kept = tmp_path / "kept.json"
    assert "seq 3, " in gauge_manifest("save", service.url, "--out", kept)
    trust = ("--trust", deployment.web_keys / "trust.json")
    output = gauge_manifest("verify", service.url, *trust, "--earlier", kept)
    assert "seq 3 leads back to seq 3, 1 manifests" in output
    first = deployment.index / "manifests" / "00000001.json"
    output = gauge_manifest("verify", deployment.index, *trust, "--earlier", first)
    assert "seq 3 leads back to seq 1, 3 manifests" in output


def test_a_manifest_taken_back_is_noticed(deployment, tmp_path):
    shutil.copytree(deployment.index, tmp_path / "index", symlinks=True)
    forged = tmp_path / "index" / "manifests" / "00000002.json"
    forged.write_bytes(forged.read_bytes().replace(b'"size_class":150000', b'"size_class":1500000'))
    trust = ("--trust", deployment.web_keys / "trust.json")
    output = gauge_manifest("verify", tmp_path / "index", *trust, ok=11)
    assert "missing in the archive" in output


def test_every_published_manifest_is_served_and_may_be_kept(service, deployment):
    for file in (deployment.index / "manifests").iterdir():
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        with urllib.request.urlopen(f"{service.url}/manifests/{digest}.json") as response:
            assert file.read_bytes() == response.read()
            assert "public, immutable, max-age=172800" == response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["00" * 32, "x", "..%2f..%2ftrust", "00000001"])
def test_no_other_file_is_served(service, name):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{service.url}/manifests/{name}.json", timeout=PATIENCE_SECONDS)
    assert 404 == refused.value.code
    assert "no-store" in refused.value.headers["Cache-Control"]


def test_another_authority_s_trust_refuses_the_chain(service, tmp_path):
    generate_keys(tmp_path / "keys")
    output = gauge_manifest(
        "verify", service.url, "--trust", tmp_path / "keys" / "trust.json", ok=11
    )
    assert "signature" in output or "signed" in output


def test_nothing_at_the_address_is_told(deployment):
    trust = ("--trust", deployment.web_keys / "trust.json")
    gauge_manifest("verify", "http://127.0.0.1:9", *trust, ok=12)
