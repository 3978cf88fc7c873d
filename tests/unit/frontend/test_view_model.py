"""The answer page in the browser shows what the page of the service shows: generated trips."""

import random
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.answer_pages.place_words import cabin_words, carriage_words
from app.answer_pages.texts import NEIGHBOURING_WORDS, RELATION_WORDS
from app.answer_pages.view_model import Hotlines, answer_view
from app.answer_pages.zone_pictures import browser_pictures
from exposure_index.files.manifest import Manifest
from exposure_index.files.published_places import PublishedPlaces
from exposure_index.label.model import Mode, Relation, Tier
from exposure_index.lookup.result import ListedExposure, LookupResult, Missing

EPOCH = date(1970, 1, 1)
TODAY = date(2020, 2, 10)
NOON = datetime(2020, 2, 9, 4, tzinfo=UTC)
CASES = 300
ABSENT = (Missing("丙", "absent"),)
ADVICE = {"close": {"en": ["Stay at home", "Call"]}, "general": {"en": ["Watch your health"]}}
RULES = {
    "silent": {"number": 1, "distances": {"flight": {"rows": 2}, "train": {"unit": 1}}},
    "one": {"number": 2, "advice": ADVICE},
    "other": {"number": 3, "advice": ADVICE},
    "third": {"number": 4, "advice": {"close": {"en": ["Measles: stay at home"]}}},
}
MANIFEST = Manifest(
    authority="甲",
    seq=1,
    build_id="00" * 16,
    built_at=NOON,
    valid_until=NOON,
    oldest_source=NOON,
    rules=RULES,
    coverage=[],
    size_class=1,
    identity="",
    reading="",
    key_id="",
    files={},
    previous="",
    signatures={},
    private=None,
    document={},
)
WORDS = {
    "modes": {mode.word: mode.word for mode in Mode},
    "tiers": {tier.word: tier.word for tier in Tier},
    "relations": {relation.word: str(words) for relation, words in RELATION_WORDS.items()},
    "neighbouring": {mark: str(words) for mark, words in NEIGHBOURING_WORDS.items()},
    "id_types": {},
    "carriage": carriage_words(7).replace("7", "{number}"),
    "extra_carriage": carriage_words(201).replace("1", "{number}"),
    "another_carriage": carriage_words(255),
    "cabin": cabin_words(7).replace("7", "{number}"),
    "another_cabin": cabin_words(255),
    "another_authority": "",
}
FACTS = {
    **{"language": "en", "hotlines": {"乙": "2"}, "hotline": "1", "authority": ""},
    **{"words": WORDS, "pictures": browser_pictures(), "places": {}},
}
TYPED = {"id_type": "passport", "id_number": "", "name": "", "name_latin": "Ana"}
PROTOTYPE = {"trip": "constructor"}  # what every object of a script has, and no table
SOMEBODY = {"typed": TYPED, "inputs": {"xd": {"hex": "00"}, "x0": {"hex": "00"}}}


def drawn_exposure(draw, authority):
    until = TODAY + timedelta(days=draw.choice([-9, -1, 0, 1, 9]))
    return ListedExposure(
        draw.choice([Tier.CLOSE, Tier.GENERAL]),
        draw.choice(list(Mode)),
        f"G{draw.randint(1, 99)}",
        TODAY - timedelta(days=draw.randint(1, 30)),
        draw.choice([0, 8, 200, 201, 254, 255]),
        draw.choice(list(Relation)),
        draw.choice(list(RULES)),
        draw.choice([None, until, until]),
        authority,
    )


def day(one):
    return None if one is None else (one - EPOCH).days


def as_browser(exposure):
    return {
        "tier": exposure.tier.word,
        "mode": exposure.mode.word,
        "trip": exposure.number,
        "day": day(exposure.service_date),
        "carriage": exposure.carriage,
        "relation": exposure.relation.word,
        "rule": RULES[exposure.rule]["number"],
        "ruleName": exposure.rule,
        "observeUntil": day(exposure.observe_until),
        "authority": exposure.authority,
    }


def places_drawn(draw):
    """Published places of many of the trips that may be drawn."""
    places = PublishedPlaces()
    for mode in Mode:
        for number in range(1, 100):
            days = (TODAY - timedelta(days=ago) for ago in range(1, 31) if draw.random() < 0.3)
            texts = {one.isoformat(): {"board": f"{number}", "alight": "北京"} for one in days}
            trips = {one: [{"service_date": one, **notice}] for one, notice in texts.items()}
            places.add(mode.word, f"G{number}", trips)
    return places


def expected(result, places):
    view = answer_view(result, "en", TODAY, Hotlines("", "1", {"乙": "2"}), places)
    return {
        "trips": [
            (
                *(trip.number, trip.carriage, trip.board, trip.alight),
                *(day(trip.observe_until), trip.observation_over),
                *(trip.relation, asdict(trip.picture)),
            )
            for trip in view.trips
        ],
        "advice": [
            (
                list(advice.steps),
                (advice.page_close, advice.page_general),
                (day(advice.observe_until), advice.observation_over),
                (advice.observation_goes_on, advice.observed_by_steps),
                [(trip.number, trip.is_last) for trip in advice.trips],
            )
            for advice in view.advice
        ],
        "until": (day(view.observe_until), view.observation_over, view.observation_goes_on),
        "by_steps": view.observed_by_steps,
        "verdict": (view.kind, view.is_close, view.is_general, view.is_ended, view.was_close),
        "calls": (view.whom_to_call, view.hotline, view.listed_by),
    }


def given(view):
    return {
        "trips": [
            (
                *(trip["number"], trip["carriage"], trip["board"], trip["alight"]),
                *(trip["observe_until"], trip["observation_over"]),
                *(trip["relation"], trip["picture"]),
            )
            for trip in view["trips"]
        ],
        "advice": [
            (
                advice["steps"],
                (advice["page_close"], advice["page_general"]),
                (advice["observe_until"], advice["observation_over"]),
                (advice["observation_goes_on"], advice["observed_by_steps"]),
                [(trip["number"], trip["is_last"]) for trip in advice["trips"]],
            )
            for advice in view["advice"]
        ],
        "until": (view["observe_until"], view["observation_over"], view["observation_goes_on"]),
        "by_steps": view["observed_by_steps"],
        "verdict": tuple(
            view[name] for name in ("kind", "is_close", "is_general", "is_ended", "was_close")
        ),
        "calls": (view["whom_to_call"], view["hotline"], view["listed_by"]),
    }


def test_generated_trips_are_shown_alike(in_browser):
    draw, calls, results = random.Random(11), [], []  # noqa: S311 - draws test cases
    manifests = (MANIFEST, replace(MANIFEST, authority="乙", build_id="01" * 16))
    places = {MANIFEST.build_id: places_drawn(draw)}
    facts = {**FACTS, "places": {build: each.as_json() for build, each in places.items()}}
    shown = [
        {
            **{"authority": one.authority, "rules": RULES, "oldestSource": "2020"},
            "buildId": {"hex": one.build_id},
        }
        for one in manifests
    ]
    for _ in range(CASES):
        exposures = [
            drawn_exposure(draw, one.authority)
            for one in manifests
            for _ in range(draw.choice([1, 1, 2, 3, 4]))
        ]
        results.append(
            LookupResult("exposed", len(exposures), 9, manifests, slots=tuple(exposures))
        )
        answer = {
            "status": "exposed",
            "exposures": [as_browser(one) for one in exposures],
            "total": 9,
            "manifests": shown,
            "missing": [],
        }
        calls.append(("householdView", [[SOMEBODY], [answer], facts, day(TODAY), "2020"]))
    for result, answer in zip(results, in_browser(calls), strict=True):
        assert expected(result, places) == given(answer["returned"]["people"][0]["answer"])


@pytest.mark.parametrize(
    "published",
    [
        {},
        {"ab": {}},
        {"ab": {"2020-01-22 train": {"G1": ["北京", ""]}}},
        {"ab": {"2020-01-22 train": {"G1": "北京"}}},
        {"ab": {"2020-01-22 train": {"G2": ["北京", "合肥"]}}},
        {"ab": {"2020-01-22 flight": {"G1": ["北京", "合肥"]}}},
        {"cd": {"2020-01-22 train": {"G1": ["北京", "合肥"]}}},
        {"ab": "no table"},
    ],
)
def test_where_nothing_is_published_for_the_trip_no_places_are_named(in_browser, published):
    trip = {"mode": "train", "trip": "G1", "day": day(date(2020, 1, 22))}
    calls = [("placesOf", [{**trip, **named}, "ab", published]) for named in ({}, PROTOTYPE)]
    assert [{"board": "", "alight": ""}] * 2 == [one["returned"] for one in in_browser(calls)]


def household(in_browser, typed, inputs):
    """Return one person's row on the page where nobody is listed."""
    nothing = {"exposures": [], "total": 0, "missing": [], "status": "not_found"}
    answer = {**nothing, "manifests": [{"authority": "甲", "rules": {}, "oldestSource": "2020"}]}
    person = {"typed": {**TYPED, **typed}, "inputs": {**SOMEBODY["inputs"], **inputs}}
    (shown,) = in_browser([("householdView", [[person], [answer], FACTS, day(TODAY), "2020"])])
    return shown["returned"]["people"][0]


@pytest.mark.parametrize(
    ("typed", "inputs", "one_name"),
    [
        ({}, {}, True),
        ({"id_type": "resident", "name": "甲乙", "name_latin": ""}, {}, False),
        ({"name": "甲乙"}, {"x1": {"hex": "00"}}, False),
        ({"name": "甲乙 Ana", "name_latin": ""}, {"x1": {"hex": "00"}}, False),
    ],
)
def test_a_second_name_that_was_not_looked_up_is_told(in_browser, typed, inputs, one_name):
    assert one_name == household(in_browser, typed, inputs)["one_name"]


def test_each_name_that_was_typed_is_shown_the_first_as_the_heading(in_browser):
    row = household(in_browser, {"name": "甲乙"}, {})
    assert (["甲乙", "Ana"], "甲乙") == (row["names"], row["display_name"])
    row = household(in_browser, {"name": " "}, {})
    assert (["Ana"], "Ana") == (row["names"], row["display_name"])


def test_diseases_that_are_left_out_are_told_in_words_with_the_age_of_the_data(in_browser):
    words = {**WORDS, "diseases": {"measles": "麻疹"}, "between_diseases": "、"}
    manifests = [{"authority": "甲", "unruled": ["measles", "west-nile"]}, {"unruled": []}]
    (answer,) = in_browser([("dataViews", [manifests, words])])
    assert ["麻疹、west-nile", ""] == [one["unruled"] for one in answer["returned"]]
