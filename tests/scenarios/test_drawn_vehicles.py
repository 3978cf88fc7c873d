"""docs/contact-zones.md is the truth: every drawn vehicle is built and compared, place by place."""

import re

import pytest

from index_builder.rules.rule_files import load_rule_set, rule_set_names
from tests.scenarios.drawings import DOCUMENT, TIERS, drawings, write

DRAWINGS = drawings()
ROW = re.compile(
    r"\| (\S+) \| (\d+) \| ([a-z, ]+) \| (\d+) days \| (onset|specimen) \| (\d+) days \|"
)


@pytest.mark.parametrize("name", rule_set_names())
def test_every_place_drawn_is_told_as_drawn(story, name):
    expected = {}
    for number, drawing in enumerate(DRAWINGS[name], 101):
        expected |= {
            document: (drawing.line, drawing.aboard[place][0], TIERS[symbol])
            for place, (document, symbol) in enumerate(write(story, drawing, number).items())
        }
    answers = story.answers(name)
    wrong = [
        f"line {line}: {cells} is drawn {tier}, told {answers[document]}"
        for document, (line, cells, tier) in expected.items()
        if tier != answers[document]
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
