"""The private folder: nobody else enters it, and only a dead build's is taken away."""

import os
import stat
from pathlib import Path

import duckdb
import pytest

from index_builder.runtime.workspace import Workspace


def test_the_folder_is_its_owners_alone(tmp_path):
    with Workspace(tmp_path) as work:
        assert 0o700 == stat.S_IMODE(work.folder.stat().st_mode)
    assert not work.folder.exists()


def test_an_engine_of_another_process_is_given_the_whole_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Workspace(Path("out")) as work:
        assert work.folder.is_absolute()


def test_nothing_is_left_of_it(tmp_path):
    with Workspace(tmp_path):
        pass
    assert [] == list(tmp_path.iterdir())


def test_an_engine_is_closed_beside_what_is_done_next(tmp_path):
    with Workspace(tmp_path) as work:
        stored = work.small("stored", {"number": "int64"}, [(1,)])
        work.close_engine().result()
        with pytest.raises(duckdb.ConnectionException):
            stored.to_pyarrow()
    assert [] == list(tmp_path.iterdir())


def test_a_living_build_keeps_its_folder_whatever_its_process_number_says(tmp_path):
    with Workspace(tmp_path) as living:
        # As seen from another container: no process of this number here.
        elsewhere = living.folder.rename(tmp_path / ".build-999999999-abc")
        with Workspace(tmp_path):
            assert (elsewhere / "work.duckdb").exists()


def test_a_dead_builds_folder_goes_although_its_process_number_lives(tmp_path):
    left = tmp_path / f".build-{os.getpid()}-abc"
    left.mkdir()
    with Workspace(tmp_path):
        assert not left.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_another_users_folder_stops_nobody(tmp_path):
    other = tmp_path / ".build-1-abc"
    other.mkdir(mode=0o000)
    with Workspace(tmp_path):
        assert other.exists()
