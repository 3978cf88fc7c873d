import pytest

from exposure_index.identity.number_doubts import NUMBER_DOUBTS, number_doubt
from tests.fixtures.document_forms import DOUBT_OF_NUMBER, KIND_OF_NUMBER


@pytest.mark.parametrize(("number", "doubt"), DOUBT_OF_NUMBER.items())
def test_a_form_asks_about_a_number_that_may_not_be_the_document_s(number, doubt):
    assert doubt == number_doubt(number)


def test_every_doubt_has_a_number_that_shows_it():
    assert NUMBER_DOUBTS == {doubt for doubt in DOUBT_OF_NUMBER.values() if doubt}


def test_numbers_as_documents_have_them_are_not_asked_about():
    doubted = {number for number in KIND_OF_NUMBER if number_doubt(number)}
    assert {"99000O198001011230"} == doubted
