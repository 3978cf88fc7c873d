import fcntl

import pytest

from exposure_index import atomic_files
from exposure_index.atomic_files import only_writer


def test_whole_files_replace_and_never_follow_what_was_left(tmp_path):
    (tmp_path / ".a.new").write_text("left by a kill")
    atomic_files.write_whole(tmp_path / "a", b"one")
    atomic_files.write_whole(tmp_path / "a", b"two")
    assert b"two" == (tmp_path / "a").read_bytes()
    assert ["a"] == [path.name for path in tmp_path.iterdir()]


def test_a_second_writer_waits(tmp_path):
    def take():
        with (tmp_path / ".lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    with only_writer(tmp_path), pytest.raises(BlockingIOError):
        take()
    take()
