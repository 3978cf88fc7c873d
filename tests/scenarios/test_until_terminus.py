"""An own rule set that counts the rest of the run: who boards after the case left."""

import pytest

ZONES = """
[[zones]]
mode = "train"
extent = "carriage"
tier = "close"
crew = "area"
until_terminus = "general"

[[zones]]
mode = "flight"
extent = "rows"
distance = 1
tier = "close"
rest = "general"
crew = "area"
until_terminus = "close"
"""
OWN = """
name = "to-the-end"
number = 254
title = "To the end"
disease = "covid-19"
source = "An invented order"
in_force_from = 2020-01-01
lookback_days = 2
observation_days = 14
"""
WORDS = 'en = "a"\nzh-Hans = "b"\nzh-Hant = "c"\n'


@pytest.fixture(scope="module")
def answers(module_story):
    """A case in carriage 3 from Beta to Gamma, of a run Alpha, Beta, Gamma, Delta; and a flight."""
    story = module_story
    story.case()
    train = {"mode": "train", "number": "K1"}
    for sequence, stop in enumerate(("Alpha", "Beta", "Gamma", "Delta"), 1):
        clock = f"0{7 + sequence}:00"
        story.row("timetable", **train, stop_seq=str(sequence), stop=stop, departure=clock)
    story.case_leg(**train, carriage="3", board="Beta", alight="Gamma")
    for document, carriage, board, alight in (
        ("PTOGETHER", "3", "Alpha", "Delta"),
        ("PBEFORE", "3", "Alpha", "Beta"),
        ("PLATER", "3", "Gamma", "Delta"),
        ("PELSEWHERE", "4", "Gamma", "Delta"),
        ("PANYWHERE", "", "Gamma", "Delta"),
    ):
        story.aboard(document, **train, carriage=carriage, board=board, alight=alight)
    flight = {"mode": "flight", "number": "CA1234"}
    story.case_leg(**flight, seat="9A", alight_time="2020-01-20T10:00")
    for row in (9, 10, 11):
        times = {"board_time": "2020-01-20T11:00"}
        story.aboard(f"P{row}", **flight, seat=f"{row}A", **times)
    rules = story.folder / "own.toml"
    words = f"[words.train]\n{WORDS}[words.flight]\n{WORDS}"
    rules.write_text(OWN + words + ZONES, encoding="utf-8")
    return story.answers(str(rules))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("PTOGETHER", "close"),
        ("PBEFORE", "not_found"),
        ("PLATER", "general"),
        ("PELSEWHERE", "not_found"),
        ("PANYWHERE", "general"),
    ],
)
def test_who_takes_a_place_in_the_zone_later_is_listed_at_the_tier_for_that(
    answers, document, expected
):
    assert expected == answers[document]


@pytest.mark.parametrize(("row", "expected"), [(9, "close"), (10, "close"), (11, "general")])
def test_where_everyone_else_aboard_is_listed_so_is_who_came_later(answers, row, expected):
    assert expected == answers[f"P{row}"]


def test_who_came_later_is_no_assumed_overlap(answers, module_story):
    assert 0 == module_story.report.widenings["overlap_assumed"]


def test_the_manifest_and_the_answer_name_the_own_set(answers):
    assert 254 == answers.index.manifest.rules["to-the-end"]["number"]
    assert "to-the-end" == answers.ask("PLATER").exposures[0].rule
