import random

import pytest

from exposure_index.identity.number_doubts import NUMBER_DOUBTS, number_doubt
from tests.fixtures.document_forms import DOUBT_OF_NUMBER, DOUBT_UNDER_A_KIND, KIND_OF_NUMBER


@pytest.mark.parametrize(("number", "doubt"), DOUBT_OF_NUMBER.items())
def test_a_form_asks_about_a_number_that_may_not_be_the_document_s(number, doubt):
    assert doubt == number_doubt(number)


@pytest.mark.parametrize(("chosen", "doubt"), DOUBT_UNDER_A_KIND.items())
def test_what_may_be_no_number_is_asked_about_under_a_kind_that_was_chosen_too(chosen, doubt):
    kind, number = chosen
    assert doubt == number_doubt(number, kind)


@pytest.mark.parametrize("number", DOUBT_OF_NUMBER)
def test_of_another_document_any_number_is_taken(number):
    assert number_doubt(number, "other") is None


def test_every_doubt_has_a_number_that_shows_it():
    assert NUMBER_DOUBTS == {doubt for doubt in DOUBT_OF_NUMBER.values() if doubt}


def test_numbers_as_documents_have_them_are_not_asked_about():
    doubted = {number for number in KIND_OF_NUMBER if number_doubt(number)}
    assert {"99000O198001011230"} == doubted


@pytest.mark.parametrize("between", ["", " ", "-"])
def test_no_number_in_groups_is_asked_about(between):
    """Groups as people write them; the numbers are drawn."""
    chance = random.Random(55)  # noqa: S311 - draws test cases
    for groups in ("A44", "AA34", "A4", "A333", "644", "684", "662", "66", "444", "67"):
        for _ in range(200):
            number = between.join(_group(chance, group) for group in groups)
            assert number_doubt(number) is None, number


def _group(chance, group):
    if group == "A":
        return chance.choice("DEGHKLMP")
    return "".join(chance.choices("0123456789", k=int(group)))
