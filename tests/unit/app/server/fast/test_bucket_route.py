"""A bucket in memory is answered by the event loop as by the view; every other one by the view."""

import os
from errno import EIO

import pytest

from app.server.application import put_front_before
from tests.fixtures.front_requests import header_texts

PEER = "127.0.0.1"
OTHER_ADDRESSES = {
    "a query": lambda path: path + "?x=1",
    "a question mark": lambda path: path + "?",
    "past the last": lambda path: path[:-8] + "ffffffff",
    "too short": lambda path: path[:-1],
    "in upper case": lambda path: path[:-8] + "0000000A",
    "in percents": lambda path: path[:-1] + "%30",
    "of another file": lambda path: path[:-8] + "../manifest.json",
    "with a slash": lambda path: path + "/",
    "with two slashes": lambda path: "/" + path,
    "of an unknown build": lambda _: "/b/" + "0" * 32 + "/00000000",
    "of the folder": lambda _: "/b",
}


@pytest.fixture
def app(private_app):
    return private_app()


@pytest.fixture
def path(private_checker):
    return private_checker.bucket_path(private_checker.manifest(), 0)


@pytest.fixture
def file(own_private_deployment, app_of, private_checker_of):
    """The file of a bucket that a test may change, its app and its path."""
    app = app_of(own_private_deployment)
    manifest = private_checker_of(app).manifest()
    file = own_private_deployment.index / manifest.build_id / "b" / "00000000"
    return file, app, f"/b/{manifest.build_id}/00000000"


def by_loop(app, path, headers=(), method="GET"):
    routes = put_front_before(app).loop_routes
    request = routes.match(method, path, headers)
    return None if request is None else routes.respond(request, PEER, b"")


def file_system_tells(folder):
    """Return whether the kernel tells here what is in memory: on tmpfs it does not."""
    file = folder / "tells"
    file.write_bytes(b"1")
    with file.open("rb") as stream:
        try:
            return os.preadv(stream.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT) == 1
        except OSError:
            return False


def test_a_bucket_is_answered_with_status_headers_and_bytes_of_the_view(app, path, tmp_path):
    view, loop = app.test_client().get(path), by_loop(app, path)
    assert file_system_tells(tmp_path) == (loop is not None)
    if loop is not None:
        assert (200, view.data) == (loop.status, loop.body)
        assert sorted(view.headers.items()) == sorted(header_texts(loop.headers))


@pytest.mark.parametrize("name", OTHER_ADDRESSES)
def test_another_address_is_left_to_the_view(app, path, name):
    assert by_loop(app, OTHER_ADDRESSES[name](path)) is None


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_another_method_is_left_to_the_view(app, path, method):
    response = by_loop(app, path, method=method)
    assert response is None


def test_a_header_that_the_view_must_judge_leaves_it_to_the_view(app, path):
    assert by_loop(app, path, [(b"x-gauge-proof", b"none")]) is None


def test_both_count_for_one_limit_of_pages(private_app, path, tmp_path):
    if not file_system_tells(tmp_path):
        pytest.skip("the file system does not tell what is in memory")
    app = private_app(network_pages=2)
    assert 200 == by_loop(app, path).status
    assert 200 == app.test_client().get(path).status_code
    loop, view = by_loop(app, path), app.test_client().get(path)
    assert (429, 429) == (loop.status, view.status_code)
    assert view.data == loop.body


def test_what_is_left_to_the_view_is_not_counted(private_app, path, monkeypatch):
    def would_wait(*_):
        raise BlockingIOError

    app = private_app(network_pages=1)
    with monkeypatch.context() as only_now:
        only_now.setattr(os, "preadv", would_wait)
        assert [None] * 3 == [by_loop(app, path) for _ in range(3)]
    assert [200, 429] == [app.test_client().get(path).status_code for _ in range(2)]


@pytest.mark.parametrize("damage", ["gone", "cut short", "longer"])
def test_what_is_wrong_with_a_file_is_found_by_the_view(file, damage):
    bucket, app, path = file
    bucket.parent.chmod(0o755)
    bucket.chmod(0o644)
    if damage == "gone":
        bucket.unlink()
    else:
        data = bucket.read_bytes()
        bucket.write_bytes(data[:-1] if damage == "cut short" else data + b"x")
    assert by_loop(app, path) is None
    assert 503 == app.test_client().get(path).status_code


def test_a_disk_that_fails_is_told_by_the_view(app, path, monkeypatch):
    def fails(*_):
        raise OSError(EIO, "the disk")

    monkeypatch.setattr(os, "preadv", fails)
    assert by_loop(app, path) is None
