"""Two diseases aboard one flight: each with its own zone, look-back and observation."""

import pytest

FLIGHT = {"mode": "flight", "number": "CA1234"}
RULES = "measles=cdc-measles,covid-19=nhc-2020-03,tuberculosis=who-tb"


@pytest.fixture(scope="module")
def answers(module_story):
    """Measles in 10A, covid-19 in 20A, tuberculosis in 38A; onset of measles four days later."""
    story = module_story
    story.row("carriages", **FLIGHT, rows="1-40")
    for case_id, disease, seat, onset in (
        ("C1", "Measles", "10A", "2020-01-24"),
        ("C2", "", "20A", "2020-01-22"),
        ("C3", "tuberculosis", "38A", "2020-01-24"),
    ):
        story.case(case_id, disease=disease, onset_date=onset, isolated_at="2020-02-10")
        story.case_leg(case_id, **FLIGHT, seat=seat)
    late = {"mode": "flight", "number": "CA4321"}
    for case_id, disease in (("C4", "measles"), ("C5", "covid-19")):
        story.case(case_id, disease=disease, onset_date="2020-01-24")
        story.case_leg(case_id, **late, seat="10A")
    story.aboard("PLATE", **late, seat="11A")
    for row in (12, 15, 21, 39):
        story.aboard(f"P{row}", **FLIGHT, seat=f"{row}C")
    story.aboard("PINFANT", **FLIGHT, seat="22C", role="infant")
    return story.answers(RULES)


def listed(answers, document):
    return {
        (trip.rule, trip.tier.word, trip.observe_until and trip.observe_until.isoformat())
        for trip in answers.ask(document).exposures
    }


def test_each_disease_draws_its_own_zone_and_observes_its_own_days(answers):
    measles = ("cdc-measles", "close", "2020-02-10")
    assert {measles, ("nhc-2020-03", "general", "2020-02-03")} == listed(answers, "P12")
    assert {("nhc-2020-03", "general", "2020-02-03")} == listed(answers, "P15")
    assert {("nhc-2020-03", "close", "2020-02-03")} == listed(answers, "P21")
    assert {measles, ("nhc-2020-03", "close", "2020-02-03")} == listed(answers, "PINFANT")


def test_tuberculosis_observes_nobody_where_another_disease_does(answers):
    assert {
        ("who-tb", "close", None),
        ("nhc-2020-03", "general", "2020-02-03"),
    } == listed(answers, "P39")


def test_each_disease_looks_back_its_own_days(answers):
    assert {("cdc-measles", "close", "2020-02-10")} == listed(answers, "PLATE")


def test_the_manifest_names_each_rule_set_with_its_disease(answers):
    rules = answers.index.manifest.rules
    assert {"cdc-measles": "measles", "nhc-2020-03": "covid-19", "who-tb": "tuberculosis"} == {
        name: rule["disease"] for name, rule in rules.items()
    }
    assert "You need not stay at home." in rules["who-tb"]["advice"]["close"]["en"][0]
