"""The words of answers, translated once: those of the language that is asked in."""

import pytest

from app.answer_pages.place_words import cabin_words, carriage_words
from app.answer_pages.texts import MODE_WORDS, RELATION_WORDS
from app.answer_pages.words import answer_words
from app.languages import languages
from exposure_index.label.model import Mode, Relation


@pytest.mark.parametrize("tag", languages())
def test_each_language_has_its_own_words(app_of, published, tag):
    with app_of(published).test_request_context(f"/?lang={tag}"):
        words = answer_words(tag)
        assert words is answer_words(tag)
        assert str(MODE_WORDS[Mode.TRAIN]) == words.modes[Mode.TRAIN]
        assert str(RELATION_WORDS[Relation.CREW]) == words.relations[Relation.CREW]
        for place_words, places in zip((carriage_words, cabin_words), words.places, strict=True):
            assert [place_words(number) for number in range(256)] == list(places)


def test_outside_a_request_nothing_is_remembered():
    assert "Train" == answer_words("ja").modes[Mode.TRAIN]
    assert answer_words("ja") is not answer_words("ja")


def test_the_language_is_that_asked_for_and_not_the_request_s(app_of, published):
    with app_of(published).test_request_context("/?lang=en"):
        assert "火车" == answer_words("zh-Hans").modes[Mode.TRAIN]
