"""Names of diseases fold to one; what stands beside a known name makes another disease of it."""

import random

import pytest

from index_builder.rules.diseases import KNOWN_DISEASES, canonical_disease
from index_builder.rules.rule_files import load_rule_set, rule_set_names

CELLS = 10_000


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("COVID19", "covid-19"),
        ("Covid 19", "covid-19"),
        ("ＣＯＶＩＤ－１９", "covid-19"),
        ("新冠", "covid-19"),
        ("新冠肺炎", "covid-19"),
        ("新型冠狀病毒肺炎", "covid-19"),
        ("嚴重特殊傳染性肺炎", "covid-19"),
        ("2019-nCoV", "covid-19"),
        ("U07.1", "covid-19"),
        ("COVID-19（新冠肺炎）", "covid-19"),
        ("新冠肺炎 COVID-19", "covid-19"),
        ("2019冠状病毒病", "covid-19"),
        ("TB肺结核", "tuberculosis"),
        ("TB", "tuberculosis"),
        ("Tuberculosis", "tuberculosis"),
        ("肺结核", "tuberculosis"),
        ("肺結核", "tuberculosis"),
        ("measles", "measles"),
        ("麻疹", "measles"),
        ("", ""),
        ("-", ""),
    ],
)
def test_the_spellings_of_departments_fold_to_one_name(cell, name):
    assert name == canonical_disease(cell)


@pytest.mark.parametrize(
    "cell",
    ["measles, covid-19", "新冠 TB", "TB 1例", "麻疹、新冠", "not measles", "TB?2", "疑似新冠"],
)
def test_two_diseases_or_a_word_beside_one_are_none_that_is_known(cell):
    assert canonical_disease(cell) not in KNOWN_DISEASES


def test_an_unknown_word_is_a_disease_of_its_own_however_it_is_spaced():
    assert {"west-nile-fever"} == {
        canonical_disease(cell)
        for cell in ("West Nile fever", "west  nile-FEVER", "west_nile_fever")
    }


def test_a_cell_of_a_known_name_and_anything_else_is_never_that_name():
    draw = random.Random(12)  # noqa: S311 - repeatable, nothing secret
    letters = "abcdefgxyz0123456789肺疑似确诊非不例型甲乙"
    for _ in range(CELLS):
        name = draw.choice([*sorted(KNOWN_DISEASES), "新冠", "麻疹", "tb"])
        more = "".join(draw.choice(letters) for _ in range(draw.randint(2, 6)))
        between = draw.choice(["", " ", "，", "/", "（", "-", " and "])
        cell = f"{name}{between}{more}" if draw.random() < 0.5 else f"{more}{between}{name}"
        both = {canonical_disease(name), canonical_disease(more)}
        assert canonical_disease(cell) != canonical_disease(name) or len(both) == 1, cell


@pytest.mark.parametrize("name", rule_set_names())
def test_every_shipped_rule_set_is_for_a_disease_that_can_be_named(name):
    assert set(load_rule_set(name).diseases) <= KNOWN_DISEASES
