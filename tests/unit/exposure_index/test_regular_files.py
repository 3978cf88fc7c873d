"""Files opened without waiting, and read to a limit."""

import errno
import os
import socket

import pytest

from exposure_index.regular_files import NotRegular, open_regular, read_cached, read_regular
from tests.fixtures.open_files import times_open


def test_a_regular_file_is_read_whole(tmp_path):
    (tmp_path / "file").write_bytes(b"12345")
    assert b"12345" == read_regular(tmp_path / "file", 5)


def test_a_file_beyond_its_limit_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"12345")
    with pytest.raises(NotRegular):
        read_regular(tmp_path / "file", 4)


def tells_what_is_cached(path):
    """Return whether the kernel tells what it has of a file in memory: on tmpfs it does not."""
    path.read_bytes()
    with path.open("rb") as file:
        try:
            return os.preadv(file.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT) == 1
        except OSError:
            return False


def test_a_file_in_memory_is_read_without_waiting(tmp_path):
    data = os.urandom(9_000)
    (tmp_path / "file").write_bytes(data)
    expected = data if tells_what_is_cached(tmp_path / "file") else None
    assert expected == read_cached(tmp_path / "file", len(data))


def test_a_file_of_which_a_part_would_be_waited_for_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(bytes(9_000))
    monkeypatch.setattr(os, "preadv", lambda *_: 4_096)  # as the kernel tells it
    assert read_cached(tmp_path / "file", 9_000) is None


@pytest.mark.parametrize("error", [BlockingIOError(), OSError(errno.EOPNOTSUPP, "")])
def test_where_the_kernel_cannot_tell_nothing_is_read(tmp_path, monkeypatch, error):
    def refuses(*_):
        raise error

    (tmp_path / "file").write_bytes(b"12345")
    monkeypatch.setattr(os, "preadv", refuses)
    assert read_cached(tmp_path / "file", 5) is None


@pytest.mark.parametrize("length", [4, 6])
def test_a_file_of_another_length_is_refused(tmp_path, length):
    (tmp_path / "file").write_bytes(b"12345")
    with pytest.raises(NotRegular):
        read_cached(tmp_path / "file", length)


def test_a_file_without_an_end_that_the_kernel_tells_is_refused_too():
    with pytest.raises(NotRegular):
        read_regular("/proc/self/environ", 1)


def test_a_link_to_a_regular_file_is_followed(tmp_path):
    (tmp_path / "file").write_bytes(b"1")
    (tmp_path / "link").symlink_to("file")
    assert b"1" == read_regular(tmp_path / "link", 1)


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotRegular):
        open_regular(tmp_path / "pipe")


@pytest.mark.parametrize("path", ["/dev/zero", "/proc"])
def test_a_device_and_a_directory_are_refused(path):
    with pytest.raises(NotRegular):
        open_regular(path)


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        with pytest.raises(OSError, match="socket"):
            open_regular("socket")


def test_what_is_refused_leaves_no_file_open(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotRegular):
        open_regular(tmp_path / "pipe")
    assert 0 == times_open(tmp_path / "pipe")
