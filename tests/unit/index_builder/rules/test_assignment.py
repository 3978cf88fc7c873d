"""A rule set is assigned to its own disease only."""

import pytest

from index_builder.rules.assignment import (
    RuleSetOfAnotherDisease,
    RulesRefused,
    parse_rules,
    ways_out,
)


def test_a_set_without_a_disease_before_it_holds_for_its_own_alone():
    rules = parse_rules("nhc-2020-03")
    assert "nhc-2020-03" == rules.for_disease("covid-19").name
    assert rules.for_disease("tuberculosis") is None


def test_several_sets_may_be_named_each_for_its_own_disease():
    rules = parse_rules("nhc-2020-03,who-tb,麻疹=cdc-measles")
    assert {"covid-19", "tuberculosis", "measles"} == set(rules.by_disease)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("covid-19=nhc-2020-03,measles=who-tb", "who-tb is a rule set for tuberculosis, not for"),
        ("covid-19=nhc-2020-03,measles=who-tb", "for measles there is cdc-measles"),
        ("新冠=who-tb", "for covid-19 there is au-2020 or cdc-covid or"),
        ("influenza=nhc-2020-03", "not for influenza; none is shipped, name your own .toml, or"),
        ("influenza=nhc-2020-03", "--unruled influenza"),
    ],
)
def test_a_set_for_another_disease_is_refused_with_those_that_fit(text, message):
    with pytest.raises(RuleSetOfAnotherDisease) as refused:
        parse_rules(text)
    assert message in str(refused.value)


def test_the_way_out_names_the_sets_for_a_disease():
    assert "add tuberculosis=who-tb to --rules, or --unruled tuberculosis" == ways_out(
        "tuberculosis"
    )
    assert "add one of your own to --rules (mpox=FILE.toml)" in ways_out("mpox")


def test_diseases_may_go_without_a_set_where_that_is_said():
    assert {"measles", "west-nile"} == parse_rules("nhc-2020-03", ["麻疹", "West Nile"]).unruled


@pytest.mark.parametrize("unruled", ["新冠", "", "-", "x" * 61])
def test_what_has_a_set_or_no_name_cannot_be_left_out(unruled):
    with pytest.raises(RulesRefused, match="--unruled"):
        parse_rules("nhc-2020-03", [unruled])
