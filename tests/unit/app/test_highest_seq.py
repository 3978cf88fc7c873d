import pytest

from app.highest_seq import STATE_FILE, HighestSeq, StateUnusable


def test_the_highest_sequence_of_each_authority_outlives_the_process(tmp_path):
    HighestSeq(tmp_path / "new").remember("trust", "甲", 7)
    HighestSeq(tmp_path / "new").remember("trust", "乙", 2)
    assert {"甲": 7, "乙": 2} == HighestSeq(tmp_path / "new").known("trust")


def test_a_lower_sequence_changes_nothing(tmp_path):
    highest = HighestSeq(tmp_path)
    highest.remember("trust", "甲", 7)
    highest.remember("trust", "甲", 6)
    assert {"甲": 7} == highest.known("trust")


def test_another_trust_begins_anew(tmp_path):
    highest = HighestSeq(tmp_path)
    highest.remember("old", "甲", 7)
    highest.remember("new", "甲", 1)
    assert ({"甲": 7}, {"甲": 1}) == (highest.known("old"), highest.known("new"))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"trust": 5}', '{"trust": {"a": "x"}}'])
def test_a_damaged_file_is_not_taken_for_an_empty_one(tmp_path, content):
    (tmp_path / STATE_FILE).write_text(content)
    with pytest.raises(StateUnusable):
        HighestSeq(tmp_path).known("trust")
    with pytest.raises(StateUnusable):
        HighestSeq(tmp_path).remember("trust", "甲", 1)


def test_a_directory_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StateUnusable):
        HighestSeq(tmp_path / "file" / "state").remember("trust", "甲", 1)
