import pytest

from exposure_index.errors import Malformed
from exposure_index.files.index_directory import build_directory, index_directories


def test_one_authority_or_one_build_is_one_index(published_once):
    build = (published_once.out / "current").resolve()
    assert [published_once.out] == index_directories(published_once.out)
    assert [build] == index_directories(build)


def test_authorities_stand_side_by_side_and_an_empty_one_counts(tmp_path, copied):
    root = tmp_path / "all"
    (root / "b").mkdir(parents=True)
    (root / ".hidden").mkdir()
    copied.out.rename(root / "a")
    assert [root / "a", root / "b"] == index_directories(root)
    assert [] == index_directories(root / "b")
    assert [] == index_directories(tmp_path / "absent")


def test_an_authority_that_has_only_candidates_is_itself_the_index(site):
    site.candidate()
    assert [site.out] == index_directories(site.out)


def test_a_link_to_itself_is_no_index(tmp_path):
    (tmp_path / "current").symlink_to("current")
    with pytest.raises(Malformed):
        build_directory(tmp_path)
