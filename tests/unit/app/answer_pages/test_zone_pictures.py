"""Every relation that a rule can name is drawn, from parts that stand in the page."""

import re
from itertools import product
from pathlib import Path

import pytest

import app
from app.answer_pages.zone_pictures import (
    MARKING_WORDS,
    NEIGHBOURING_SKETCHES,
    PLACE_WORDS,
    SKETCHES,
    VEHICLE_WORDS,
    zone_pictures,
)
from exposure_index.label.model import Mode, Relation
from index_builder.rules.rule_files import load_rule_set, rule_set_names

PARTS = (Path(app.__file__).parent / "templates" / "answer_pages" / "zone_parts.html").read_text(
    "utf-8"
)
EVERY_SKETCH = {
    sketch
    for sketches in (SKETCHES, NEIGHBOURING_SKETCHES)
    for of_mode in sketches.values()
    for sketch in of_mode.values()
    if sketch.vehicle
}


def picture(mode, relation, rule=None):
    return zone_pictures().picture_of(mode, relation, rule)


def ids():
    return set(re.findall(r'id="zone-([^"]+)"', PARTS))


def test_every_part_that_a_drawing_takes_stands_in_the_page():
    assert set() == {part for one in EVERY_SKETCH for part in (one.vehicle, one.mark)} - ids()
    used = set(re.findall(r'(?:href="#|url\(#)zone-([^")]+)', PARTS))
    assert {"seats", "stripes"} == used


def test_every_part_of_the_page_is_taken_by_a_drawing():
    taken = {part for one in EVERY_SKETCH for part in (one.vehicle, one.mark)}
    assert taken | {"seats", "stripes"} == ids()


def test_every_part_has_its_words():
    assert {one.vehicle for one in EVERY_SKETCH} == VEHICLE_WORDS.keys()
    assert {one.marking for one in EVERY_SKETCH} == MARKING_WORDS.keys() == PLACE_WORDS.keys()


@pytest.mark.parametrize(("mode", "relation"), [*product(Mode, Relation)])
def test_all_but_a_place_found_by_investigators_is_drawn(mode, relation):
    drawn = picture(mode, relation)
    assert (mode is not Mode.SETTING) == drawn.is_drawn
    words = (drawn.vehicle_words, drawn.place_words, drawn.marking_words)
    assert drawn.is_drawn == all(words)


@pytest.mark.parametrize("name", rule_set_names())
def test_as_many_rows_are_marked_as_a_shipped_rule_set_says(name):
    rule = load_rule_set(name).manifest_entry("a disease")
    for mode, by_kind in rule["distances"].items():
        drawn = picture(Mode[mode.upper()], Relation.NEIGHBOURING, rule)
        ((kind, distance),) = by_kind.items()
        marks = {"unit": f"bays-{distance}"}
        assert marks.get(kind, f"rows-{distance}") == drawn.mark


@pytest.mark.parametrize(
    "distances",
    [
        None,
        "three",
        {},
        {"flight": 3},
        {"flight": {"rows": 9}},
        {"flight": {"rows": [3]}},
        {"flight": {"rows": 3, "unit": 1}},
        {"train": {"unit": 1}},
    ],
)
def test_where_a_rule_does_not_say_how_far_the_drawing_leaves_it_open(distances):
    drawn = picture(Mode.FLIGHT, Relation.NEIGHBOURING, {"distances": distances})
    assert "near" == drawn.mark


def test_how_far_a_rule_reaches_changes_the_drawing_of_neighbours_alone():
    rule = {"distances": {"flight": {"rows": 2}}}
    changed = {
        relation
        for relation in Relation
        if picture(Mode.FLIGHT, relation, rule) != picture(Mode.FLIGHT, relation)
    }
    assert {Relation.NEIGHBOURING} == changed


@pytest.mark.parametrize("part", re.findall(r'id="zone-((?:rows|bays)-\d)"', PARTS))
def test_the_mark_of_neighbours_reaches_as_far_as_it_is_called(part):
    kind, distance = part.split("-")
    line = next(line for line in PARTS.splitlines() if f'id="zone-{part}"' in line)
    left, right = map(int, re.search(r'd="M(\d+) \d+[hH](\d+)', line).groups())
    width = right - left if f"H{right}V" in line else right
    pitch, own = {"rows": (24, 22), "bays": (56, 56)}[kind]
    assert 2 * int(distance) * pitch + own == width
    assert 160 == left + width / 2
