"""A department's own rule sets: read from a file, checked whole, never mistaken for another."""

import re

import pytest

from exposure_index.label.model import Tier
from index_builder.rules.assignment import RulesRefused, parse_rules
from index_builder.rules.rule_files import RuleFileRefused, RuleSetUnknown, load_rule_set


def test_an_own_set_is_named_by_the_path_of_its_file(own):
    rule_set = parse_rules(own()).for_disease("covid-19")
    assert ("our-trains", 200) == (rule_set.name, rule_set.number)
    assert Tier.GENERAL is rule_set.zones[0].until_terminus


def test_an_own_set_may_take_its_zones_from_a_shipped_one(own, tmp_path):
    text = (tmp_path / own()).read_text("utf-8")
    path = tmp_path / "longer.toml"
    path.write_text(text[: text.index("[words")] + 'zones_of = "au-2020"\n', encoding="utf-8")
    assert load_rule_set("au-2020").zones == load_rule_set(str(path)).zones


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "our-trains"', 'name = "au-2020"', "name: that of a shipped rule set"),
        ("our-trains", "Our trains", "name: must be small letters"),
        ("our-trains", "x" * 41, "name: must be small letters"),
        ("number = 200", "number = 199", "number: your own sets take 200 to 254"),
        ("number = 200", "", "number: your own sets take 200 to 254"),
        ("number = 200", "number = 255", "number: your own sets take 200 to 254"),
        ("title = ", "titel = ", "titel: not known here"),
        ('"covid-19"', "[]", "disease: must be a text of 1 to 60 bytes, or a list of such"),
        ('"covid-19"', '["measles", 7]', "disease: must be a text of 1 to 60 bytes, or a list"),
        ('"covid-19"', '"-"', "disease: must be the name of a disease"),
        ("title = ", "titel = ", "title: missing"),
        ("2020-02-01", '"February"', "in_force_from: must be a date such as 2020-03-07"),
        ("lookback_days = 2", "lookback_days = -2", "lookback_days: must be a whole number from 0"),
        ("lookback_days = 2", "lookback_days = true", "lookback_days: must be a whole number"),
        ('mode = "train"', 'mode = "rocket"', "zones[1].mode: must be one of flight, train"),
        ('"carriage"', '"rows"', "zones[1].distance: missing"),
        ("crew", "distnace = 3\ncrew", "zones[1].distnace: not known here"),
        ("crew", 'class = "seat"\ncrew', "zones[1].class: must be a list of hard_seat"),
        ("crew", "minutes_min = 15\ncrew", "zones[1].until_terminus: not with minutes_min"),
        ('mode = "train"', 'mode = "taxi"', "zones[1].until_terminus: a line has no terminus"),
        ('mode = "train"', 'mode = "ship"', "words.ship: missing"),
        ('mode = "train"', 'mode = "ship"', "words.train: no zone is of this mode"),
        ("zh-Hant", "zh-TW", "words.train.zh-Hant: missing"),
        ("[[zones]]", "[zones]", "zones: write each as [[zones]]"),
        ("[words.train]", "[[words.train]]", "words.train: write it as a table"),
        ("[words.train]", "zones_of = 'mine'\n[words.train]", "zones_of: must name a shipped"),
        ("en = ", "en = 7 #", "words.train.en: must be a text"),
        ("tier = ", "tier = = ", "not TOML"),
        ("[words.train]", "advice = 1\n[words.train]", "advice: write it as [advice]"),
        ("[[zones]]", "[advice.all]\n[[zones]]", "advice.all: no tier; there are close, general"),
        ("[[zones]]", "[advice.close]\n[[zones]]", "advice.close.en: missing: a list of 1 to 4"),
        ("[[zones]]", "[advice.close]\nen = []\n[[zones]]", "advice.close.en: must be a list of"),
        ("[words.train]", "advice_of = 'x'\n[words.train]", "advice_of: must name a shipped"),
    ],
)
def test_a_fault_is_told_by_file_and_key(own, old, new, message):
    path = own(old, new)
    with pytest.raises(RuleFileRefused, match=re.escape(message)) as refused:
        load_rule_set(path)
    assert str(refused.value).startswith(path)


def test_an_own_set_may_leave_the_advice_to_the_page_or_to_a_shipped_set(own):
    assert {} == load_rule_set(own()).advice
    lent = load_rule_set(own("[words.train]", 'advice_of = "nhc-2020-03"\n[words.train]'))
    assert load_rule_set("nhc-2020-03").advice == lent.advice


def test_every_fault_is_told_at_once(own):
    with pytest.raises(RuleFileRefused, match=r"titel: .*title: "):
        load_rule_set(own("title = ", "titel = "))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(RuleSetUnknown, match="there is no such file"):
        load_rule_set(str(tmp_path / "none.toml"))


def test_a_file_that_is_not_utf_8_is_told(own, tmp_path):
    path = tmp_path / own()
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    with pytest.raises(RuleFileRefused, match="not UTF-8"):
        load_rule_set(str(path))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [('"our-trains"', '"others"', "number 200"), ("= 200", "= 201", "name our-trains")],
)
def test_two_sets_of_one_number_or_name_are_refused(own, old, new, message):
    with pytest.raises(RulesRefused, match=message):
        parse_rules(f"{own('covid-19', 'measles')},covid-19={own(old, new, 'other.toml')}")


def test_one_set_may_hold_for_two_diseases_and_says_so(own):
    rules = parse_rules(own('disease = "covid-19"', 'disease = ["麻疹", "COVID19"]'))
    used = rules.used_for({"measles", "covid-19"})
    assert "covid-19, measles" == used["our-trains"][1]
