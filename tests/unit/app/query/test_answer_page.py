from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.query.answer_page import PADDED_UNIT_BYTES, answer_shown, padding_for
from exposure_index.answers import Answer, ListedTrip
from exposure_index.label import Mode, Relation, Tier
from exposure_index.manifest import Manifest

NOON = datetime(2020, 2, 1, 4, tzinfo=UTC)
MANIFEST = Manifest(
    authority="甲",
    seq=1,
    build_id="00" * 16,
    built_at=NOON,
    valid_until=NOON,
    oldest_source=NOON,
    rules={"r": {"number": 3, "words": {"train": {"en": "English", "zh-Hans": "中文"}}}},
    coverage=[
        {"mode": "train", "gaps": ["2020-01-01", "yesterday"]},
        "nonsense",
        {"mode": "zeppelin"},
    ],
    size_class=1,
    identity="",
    key_id="",
    files={},
    previous="",
    signatures={},
    document={},
)
TRIP = ListedTrip(
    Tier.GENERAL,
    Mode.TRAIN,
    "G1",
    date(2020, 1, 20),
    255,
    Relation.UNKNOWN,
    "r",
    date(2020, 2, 3),
    "甲",
)
ANSWER = Answer("exposed", (TRIP,), 3, (MANIFEST,))


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "中文"), ("en", "English"), ("fr", "English")]
)
def test_the_rule_is_told_in_the_language_else_in_english(language, words):
    assert words == answer_shown(ANSWER, language, date(2020, 2, 1)).trips[0].rule


def test_a_rule_without_words_is_told_by_its_name_only():
    flight = replace(TRIP, mode=Mode.FLIGHT)
    shown = answer_shown(replace(ANSWER, exposures=(flight,)), "en", date(2020, 2, 1))
    assert ("", "r") == (shown.trips[0].rule, shown.trips[0].rule_name)


def test_one_close_contact_makes_the_whole_answer_exposed():
    both = replace(ANSWER, exposures=(replace(TRIP, tier=Tier.CLOSE), TRIP))
    assert ["general", "exposed"] == [
        answer_shown(answer, "en", date(2020, 2, 1)).status for answer in (ANSWER, both)
    ]


@pytest.mark.parametrize(("today", "over"), [(date(2020, 2, 3), False), (date(2020, 2, 4), True)])
def test_observation_is_over_the_day_after(today, over):
    assert over == answer_shown(ANSWER, "en", today).observation_over


def test_trips_that_are_not_shown_are_counted():
    assert 2 == answer_shown(ANSWER, "en", date(2020, 2, 1)).more_trips


def test_coverage_of_any_shape_is_borne():
    [data] = answer_shown(ANSWER, "en", date(2020, 2, 1)).data
    assert 3 == len(data.coverage)
    assert (date(2020, 1, 1),) == data.coverage[0].gaps
    assert "zeppelin" == data.coverage[2].mode


def test_one_asks_again_the_next_day():
    assert date(2020, 3, 1) == answer_shown(ANSWER, "en", date(2020, 2, 29)).ask_again_on


@pytest.mark.parametrize("part", ["", "a", "字" * 100, "x" * PADDED_UNIT_BYTES])
def test_padding_fills_whole_units_of_bytes(part):
    assert 0 == len((part + padding_for(part, 1)).encode()) % PADDED_UNIT_BYTES
