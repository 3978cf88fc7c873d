"""Published manifests by their SHA-256: no question goes through the archive."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from app.indexes.manifest_archive import ManifestArchive
from app.services import EXTENSION


@pytest.fixture
def archive_of():
    def make(root):
        archive = ManifestArchive(root)
        archive.look()
        return archive

    return make


@pytest.fixture
def readings(monkeypatch):
    """What was read or listed, in order."""
    paths = []

    def counted(name, real):
        def read(path=".", *arguments, **options):
            paths.append((name, str(path).rpartition(os.sep)[2]))
            return real(path, *arguments, **options)

        return read

    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, counted(name, getattr(os, name)))
    monkeypatch.setattr(os, "open", counted("read", os.open))
    monkeypatch.setattr(Path, "read_bytes", counted("read", Path.read_bytes))
    monkeypatch.setattr(Path, "glob", counted("glob", Path.glob))
    return paths


def manifests(index):
    return {sha256(f.read_bytes()).hexdigest(): f for f in (index / "manifests").iterdir()}


def test_every_manifest_that_was_published_is_found(archive_of, two_authorities):
    archive = archive_of(two_authorities.index)
    for name in ("a", "b"):
        ((digest, file),) = manifests(two_authorities.index / name).items()
        assert file.read_bytes() == archive.file_of(digest)


def test_questions_for_what_nobody_published_read_and_list_nothing(
    archive_of, own_deployment, readings
):
    archive = archive_of(own_deployment.index)
    readings.clear()
    assert {None} == {archive.file_of(sha256(bytes([n])).hexdigest()) for n in range(50)}
    assert [] == readings


def test_such_a_question_over_http_reads_and_lists_nothing(app_of, own_deployment, readings):
    client = app_of(own_deployment).test_client()
    client.get(f"/manifests/{'0' * 64}.json")  # loads what the first request loads
    readings.clear()
    assert 404 == client.get(f"/manifests/{'1' * 64}.json").status_code
    assert [] == readings


def test_a_question_reads_one_file(archive_of, own_deployment, readings):
    own_deployment.publish()
    archive = archive_of(own_deployment.index)
    digest, file = max(manifests(own_deployment.index).items(), key=lambda item: item[1])
    readings.clear()
    assert archive.file_of(digest)
    assert [("read", file.name)] == readings


def test_a_look_where_nothing_was_published_reads_and_lists_no_archive(
    archive_of, own_deployment, readings
):
    archive = archive_of(own_deployment.index)
    readings.clear()
    archive.look()
    assert [] == readings


def test_a_look_reads_only_what_was_published_since(archive_of, own_deployment, readings):
    archive = archive_of(own_deployment.index)
    own_deployment.publish()
    readings.clear()
    archive.look()
    assert [("scandir", "manifests"), ("read", "00000002.json")] == readings


def test_the_looks_of_the_service_take_new_manifests_in(app_of, own_deployment):
    app = app_of(own_deployment)
    own_deployment.publish()
    app.extensions[EXTENSION].reloader.reload()
    for digest in manifests(own_deployment.index):
        assert 200 == app.test_client().get(f"/manifests/{digest}.json").status_code


def test_a_file_that_was_changed_is_not_given_out(archive_of, own_deployment):
    archive = archive_of(own_deployment.index)
    ((digest, file),) = manifests(own_deployment.index).items()
    file.chmod(0o644)
    file.write_bytes(b"{}")
    assert archive.file_of(digest) is None


def test_a_manifest_that_is_gone_is_not_found(archive_of, own_deployment):
    archive = archive_of(own_deployment.index)
    ((digest, file),) = manifests(own_deployment.index).items()
    file.unlink()
    assert archive.file_of(digest) is None


def test_without_an_index_directory_nothing_is_found(archive_of, tmp_path):
    assert archive_of(tmp_path / "nothing").file_of("0" * 64) is None


def test_a_pipe_in_the_place_of_a_manifest_is_not_found(archive_of, own_deployment):
    archive = archive_of(own_deployment.index)
    ((digest, file),) = manifests(own_deployment.index).items()
    file.unlink()
    os.mkfifo(file)
    assert archive.file_of(digest) is None


def test_a_manifest_that_grew_beyond_its_limit_is_not_read(archive_of, own_deployment):
    archive = archive_of(own_deployment.index)
    ((digest, file),) = manifests(own_deployment.index).items()
    file.chmod(0o644)
    os.truncate(file, 1 << 40)
    assert archive.file_of(digest) is None


def test_a_pipe_in_the_archive_stops_no_look(archive_of, own_deployment):
    ((digest, file),) = manifests(own_deployment.index).items()
    os.mkfifo(file.parent / "00000000.json")
    assert file.read_bytes() == archive_of(own_deployment.index).file_of(digest)
