"""One person's answer of what their documents give, as little as the output says."""

from datetime import date

import pytest

from app.private_lists.person_answer import PersonAnswer, TripAnswer, merged_answer
from exposure_index.label.model import Mode, Relation, Tier
from exposure_index.lookup.result import ListedExposure, LookupResult, Missing


def exposure(tier=Tier.CLOSE, number="G1", day=20, until=None, authority="甲市"):
    observed = date(2020, 2, until) if until else None
    where = (Mode.TRAIN, number, date(2020, 1, day), 8, Relation.SAME_CARRIAGE)
    return ListedExposure(tier, *where, "nhc-2020-03", observed, authority)


def result(*exposures, incomplete=False):
    found = "exposed" if exposures else "incomplete" if incomplete else "not_found"
    missing = (Missing("乙市", "expired"),) if incomplete else ()
    return LookupResult(found, len(exposures), len(exposures), (), (), missing, exposures)


def merged(*results):
    return merged_answer(results, with_trips=True)


def test_nobody_listed_is_not_found():
    assert PersonAnswer("not_found") == merged(result())


def test_one_document_incomplete_makes_it_incomplete():
    answer = merged(result(), result(incomplete=True))
    assert PersonAnswer("incomplete", reason="index_expired") == answer


def test_one_document_listed_makes_it_listed():
    assert "exposed" == merged(result(incomplete=True), result(exposure())).status


def test_the_worst_tier_counts():
    answer = merged(result(exposure(Tier.GENERAL, "G2")), result(exposure(Tier.CLOSE, "G1")))
    assert ("close", ["G1", "G2"]) == (answer.tier, [trip.number for trip in answer.trips])


def test_the_latest_day_of_any_observation_counts():
    answer = merged(result(exposure(until=3), exposure(Tier.GENERAL, "G2", until=9)))
    assert "2020-02-09" == answer.act_until


def test_nobody_observed_has_no_day():
    assert "" == merged(result(exposure())).act_until


def test_a_trip_under_two_documents_is_one():
    assert 1 == len(merged(result(exposure()), result(exposure())).trips)


def test_two_trips_at_most_are_named():
    answer = merged(result(exposure(number="G1"), exposure(number="G2"), exposure(number="G3")))
    assert 2 == len(answer.trips)


def test_no_trip_is_kept_where_the_output_names_none():
    answer = merged_answer([result(exposure(until=3))], with_trips=False)
    assert PersonAnswer("exposed", "close", "2020-02-03") == answer


@pytest.mark.parametrize("trips", [(), (TripAnswer("close", "train", "G1", "2020-01-20", "r"),)])
def test_it_goes_through_json_as_it_is(trips):
    answer = PersonAnswer("exposed", "close", "", "", trips)
    assert answer == PersonAnswer.from_json(answer.to_json())
