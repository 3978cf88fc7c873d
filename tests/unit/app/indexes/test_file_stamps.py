import os

from app.indexes.file_stamps import file_stamp
from tests.fixtures.patience import wait_until


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


def rewrite(file, before):
    """Write other bytes of the same length, and set the time of modification back."""
    with file.open("r+b") as stream:
        stream.write(b"b")
    os.utime(file, ns=(before.modified_ns, before.modified_ns))


def test_a_file_that_was_rewritten_with_its_old_time_has_another_stamp(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"a")
    before = file_stamp(file)
    assert before is not None

    def notices():
        rewrite(file, before)  # again, where the kernel's clock has not ticked since
        return before != file_stamp(file)

    assert wait_until(notices)
    after = file_stamp(file)
    assert after is not None
    assert (before.modified_ns, before.size_bytes) == (after.modified_ns, after.size_bytes)
