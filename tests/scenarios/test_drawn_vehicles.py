"""docs/contact-zones.md is the truth: every drawn vehicle is built and compared, place by place."""

import re
from itertools import count

import pytest

from index_builder.rules.rule_files import load_rule_set, rule_set_names
from tests.scenarios.drawings import DOCUMENT, TIERS, drawings, write
from tests.scenarios.episodes import each_its_own_disease

DRAWINGS = drawings()
ROW = re.compile(
    r"\| (\S+) \| (\d+) \| ([a-z, ]+) \| (\d+) days \| (onset|specimen) \| (\d+) days \|"
)


@pytest.fixture(scope="module")
def places(module_story):
    """By rule set: every traveller drawn, with line, cells, tier drawn and tier answered.

    One build answers all: the cases of each rule set have a disease of its name.
    """
    expected = {name: {} for name in rule_set_names()}
    numbers = count(101)
    for name in expected:
        for drawing in DRAWINGS[name]:
            symbols = write(module_story, drawing, next(numbers), disease=name)
            expected[name] |= {
                document: (drawing.line, drawing.aboard[place][0], TIERS[symbol])
                for place, (document, symbol) in enumerate(symbols.items())
            }
    answers = module_story.answers(each_its_own_disease(expected))
    return {
        name: [(*place, answers[document]) for document, place in drawn.items()]
        for name, drawn in expected.items()
    }


@pytest.mark.parametrize("name", rule_set_names())
def test_every_place_drawn_is_told_as_drawn(places, name):
    assert places[name]
    wrong = [
        f"line {line}: {cells} is drawn {tier}, told {answer}"
        for line, cells, tier, answer in places[name]
        if tier != answer
    ]
    assert [] == wrong


@pytest.mark.parametrize("name", rule_set_names())
def test_every_mode_of_a_rule_set_is_drawn(name):
    modes = {zone.mode.word for zone in load_rule_set(name).zones}
    assert modes == {drawing.mode.split()[0] for drawing in DRAWINGS[name]}


def test_the_table_says_what_the_rule_sets_say():
    rows = {match[1]: match.groups()[1:] for match in ROW.finditer(DOCUMENT.read_text("utf-8"))}
    expected = {
        name: (
            str(rules.number),
            ", ".join(rules.words),
            str(rules.lookback_days),
            rules.lookback_from,
            str(rules.observation_days),
        )
        for name, rules in ((name, load_rule_set(name)) for name in rule_set_names())
    }
    assert expected == rows
