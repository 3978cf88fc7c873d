import pytest

from exposure_index.identity.glued_titles import with_titles_as_names, without_glued_titles
from exposure_index.identity.name_words import TITLES


def stripped(name):
    return [" ".join(words) for words in without_glued_titles(name.split())]


@pytest.mark.parametrize("title", sorted(TITLES))
def test_every_title_may_be_glued_behind(title):
    assert "OEZ JOHN" in stripped(f"OEZ JOHN{title}")


@pytest.mark.parametrize("title", sorted(TITLES))
def test_every_title_may_be_glued_before(title):
    assert "OEZ JOHN" in stripped(f"{title}OEZ JOHN")
    assert "OEZ JOHN" in stripped(f"OEZ {title}JOHN")


def test_the_title_behind_the_last_word_comes_first():
    assert "OEZ JOHN" == stripped("OEZ JOHNMR")[0]


def test_titles_that_overlap_are_all_tried():
    assert ["OEZ", "SOEZ"] == stripped("MRSOEZ")


def test_two_titles_behind_one_another_go():
    assert ["OEZ JOHNMR", "OEZ JOHN"] == stripped("OEZ JOHNMRJR")


def test_a_name_keeps_two_letters():
    assert [] == stripped("OEZ AMR")


def test_a_name_without_title_stays_alone():
    assert [] == stripped("OEZ ANNA")


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("UM KULTHUM", "UMKULTHUM"),
        ("SR IVASTAVA MR", "SRIVASTAVA"),
        ("SOPHEAP IV", "SOPHEAPIV"),
        ("DR AGO ANA", "DRAGOANA"),
    ],
)
def test_what_looks_like_a_title_may_be_a_part_of_a_name(name, joined):
    assert (joined,) == with_titles_as_names(name.split())


@pytest.mark.parametrize("name", ["OEZ JOHN JR", "MR OEZ JOHN", "OEZ MS", "DR", "OEZ JOHN"])
def test_other_titles_are_titles(name):
    assert () == with_titles_as_names(name.split())
