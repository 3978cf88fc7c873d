import pytest

from exposure_index.identity.name_doubts import whole_names
from exposure_index.identity.whole_name import WHOLE_NAME_DOUBTS, whole_name_doubt
from tests.fixtures.form_names import DOUBT_OF_NAME


@pytest.mark.parametrize(("name", "doubt"), DOUBT_OF_NAME.items())
def test_a_form_asks_about_a_name_that_looks_as_if_it_were_not_whole(name, doubt):
    assert doubt == whole_name_doubt(name)


def test_every_doubt_has_a_name_that_shows_it():
    assert WHOLE_NAME_DOUBTS == {doubt for doubt in DOUBT_OF_NAME.values() if doubt}


@pytest.mark.parametrize("doubt", ["initials", "single_word", "surname_only", "several"])
def test_what_a_form_asks_about_is_no_whole_name_to_a_build_either(doubt):
    for name in (name for name, found in DOUBT_OF_NAME.items() if found == doubt):
        names = whole_names(name)
        assert not (names.latin if doubt in ("initials", "single_word") else names.han), name
