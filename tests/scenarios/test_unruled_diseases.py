"""Cases of a disease that no rule set is for: refused, or left out and said to be."""

import pytest

from index_builder.commands.summary import summary_lines
from index_builder.sources.source import SourceRefused

FLIGHT = {"mode": "flight", "number": "CA1234"}
OTHER = {"mode": "flight", "number": "CA4321"}


def two_diseases(story):
    """Measles in 10A of one flight, covid-19 in 10A of another, and a row by its case each."""
    for case_id, disease, flight in (("C1", "麻疹", FLIGHT), ("C2", "COVID19", OTHER)):
        story.case(case_id, disease=disease)
        story.case_leg(case_id, **flight, seat="10A")
    story.aboard("PMEASLES", **FLIGHT, seat="10C")
    story.aboard("PCOVID", **OTHER, seat="10C")
    for case_id, document in (("C1", "PMET1"), ("C2", "PMET2"), ("C9", "PMET9")):
        who = {"id_type": "other", "id_number": document, "name": f"Traveller {document}"}
        story.row("contacts", case_id=case_id, exposure_date="2020-01-20", setting="x", **who)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            "nhc-2020-03",
            "row 2: disease: 1 case of measles, and no rule set for it: add measles=cdc-",
        ),
        ("nhc-2020-03", "--unruled measles"),
        (
            "cdc-measles",
            "row 3: disease: 1 case of covid-19 (a blank cell means that), and no rule",
        ),
        ("who-tb", "1 case of covid-19 (a blank cell means that), and no rule set for it"),
    ],
)
def test_a_disease_that_no_set_is_for_is_refused_by_name_and_number(story, rules, message):
    two_diseases(story)
    with pytest.raises(SourceRefused) as refused:
        story.answers(rules)
    assert message in str(refused.value)


def test_no_case_left_is_refused(story):
    story.case(disease="measles")
    story.case_leg(**FLIGHT, seat="10A")
    story.aboard("P1", **FLIGHT, seat="10C")
    with pytest.raises(SourceRefused, match="every case is of a disease without a rule set"):
        story.answers(unruled=("measles",))


@pytest.fixture(scope="module")
def left_out(module_story):
    two_diseases(module_story)
    return module_story, module_story.answers(unruled=("measles",))


def test_whom_such_a_case_met_is_listed_by_no_rule_of_another_disease(left_out):
    _, answers = left_out
    expected = {"PMEASLES": "not_found", "PMET1": "not_found", "PCOVID": "close", "PMET2": "close"}
    assert expected == {document: answers[document] for document in expected}
    assert "close" == answers["PMET9"]


def test_the_manifest_says_which_disease_is_left_out(left_out):
    assert ("measles",) == left_out[1].index.manifest.unruled


def test_the_summary_says_so_and_the_control_totals_balance(left_out):
    report = left_out[0].report
    assert "LEFT OUT   1 case of measles: no rule set is for it, and every answer says so" in list(
        summary_lines(report)
    )
    assert {"cases": 1, "case_legs": 1, "contacts": 1, "legs": 0} == report.rejected
    reasons = {(table, column): count for table, column, _, count in report.reasons}
    assert {
        ("cases", "disease"): 1,
        ("case_legs", "case_id"): 1,
        ("contacts", "case_id"): 1,
    } == reasons


def test_a_rule_set_used_outside_its_dates_is_told(left_out):
    (row,) = left_out[0].report.not_in_force
    assert ("nhc-2020-03", "2020-03-07", "2020-01-20") == (row.rule, row.in_force_from, row.last)
    assert any("was in force from 2020-03-07" in line for line in summary_lines(left_out[0].report))
