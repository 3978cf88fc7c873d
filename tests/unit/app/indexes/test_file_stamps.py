import os

from app.indexes.file_stamps import file_stamp


def test_a_file_that_nobody_touched_keeps_its_stamp(tmp_path):
    (tmp_path / "file").write_text("a")
    assert file_stamp(tmp_path / "file") == file_stamp(tmp_path / "file")


def test_a_file_that_another_one_took_the_place_of_has_another_stamp(tmp_path):
    file, other = tmp_path / "file", tmp_path / "other"
    file.write_text("a")
    other.write_text("b")
    before = file_stamp(file)
    assert before is not None
    os.utime(other, ns=(before.modified_ns, before.modified_ns))
    other.replace(file)
    assert before != file_stamp(file)


def test_a_file_that_is_not_there_has_none(tmp_path):
    assert file_stamp(tmp_path / "file") is None
