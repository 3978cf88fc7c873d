"""What rule sets say in further languages: whole, for sets that there are, and never instead."""

import tomllib
from importlib.resources import files

import pytest

from index_builder.rules.further_languages import FOLDER, further_languages
from index_builder.rules.rule_files import load_rule_set, rule_set_names
from index_builder.rules.rule_set import LANGUAGES

SETS = rule_set_names()


def translation(language):
    file = files("index_builder.rules") / FOLDER / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def test_japanese_and_korean_are_there():
    assert {"ja", "ko"} <= set(further_languages())
    assert not set(further_languages()) & set(LANGUAGES)


@pytest.mark.parametrize("language", further_languages())
def test_a_translation_is_of_sets_that_there_are(language):
    assert set(translation(language)) == set(SETS)


@pytest.mark.parametrize("language", further_languages())
@pytest.mark.parametrize("name", SETS)
def test_every_text_of_a_set_is_translated(name, language):
    rule_set = load_rule_set(name)
    assert language in rule_set.source_words
    for texts in (*rule_set.words.values(), *rule_set.advice.values()):
        assert set(LANGUAGES) < texts.keys()
        assert texts[language] not in [texts[other] for other in LANGUAGES]
    for steps in rule_set.advice.values():
        assert len(steps["en"]) == len(steps[language])


def test_a_set_that_borrows_zones_or_advice_borrows_the_translations():
    assert (
        load_rule_set("nhc-2022-06").words["train"]["ja"]
        == load_rule_set("nhc-2020-03").words["train"]["ja"]
    )
    assert (
        load_rule_set("au-2020").advice["close"]["ko"]
        == load_rule_set("nhc-2020-03").advice["close"]["ko"]
    )
