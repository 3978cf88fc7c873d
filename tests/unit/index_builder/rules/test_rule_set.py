"""Every shipped rule set is whole, and says what the sources say."""

import tomllib
from importlib.resources import files

import pytest

from exposure_index.label.model import Mode, Tier
from index_builder.rules.assignment import RulesRefused, parse_rules
from index_builder.rules.rule_files import RuleSetUnknown, load_rule_set, rule_set_names


@pytest.mark.parametrize("name", rule_set_names())
def test_a_shipped_rule_set_is_whole(name):
    rule_set = load_rule_set(name)
    assert name == rule_set.name
    assert rule_set.source
    assert all(set(words) >= {"en", "zh-Hans", "zh-Hant"} for words in rule_set.words.values())


def test_no_number_stands_for_two_rule_sets():
    registry = tomllib.loads((files("index_builder.rules") / "registry.toml").read_text("utf-8"))
    numbers = list(registry["numbers"].values())
    assert len(numbers) == len(set(numbers))
    assert set(rule_set_names()) <= set(registry["numbers"])


def test_nhc_2020_03_is_as_the_plan_has_it():
    rule_set = load_rule_set("nhc-2020-03")
    flight = rule_set.zone_for(Mode.FLIGHT, "hard_seat", aircon=True)
    sleeper = rule_set.zone_for(Mode.TRAIN, "soft_sleeper", aircon=True)
    ordinary = rule_set.zone_for(Mode.TRAIN, "hard_seat", aircon=False)
    assert ("rows", 3, Tier.CLOSE, Tier.GENERAL) == (
        flight.extent,
        flight.distance,
        flight.tier,
        flight.rest,
    )
    assert ("unit", 0) == (sleeper.extent, sleeper.distance)
    assert ("unit", 1) == (ordinary.extent, ordinary.distance)
    assert "carriage" == rule_set.zone_for(Mode.TRAIN, "hard_sleeper", aircon=True).extent
    assert (2, 14) == (rule_set.lookback_days, rule_set.observation_days)


def test_au_2020_is_two_rows_and_nobody_else():
    rule_set = load_rule_set("au-2020")
    flight = rule_set.zone_for(Mode.FLIGHT, "hard_seat", aircon=True)
    assert ("rows", 2, None) == (flight.extent, flight.distance, flight.rest)
    assert {"flight"} == set(rule_set.words)


def test_an_unknown_rule_set_names_those_there_are():
    with pytest.raises(RuleSetUnknown, match="au-2020"):
        parse_rules("nhc-1999-01")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a=",
        "=au-2020",
        "ncov=au-2020,新冠=au-2020",
        "au-2020,covid=au-2020",
        "au-2020,nhc-2020-03",
    ],
)
def test_a_malformed_assignment_is_refused(text):
    with pytest.raises((RulesRefused, RuleSetUnknown)):
        parse_rules(text)


def test_a_disease_for_which_none_was_named_has_no_rule_set():
    assert parse_rules("covid-19=au-2020").for_disease("measles") is None


@pytest.mark.parametrize("name", rule_set_names())
def test_a_shipped_rule_set_says_what_to_do_for_each_tier_and_language(name):
    rule_set = load_rule_set(name)
    tiers = {tier.word for zone in rule_set.zones for tier in (zone.tier, zone.rest) if tier}
    advice = rule_set.manifest_entry("a disease")["advice"]
    assert tiers <= advice.keys()
    for by_language in advice.values():
        assert {"en", "zh-Hans", "zh-Hant"} <= by_language.keys()
        assert 1 == len({len(steps) for steps in by_language.values()})
        assert not any("{" in step for steps in by_language.values() for step in steps)


def test_where_nobody_is_observed_no_step_speaks_of_days():
    unobserved = [name for name in rule_set_names() if not load_rule_set(name).observation_days]
    assert ["who-tb"] == unobserved
    advice = load_rule_set("who-tb").advice["close"]
    assert not any("{days}" in step for steps in advice.values() for step in steps)


@pytest.mark.parametrize("name", rule_set_names())
def test_a_shipped_rule_set_names_its_source_in_chinese(name):
    source_words = load_rule_set(name).manifest_entry("covid-19")["source_words"]
    assert {"zh-Hans", "zh-Hant"} <= source_words.keys()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "nhc-2020-03",
            {"flight": {"rows": 3}, "train": {"unit": 1}, "coach": {"rows": 3}, "bus": {"rows": 3}},
        ),
        ("who-tb", {"flight": {"rows": 2}}),
        ("cdc-covid", {"flight": {"seats": 2}, "train": {"seats": 2}, "coach": {"seats": 2}}),
    ],
)
def test_the_manifest_says_how_far_each_zone_reaches(name, expected):
    assert expected == load_rule_set(name).manifest_entry("covid-19")["distances"]
