"""The folder of an evaluator's socket, and what a killed service leaves of it."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.evaluators import socket_folder
from app.evaluators.socket_folder import SocketFolder

HOLDER = """
import sys, time
from app.evaluators.socket_folder import SocketFolder
print(SocketFolder.make().path, flush=True)
time.sleep(3600)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("t")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(socket_folder, "SHORT_PARENT", folder)
    return folder


@pytest.fixture
def other_service(temporary):
    """Start a process that has made a folder, and return both."""
    running = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER],
            env={"TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process, Path(process.stdout.readline().strip())

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_it_is_for_this_user_alone():
    folder = SocketFolder.make()
    assert 0o700 == folder.path.stat().st_mode & 0o777
    folder.remove()


def test_nothing_is_left_at_the_end(temporary):
    folder = SocketFolder.make()
    (folder.path / ".4711").touch()
    folder.remove()
    assert [] == list(temporary.iterdir())


def test_that_of_a_killed_service_is_removed_at_the_next_start(other_service):
    process, left = other_service()
    (left / "socket").touch()
    process.kill()
    process.wait()
    folder = SocketFolder.make()
    assert (False, True) == (left.exists(), folder.path.exists())
    folder.remove()


def test_that_of_a_running_service_stays(other_service):
    _, theirs = other_service()
    folder = SocketFolder.make()
    assert theirs.exists()
    folder.remove()


def test_that_of_this_process_stays():
    first, second = SocketFolder.make(), SocketFolder.make()
    assert first.path.exists()
    first.remove()
    second.remove()


def test_one_that_is_just_being_made_stays(temporary):
    new = temporary / "gauge-evaluator-new"
    new.mkdir()
    SocketFolder.make().remove()
    assert new.exists()


@pytest.mark.parametrize("inside", [False, True], ids=["folder", "lock"])
def test_no_link_is_followed(temporary, tmp_path, inside):
    (tmp_path / "lock").write_text("kept")
    name = temporary / "gauge-evaluator-link"
    if inside:
        name.mkdir()
        (name / "lock").symlink_to(tmp_path / "lock")
    else:
        name.symlink_to(tmp_path)
    SocketFolder.make().remove()
    assert (True, "kept") == (name.exists(), (tmp_path / "lock").read_text())


def test_where_the_path_is_too_long_for_a_socket_a_shorter_one_is_taken(temporary, monkeypatch):
    deep = temporary / ("x" * 90)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    folder = SocketFolder.make()
    assert temporary == folder.path.parent
    assert [] == list(deep.iterdir())
    folder.remove()
