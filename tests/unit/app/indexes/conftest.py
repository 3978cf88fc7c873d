"""Index stores over what a test publishes, with a clock that it sets."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from app.indexes.rollback_guard import STATE_FILE, RollbackGuard
from app.indexes.serving_policy import ServingPolicy
from app.indexes.store import IndexStore
from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Signer, Trust


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = datetime.now(UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store_of(tmp_path, clock):
    def make(deployment, *authorities, state="state"):
        store = IndexStore(
            deployment.index,
            KeyRing.from_directory(deployment.web_keys, {}),
            RollbackGuard(tmp_path / state),
            clock,
            ServingPolicy(frozenset(authorities)),
        )
        store.reload()
        return store

    return make


def build_ids(store):
    return [manifest.build_id for manifest in store.snapshot().manifests]


@pytest.fixture
def two_authorities(own_deployment, tmp_path):
    own_deployment.index = tmp_path / "several"
    own_deployment.publish(to=own_deployment.index / "a", authority="甲")
    own_deployment.publish(
        to=own_deployment.index / "b", authority="乙", valid_for=timedelta(hours=1)
    )
    return own_deployment


@pytest.fixture
def own_keys(own_deployment, other_deployment, tmp_path):
    """Two authorities, 甲 with the keys of the service, the second one with keys of its own."""
    other = other_deployment
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    other.publish(to=several / "b")
    other.web_keys.rename(own_deployment.web_keys / "b")
    own_deployment.index = several
    return own_deployment, other


def add_signer(deployment):
    """Let one more person sign, as trust.json says it."""
    file = deployment.web_keys / "trust.json"
    trust = json.loads(file.read_bytes())
    other = Signer(b"\1" * 32)
    trust["keys"][other.id] = other.public_key.hex()
    file.chmod(0o600)
    file.write_text(json.dumps(trust))


def write_as_an_earlier_release(deployment, state):
    """Name what was served by the SHA-256 of the present trust.json."""
    trust = Trust.load(deployment.web_keys).as_document()
    (seqs,) = json.loads((state / STATE_FILE).read_bytes()).values()
    earlier = {sha256(canonical_bytes(trust)).hexdigest(): seqs}
    (state / STATE_FILE).write_text(json.dumps(earlier), "utf-8")


@pytest.fixture(params=["kept by this release", "kept by an earlier one"])
def with_one_more_signer(request, tmp_path):
    def change(deployment):
        if request.param == "kept by an earlier one":
            write_as_an_earlier_release(deployment, tmp_path / "state")
        add_signer(deployment)

    return change
