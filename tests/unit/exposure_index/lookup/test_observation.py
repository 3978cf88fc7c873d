from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from exposure_index.label.codec import date_of
from exposure_index.label.model import Label, Mode
from exposure_index.lookup.observation import ObservationRules, observed_until

COVID, MEASLES, TB, OTHER_COVID = 1, 2, 3, 4
RULES = {
    COVID: {"disease": "covid-19", "observation_days": 14},
    MEASLES: {"disease": "measles", "observation_days": 21},
    TB: {"disease": "tuberculosis", "observation_days": 0},
    OTHER_COVID: {"disease": "covid-19", "observation_days": 10},
}
DAY = date(2020, 2, 1)


@dataclass
class Rules:
    """What observation needs of a manifest."""

    rules: dict = field(default_factory=lambda: {str(n): rule for n, rule in RULES.items()})

    def rule(self, number):
        return RULES.get(number, {})


def days(sample, *exposures, until, total=None):
    """The days of observation of trips given as (rule, days after DAY, mode), counted from DAY."""
    exposures = [
        sample.exposure(rule=rule, day=DAY + timedelta(days=later), mode=mode)
        for rule, later, mode in exposures
    ]
    label = Label(tuple(exposures), total or len(exposures), DAY + timedelta(days=until))
    until_days = observed_until(label.numbers(), ObservationRules.of(Rules()))[: len(exposures)]
    return [(date_of(day) - DAY).days if day else None for day in until_days]


@pytest.mark.parametrize("rules", [(COVID,), (COVID, COVID), (COVID, OTHER_COVID)])
def test_trips_of_one_disease_share_its_last_day(sample, rules):
    trips = [(rule, 0, Mode.FLIGHT) for rule in rules]
    assert [14] * len(rules) == days(sample, *trips, until=14)


def test_a_trip_of_another_disease_gets_no_day_rather_than_a_wrong_one(sample):
    both = ((COVID, 0, Mode.FLIGHT), (MEASLES, 0, Mode.FLIGHT))
    assert [None, 21] == days(sample, *both, until=21)


def test_the_day_belongs_to_the_disease_that_can_have_given_it(sample):
    late = ((COVID, 20, Mode.TRAIN), (MEASLES, 0, Mode.TRAIN))
    assert [35, None] == days(sample, *late, until=35)


def test_where_both_diseases_may_have_given_the_day_neither_gets_it(sample):
    both = ((COVID, 8, Mode.TRAIN), (MEASLES, 0, Mode.TRAIN))
    assert [None, None] == days(sample, *both, until=23)


def test_a_voyage_may_take_weeks(sample):
    both = ((COVID, 0, Mode.SHIP), (MEASLES, 0, Mode.FLIGHT))
    assert [44, None] == days(sample, *both, until=44)


def test_a_rule_set_that_observes_nobody_gets_no_day(sample):
    both = ((TB, 0, Mode.FLIGHT), (COVID, 0, Mode.FLIGHT))
    assert [None, 14] == days(sample, *both, until=14)


def test_a_trip_that_is_counted_only_may_have_given_the_day(sample):
    two = ((COVID, 0, Mode.FLIGHT), (COVID, 1, Mode.FLIGHT))
    assert [None, None] == days(sample, *two, until=21, total=3)
    assert [15, 15] == days(sample, *two, until=15, total=3)
