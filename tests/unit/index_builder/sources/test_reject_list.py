"""A reject list belongs to one build, and old ones make room."""

import os

import pytest

from index_builder.sources.reject_list import REJECT_LISTS_KEPT, RejectList, reject_list_path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def written(folder, out, build_id=None, row=2):
    with RejectList(folder, out) as rejects:
        rejects.reject("legs", row, "mode", "unknown")
        if build_id:
            rejects.belongs_to(build_id)
    return rejects.path


def test_two_builds_at_once_keep_two_lists(folder, tmp_path):
    with RejectList(folder, tmp_path) as first, RejectList(folder, tmp_path) as second:
        first.reject("legs", 2, "mode", "unknown")
        second.reject("legs", 3, "mode", "unknown")
    assert "legs,2,mode,unknown" in first.path.read_text("utf-8")
    assert "legs,3,mode,unknown" in second.path.read_text("utf-8")
    assert "legs,2" not in second.path.read_text("utf-8")


def test_the_list_of_a_build_is_named_for_it(folder, tmp_path):
    assert reject_list_path(tmp_path, "a" * 32) == written(folder, tmp_path, "a" * 32)
    assert [] == list(folder.iterdir())


def test_a_refusal_without_a_row_leaves_no_list(folder, tmp_path):
    with RejectList(folder, tmp_path):
        pass
    assert [folder] == list(tmp_path.iterdir())


def test_the_newest_lists_stay_and_other_files_are_left_alone(folder, tmp_path):
    other = tmp_path / "rejects" / "notes.csv"
    other.parent.mkdir()
    other.touch()
    paths = [written(folder, tmp_path, f"{number:032x}") for number in range(REJECT_LISTS_KEPT)]
    for age, path in enumerate(paths):
        os.utime(path, (age, age))
    newest = written(folder, tmp_path)
    assert not paths[0].exists()
    assert {other, newest, *paths[1:]} == set(other.parent.iterdir())
