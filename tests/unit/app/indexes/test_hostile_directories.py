"""A writer without a key stops no look: pipes, endless files, manifests that nobody could sign."""

import json
import os
from datetime import UTC, datetime

import pytest

from app.indexes.keyrings import Keyrings
from app.indexes.private_discovery import PrivateDiscovery
from exposure_index.crypto.keys import KeyRing
from exposure_index.files.manifest import Manifest
from exposure_index.lookup.open_index import OpenIndex
from tests.unit.app.indexes.conftest import build_ids


def pipe(file):
    os.mkfifo(file)


def endless(file):
    file.touch()
    os.truncate(file, 1 << 40)


def lone_surrogate(file):
    file.write_text(json.dumps({"authority": "\ud800"}), "ascii")


def unsigned_surrogate(file):
    """Write the manifest of the other directory, of an authority that no text can spell."""
    document = json.loads((file.parent.parent / "a" / "current" / "manifest.json").read_bytes())
    file.write_text(json.dumps({**document, "authority": "\ud800"}), "ascii")


HOSTILE = pytest.mark.parametrize("put", [pipe, endless, lone_surrogate, unsigned_surrogate])


@pytest.fixture
def stray(two_authorities):
    directory = two_authorities.index / "0"  # looked at first
    directory.mkdir()
    return directory


@HOSTILE
def test_a_stray_directory_stops_no_look_at_the_others(store_of, two_authorities, stray, put):
    put(stray / "manifest.json")
    store = store_of(two_authorities)
    newer = two_authorities.publish(to=two_authorities.index / "a", authority="甲")
    store.reload()
    assert newer in build_ids(store)


@HOSTILE
def test_it_is_told_of_and_makes_answers_incomplete(store_of, two_authorities, stray, put):
    put(stray / "manifest.json")
    state = store_of(two_authorities).readiness()
    assert (True, False) == (state.ready, state.complete)
    assert "malformed" in state.reasons


@pytest.mark.parametrize(
    ("name", "reason"),
    [("manifest.json", "malformed"), ("plain.idx", "checksum"), ("trips.idx", "checksum")],
)
def test_a_pipe_in_the_place_of_a_file_of_a_build_is_refused(
    store_of, own_deployment, name, reason
):
    build = (own_deployment.index / "current").resolve()
    (build / name).unlink()
    os.mkfifo(build / name)
    assert (reason,) == store_of(own_deployment).readiness().reasons


@pytest.mark.parametrize(("name", "reason"), [("trust.json", "trust"), ("root_plain", "key")])
def test_a_pipe_in_the_place_of_a_key_is_refused(store_of, own_deployment, name, reason):
    (own_deployment.web_keys / name).unlink()
    os.mkfifo(own_deployment.web_keys / name)
    assert (reason,) == store_of(own_deployment).readiness().reasons


def test_a_pipe_in_the_state_directory_is_refused(store_of, own_deployment, tmp_path):
    (tmp_path / "state").mkdir()
    os.mkfifo(tmp_path / "state" / "highest-seq.json")
    assert ("state",) == store_of(own_deployment).readiness().reasons


@pytest.fixture
def error_in_a(monkeypatch):
    """Let opening the directory ``a`` end in an error that no check foresaw."""
    real, broken = OpenIndex.open, [True]

    def fails(path, *arguments, **options):
        if broken[0] and path.parent.name == "a":
            raise MemoryError
        return real(path, *arguments, **options)

    monkeypatch.setattr(OpenIndex, "open", fails)
    return broken


def test_an_error_that_no_check_foresaw_is_a_refusal_of_one_directory(
    store_of, two_authorities, error_in_a
):
    store = store_of(two_authorities)
    assert ["乙"] == [one.authority for one in store.snapshot().manifests]
    assert "unreadable" in store.readiness().reasons


def test_such_a_directory_is_tried_again(store_of, two_authorities, error_in_a):
    store = store_of(two_authorities)
    error_in_a[0] = False
    store.reload()
    assert 2 == len(build_ids(store))


def test_the_private_check_looks_at_the_others_too(own_private_deployment):
    index = own_private_deployment.index
    (index / "0").mkdir()
    document = json.loads((index / "current" / "manifest.json").read_bytes())
    text = json.dumps({**document, "authority": "\ud800"})
    (index / "0" / "manifest.json").write_text(text, "ascii")
    keys = KeyRing.from_directory(own_private_deployment.web_keys, {})
    assert 1 == len(PrivateDiscovery(index, Keyrings(keys)).discover(datetime.now(UTC)))


def test_an_error_that_no_check_foresaw_ends_no_private_look(own_private_deployment, monkeypatch):
    index = own_private_deployment.index
    (index / "0").mkdir()
    (index / "0" / "manifest.json").touch()
    real = Manifest.load

    def fails(path):
        if path.parent.name == "0":
            raise MemoryError
        return real(path)

    monkeypatch.setattr(Manifest, "load", fails)
    keys = KeyRing.from_directory(own_private_deployment.web_keys, {})
    assert 1 == len(PrivateDiscovery(index, Keyrings(keys)).discover(datetime.now(UTC)))
