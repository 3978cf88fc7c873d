from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.answer_pages.coverage import data_views
from app.answer_pages.household import household_view
from app.answer_pages.render import (
    PADDED_UNIT_BYTES,
    padding_for,
    render_household,
)
from app.answer_pages.view_model import Hotlines, answer_view
from app.checks.person_form import PersonForm, number_rows
from exposure_index.files.manifest import Manifest
from exposure_index.files.published_places import PublishedPlaces
from exposure_index.label.model import Mode, Relation, Tier
from exposure_index.lookup.result import ListedExposure, LookupResult, Missing

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
    reading="",
    key_id="",
    files={},
    previous="",
    signatures={},
    private=None,
    document={},
)
TRIP = ListedExposure(
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
ANSWER = LookupResult("exposed", 1, 3, (MANIFEST,), slots=(TRIP,))


def result_of(*trips, **changed):
    return ANSWER._replace(listed=len(trips), slots=trips, **changed)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "中文"), ("en", "English"), ("fr", "English")]
)
def test_the_rule_is_told_in_the_language_else_in_english(language, words):
    assert words == answer_view(ANSWER, language, date(2020, 2, 1)).trips[0].rule


def test_a_rule_without_words_is_told_by_its_name_only():
    flight = TRIP._replace(mode=Mode.FLIGHT)
    view = answer_view(result_of(flight), "en", date(2020, 2, 1))
    assert ("", "r") == (view.trips[0].rule, view.trips[0].rule_name)


def test_one_close_contact_makes_the_whole_answer_exposed():
    both = result_of(TRIP._replace(tier=Tier.CLOSE), TRIP)
    assert ["general", "exposed"] == [
        answer_view(answer, "en", date(2020, 2, 1)).status for answer in (ANSWER, both)
    ]


@pytest.mark.parametrize(("today", "over"), [(date(2020, 2, 3), False), (date(2020, 2, 4), True)])
def test_observation_is_over_the_day_after(today, over):
    assert over == answer_view(ANSWER, "en", today).observation_over


def test_the_source_of_the_rule_is_told_in_the_language_where_the_manifest_has_it():
    rule = {"source": "Plan", "source_words": {"zh-Hans": "方案"}}
    result = ANSWER._replace(indexes=(replace(MANIFEST, rules={"r": rule}),))
    view = [answer_view(result, tag, date(2020, 2, 1)).trips[0].source for tag in ("zh-Hans", "en")]
    assert ["方案", "Plan"] == view


@pytest.mark.parametrize(
    ("authority", "named"), [("甲", ("北京", "合肥")), ("乙", ("", ""))], ids=["own", "another's"]
)
def test_a_trip_has_the_places_that_its_own_authority_published(authority, named):
    places = PublishedPlaces()
    notice = {"service_date": "2020-01-20", "board": "北京", "alight": "合肥"}
    places.add("train", "G1", {"2020-01-20": [notice]})
    manifests = (MANIFEST, replace(MANIFEST, authority="乙", build_id="01" * 16))
    result = result_of(TRIP._replace(authority=authority), indexes=manifests)
    by_build = {MANIFEST.build_id: places}
    [trip] = answer_view(result, "en", date(2020, 2, 1), places=by_build).trips
    assert named == (trip.board, trip.alight)


@pytest.mark.parametrize(
    ("mode", "distances", "words"),
    [
        (Mode.FLIGHT, {"flight": {"rows": 3}}, "within three rows of the case"),
        (Mode.COACH, {"coach": {"seats": 2}}, "within two rows of the case"),
        (Mode.FLIGHT, {"flight": {"rows": 1}}, "in the row in front of or behind the case"),
        (Mode.TRAIN, {"train": {"unit": 1}}, "in the compartment, bay or cabin next to"),
        (Mode.FLIGHT, {"flight": {"rows": 4}}, "in a row or compartment near the case"),
        (Mode.FLIGHT, {"train": {"rows": 3}}, "in a row or compartment near the case"),
        (Mode.TRAIN, {"train": {"rows": 3, "unit": 1}}, "in a row or compartment near the case"),
        (Mode.FLIGHT, None, "in a row or compartment near the case"),
    ],
)
def test_how_near_a_neighbour_sat_is_told_where_the_rule_set_says_how_far_it_reaches(
    mode, distances, words
):
    manifest = replace(MANIFEST, rules={"r": {"number": 3, "distances": distances}})
    near = TRIP._replace(mode=mode, relation=Relation.NEIGHBOURING)
    for trip, told in ((near, True), (near._replace(relation=Relation.SAME_ROW), False)):
        [view] = answer_view(result_of(trip, indexes=(manifest,)), "en", date(2020, 2, 1)).trips
        assert told == (words in view.relation)


def listed_by(*trips, missing=()):
    """The answer shown for trips given as (authority, tier, day of January)."""
    exposures = tuple(
        TRIP._replace(authority=name, tier=tier, service_date=date(2020, 1, day))
        for name, tier, day in trips
    )
    manifests = tuple(replace(MANIFEST, authority=name) for name in "甲乙")
    answer = result_of(*exposures, indexes=manifests, missing=missing)
    return answer_view(answer, "en", date(2020, 2, 1))


def test_one_of_several_authorities_is_to_be_called_that_of_the_worst_trip():
    view = listed_by(("乙", Tier.CLOSE, 20), ("甲", Tier.GENERAL, 25))
    assert ("乙", 2) == (view.owner, view.listed_by)


def test_the_owner_is_named_where_only_one_of_several_lists_a_person():
    view = listed_by(("甲", Tier.GENERAL, 25))
    assert ("甲", 1) == (view.owner, view.listed_by)


def test_a_service_of_one_authority_goes_by_the_name_of_the_service():
    assert "" == answer_view(ANSWER, "en", date(2020, 2, 1)).owner


def test_trips_that_are_not_shown_are_counted():
    assert 2 == answer_view(ANSWER, "en", date(2020, 2, 1)).more_trips


def test_coverage_of_any_shape_is_borne():
    [data] = answer_view(ANSWER, "en", date(2020, 2, 1)).data
    assert 3 == len(data.coverage)
    assert ((date(2020, 1, 1), date(2020, 1, 1)),) == data.coverage[0].gaps
    assert "zeppelin" == data.coverage[2].mode


def test_days_without_data_are_told_as_runs():
    gaps = ["2020-01-31", "2020-01-03", "2020-02-01", "2020-02-01"]
    [data] = data_views([replace(MANIFEST, coverage=[{"gaps": gaps}])])
    assert (
        (date(2020, 1, 3), date(2020, 1, 3)),
        (date(2020, 1, 31), date(2020, 2, 1)),
    ) == data.coverage[0].gaps


def test_one_asks_again_the_next_day():
    assert date(2020, 3, 1) == answer_view(ANSWER, "en", date(2020, 2, 29)).ask_again_on


@pytest.mark.parametrize("part", [b"", b"a", "字".encode() * 100, b"x" * PADDED_UNIT_BYTES])
def test_padding_fills_whole_units_of_bytes(part):
    assert 0 == (len(part) + len(padding_for(len(part), 1))) % PADDED_UNIT_BYTES


ADVICE = {"close": {"en": ["Call."], "zh-Hans": ["请致电。"]}, "general": {"en": ["Wait."]}}


def advice_for(*rules, **changes):
    """The advice shown for a trip under each of these rules, the first one of a close contact."""
    manifest = replace(MANIFEST, rules={f"r{place}": rule for place, rule in enumerate(rules)})
    tiers = (Tier.CLOSE, *[Tier.GENERAL] * (len(rules) - 1))
    trips = tuple(TRIP._replace(rule=f"r{n}", tier=tier) for n, tier in enumerate(tiers))
    answer = result_of(*trips, indexes=(manifest,))
    return answer_view(answer, changes.get("language", "en"), date(2020, 2, 1)).advice


@pytest.mark.parametrize(
    ("language", "step"), [("zh-Hans", "请致电。"), ("en", "Call."), ("zh-Hant", "Call.")]
)
def test_the_rule_set_says_what_to_do_in_the_language_else_in_english(language, step):
    [advice] = advice_for({"advice": ADVICE}, language=language)
    assert [step] == [*advice.steps]


def test_each_rule_set_tells_its_own_advice_the_worst_first():
    advice = advice_for({"advice": ADVICE}, {"advice": ADVICE}, {"advice": {}}, {})
    expected = [("close", ["Call."], 1), ("general", ["Wait."], 1), ("general", [], 1)]
    assert expected == [(group.tier, [*group.steps], len(group.trips)) for group in advice]


def test_rule_sets_that_say_the_same_are_told_once():
    general = {"advice": {"general": {"en": ["Call."]}}}
    both = {"advice": {**ADVICE, **general["advice"]}}
    assert [("close", 1), ("general", 2)] == [
        (group.tier, len(group.trips)) for group in advice_for(both, both, both)
    ]


@pytest.mark.parametrize("advice", [7, {"close": []}, {"close": {"en": "Call."}}, {"close": 7}])
def test_advice_of_another_shape_leaves_it_to_the_page(advice):
    assert [("close", [])] == [
        (group.tier, [*group.steps]) for group in advice_for({"advice": advice})
    ]


LATE, EARLY = date(2020, 2, 10), date(2020, 2, 3)
TODAY = date(2020, 2, 5)


def observed(*trips):
    """The answer shown for trips given as (tier, rule, last day of observation)."""
    manifest = replace(MANIFEST, rules={name: {"advice": ADVICE} for name in "rs"})
    exposures = [
        TRIP._replace(tier=tier, rule=rule, observe_until=until) for tier, rule, until in trips
    ]
    return answer_view(result_of(*exposures, indexes=(manifest,)), "en", TODAY)


def days_of(view):
    return [(each.tier, each.observe_until, each.observation_over) for each in view.advice]


def test_a_trip_whose_observation_is_over_comes_behind_one_that_goes_on():
    view = observed((Tier.CLOSE, "r", EARLY), (Tier.GENERAL, "s", LATE))
    assert [False, True] == [trip.observation_over for trip in view.trips]


def test_the_steps_of_each_trip_have_its_own_last_day():
    view = observed((Tier.CLOSE, "r", EARLY), (Tier.GENERAL, "s", LATE))
    assert [("general", LATE, False), ("close", EARLY, True)] == days_of(view)


def test_the_answer_has_the_latest_day_of_all():
    view = observed((Tier.CLOSE, "r", EARLY), (Tier.GENERAL, "s", LATE))
    assert (LATE, False) == (view.observe_until, view.observation_over)


def test_steps_that_are_over_do_not_stand_beside_the_same_ones_that_go_on():
    view = observed((Tier.CLOSE, "r", LATE), (Tier.CLOSE, "s", EARLY))
    assert [("close", LATE, False), ("close", EARLY, True)] == days_of(view)


def test_a_milder_trip_of_the_same_rule_set_adds_its_steps_where_it_goes_on_for_longer():
    view = observed((Tier.CLOSE, "r", TODAY), (Tier.GENERAL, "r", LATE))
    assert [("close", TODAY, False), ("general", LATE, False)] == days_of(view)


def test_a_milder_trip_of_the_same_rule_set_adds_nothing_where_it_ends_no_later():
    view = observed((Tier.CLOSE, "r", LATE), (Tier.GENERAL, "r", LATE))
    assert [("close", LATE, False)] == days_of(view)


@pytest.mark.parametrize(
    ("carriage", "words"),
    [
        (0, ""),
        (8, "carriage 8"),
        (200, "carriage 200"),
        (201, "extra carriage 1"),
        (254, "extra carriage 54"),
        (255, "another carriage"),
    ],
)
def test_a_carriage_is_told_as_a_ticket_names_it(carriage, words):
    view = answer_view(result_of(TRIP._replace(carriage=carriage)), "en", TODAY)
    assert words == view.trips[0].carriage


@pytest.mark.parametrize(
    ("cabin", "words"), [(0, ""), (8, "cabin 8"), (201, "another cabin"), (255, "another cabin")]
)
def test_on_a_ship_it_is_a_cabin(cabin, words):
    view = answer_view(result_of(TRIP._replace(mode=Mode.SHIP, carriage=cabin)), "en", TODAY)
    assert words == view.trips[0].carriage


OVER, ON = date(2020, 2, 3), date(2020, 2, 4)


@pytest.mark.parametrize(
    ("untils", "changed", "kind"),
    [
        ([OVER], {"total": 1}, "ended"),
        ([OVER, OVER], {"total": 2}, "ended"),
        ([OVER, ON], {"total": 2}, "general"),
        ([OVER, None], {"total": 2}, "general"),
        ([OVER], {"total": 3}, "ended"),
        ([OVER], {"total": 1, "missing": (Missing("乙", "absent"),)}, "general"),
        ([None], {"total": 1}, "general"),
    ],
)
def test_observation_has_ended_only_where_that_is_sure(untils, changed, kind):
    trips = [TRIP._replace(observe_until=until) for until in untils]
    assert kind == answer_view(result_of(*trips, **changed), "en", ON).kind


@pytest.mark.parametrize(
    ("close_until", "general_until", "changed", "kind"),
    [
        (OVER, ON, {}, "general"),
        (ON, OVER, {}, "close"),
        (None, ON, {}, "close"),
        (OVER, None, {}, "general"),
        (OVER, OVER, {}, "ended"),
        (OVER, ON, {"missing": (Missing("乙", "absent"),)}, "close"),
    ],
)
def test_the_verdict_is_that_of_what_goes_on(close_until, general_until, changed, kind):
    trips = [
        TRIP._replace(tier=Tier.CLOSE, observe_until=close_until),
        TRIP._replace(tier=Tier.GENERAL, observe_until=general_until),
    ]
    view = answer_view(result_of(*trips, total=2, **changed), "en", ON)
    assert (kind, True) == (view.kind, view.was_close)


def test_a_trip_of_unknown_end_beside_one_that_is_over_names_no_day_to_come():
    trips = [TRIP._replace(observe_until=until) for until in (OVER, None)]
    view = answer_view(result_of(*trips), "en", ON)
    assert (False, False) == (view.observation_goes_on, view.observation_over)


OF_THE_DAYS = "Steps while observation lasted, until 3 February 2020"
STILL_CALL = "Please still call, and name the trip below."


@pytest.mark.parametrize(
    ("advice", "today", "introduced"),
    [
        (ADVICE, date(2020, 2, 4), {OF_THE_DAYS, STILL_CALL}),
        ({}, date(2020, 2, 4), {OF_THE_DAYS, STILL_CALL}),
        (ADVICE, date(2020, 2, 3), set()),
    ],
)
def test_steps_are_told_as_past_once_observation_is_over(
    app_of, published, advice, today, introduced
):
    manifest = replace(MANIFEST, rules={"r": {"advice": advice}})
    with app_of(published).test_request_context("/check?lang=en"):
        view = answer_view(result_of(TRIP, indexes=(manifest,)), "en", today)
        forms = number_rows([PersonForm("other", "X0001", "A B")])
        part = render_household(
            household_view(forms, claims_of(forms), [view], NOON, "en"), ("甲",)
        ).decode()
    assert introduced == {words for words in (OF_THE_DAYS, STILL_CALL) if words in part}


LONGEST = {"tier": Tier.CLOSE, "number": "字" * 5, "relation": Relation.NEIGHBOURING}


@pytest.mark.parametrize(("indexes", "people"), [(1, 1), (2, 1), (1, 6), (2, 6)])
def test_the_longest_answer_is_no_longer_than_the_shortest(app_of, published, indexes, people):
    """Four trips an index, each of another rule set with as many words as its file may hold."""
    names = "甲乙"[:indexes]
    manifests = [
        replace(MANIFEST, authority=name, rules={f"{name}{n}": _longest_rule(n) for n in range(4)})
        for name in names
    ]
    trips = tuple(
        TRIP._replace(**LONGEST, authority=name, rule=f"{name}{n}")
        for name in names
        for n in range(4)
    )
    longest = result_of(*trips, total=255, indexes=tuple(manifests))
    missing = (Missing("字" * 40, "absent"),)
    longest = longest._replace(missing=missing)
    status = {"listed": 0, "total": 0}
    shortest = [
        longest._replace(status="not_found", missing=(), **status),
        longest._replace(status="incomplete", **status),
    ]
    forms = number_rows([PersonForm("other", "1" * 64, "字" * 64)] * people)
    lengths = set()
    app = app_of(published)
    for answer in (longest, *shortest):
        with app.test_request_context("/check?lang=zh-Hans"):
            calls = Hotlines("字" * 40, "12320")
            view = [answer_view(answer, "zh-Hans", date(2020, 2, 1), calls)] * people
            household = household_view(forms, claims_of(forms), view, NOON, "zh-Hans")
            lengths.add(len(render_household(household, tuple(names))))
    assert 1 == len(lengths)


def claims_of(forms):
    return [form.identity() for form in forms]


def _longest_rule(number):
    """The longest rule there may be, unlike any other."""
    steps = [f"{number}" + "字" * 66] * 4
    source = f"{number}" + "字" * 60
    return {
        "words": {"train": {"en": "字" * 200}},
        "source": source,
        "advice": {"close": {"en": steps}},
        "distances": {"train": {"unit": 1}},
    }
