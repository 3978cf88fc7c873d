"""`rules list`, `show` and `explain`."""

import tomllib

import pytest

from index_builder.rules.rule_files import rule_set_names


def test_every_rule_set_is_listed(run):
    lines = run("rules", "list").stdout.splitlines()
    assert rule_set_names() == [line.split()[0] for line in lines]


def test_the_disease_of_each_rule_set_is_listed_and_explained(run):
    lines = {line.split()[0]: line for line in run("rules", "list").stdout.splitlines()}
    assert "tuberculosis" in lines["who-tb"]
    explained = run("rules", "explain", "cdc-measles").stdout
    assert "For: measles; it is applied to no other disease." in explained


def test_all_ten_are_there():
    assert 10 == len(rule_set_names())


def test_a_rule_set_is_shown_as_the_builder_reads_it(run):
    assert "au-2020" == tomllib.loads(run("rules", "show", "au-2020").stdout)["name"]


@pytest.mark.parametrize("name", rule_set_names())
@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_every_rule_set_is_explained_in_each_language(run, name, lang):
    done = run("rules", "explain", name, "--lang", lang)
    assert 0 == done.exit_code, done.output
    assert "Source: " in done.stdout


def test_beside_the_rule_stands_what_studies_say_it_finds(run):
    words = run("rules", "explain", "nhc-2020-03").stdout
    assert "rows at most 3 away, crew of that area: close; everyone else aboard: general" in words
    assert "class soft_sleeper, sealed: the same compartment or bay, crew of that area" in words
    assert "at most 0 away" not in words
    assert "0.32 % were infected" in words
    assert "never the same as no risk" in words


def test_an_unknown_rule_set_is_a_usage_error(run):
    done = run("rules", "explain", "nhc-1999")
    assert 2 == done.exit_code
    assert "nhc-2020-03" in done.stderr


@pytest.fixture
def own(run, tmp_path):
    """A department's own set, begun from a shipped one as the help says."""
    text = run("rules", "show", "nhc-2020-03").stdout
    text = text.replace('"nhc-2020-03"', '"our-rules"\nnumber = 210')
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('rest = "general"', 'until_terminus = "general"'), "utf-8")
    return path


def test_an_own_rule_set_is_shown_and_explained(run, own):
    assert "our-rules" == tomllib.loads(run("rules", "show", own).stdout)["name"]
    words = run("rules", "explain", own).stdout
    assert "who boards after the case left, until the terminus: general" in words
    assert "0.32 % were infected" in words


def test_an_own_rule_set_with_a_fault_is_bad_input_data(run, own):
    own.write_text(own.read_text("utf-8").replace("observation_days", "observe"), "utf-8")
    done = run("rules", "explain", own)
    assert 10 == done.exit_code
    assert f"{own}: observe: not known here" in done.stderr


def test_an_own_rule_set_that_is_not_there_is_a_usage_error(run, tmp_path):
    assert 2 == run("rules", "explain", tmp_path / "none.toml").exit_code


def test_the_advice_is_told_until_the_observation_ends(run):
    words = run("rules", "explain", "nhc-2022-06").stdout
    assert "A general contact is told:" in words
    assert "Until your observation period ends, take your temperature" in words
    assert "You need not stay at home." in run("rules", "explain", "who-tb").stdout


def test_a_rule_set_is_explained_in_a_further_language(run):
    assert "濃厚接触者" in run("rules", "explain", "nhc-2022-06", "--lang", "ja").stdout
