"""Numbers of trips as tables abroad write them: whoever was aboard is found, no strangers meet."""

import csv
from dataclasses import dataclass

import pytest

from index_builder.sources.reject_list import reject_list_path

AIRLINES = {
    "VOZ1128": "VA1128",
    "JST285": "JQ285",
    "TGW12": "TR12",
    "RYR123": "FR123",
    "SWA100": "WN100",
    "ETH3716": "ET3716",
    "Air Canada flight 8782": "AC8782",
    "West Jet 1346 Toronto to Halifax": "WS1346",
}
FLIGHT = {"mode": "flight", "seat": "20B"}
NO_AIRLINE = "three letters of no known airline; joins no row under the two of a ticket"
EVERY_AIRLINE = "a flight without airline; taken for every flight of these digits"
JOINS_NOTHING = "a flight without airline, or not understood; joins nothing"
NOT_WHOLE = "not understood as a whole; joins the same text alone"


@dataclass
class ReportedBuild:
    answers: object
    lines: frozenset[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def reported(module_story):
    story = module_story
    story.case()
    for place, (of_case, of_list) in enumerate(AIRLINES.items()):
        story.case_leg(**FLIGHT | {"number": of_case})
        story.aboard(f"P{place}", **FLIGHT | {"number": of_list})
    for number in ("Flight 4014", "XQZ123"):
        story.case_leg(**FLIGHT | {"number": number})
    story.case_leg(mode="train", number="K1068", carriage="5")
    story.case_leg(mode="train", number="K1070 改签", carriage="5")
    story.case_leg(mode="bus", number="Route 3")
    story.case_leg(**FLIGHT | {"number": "JET3346 or so"})
    story.aboard("PEITHER", **FLIGHT | {"number": "CZ4014/MU5014"})
    story.aboard("POR", **FLIGHT | {"number": "CA4014"})
    story.aboard("PSTRANGER", **FLIGHT | {"number": "JET3346 or so"})
    story.aboard("PDAYLATER", **FLIGHT | {"number": "CA4014", "service_date": "2020-01-22"})
    story.aboard("PALONE", **FLIGHT | {"number": "Flight 4014"})
    story.aboard("PSAME", **FLIGHT | {"number": "XQZ 123"})
    story.aboard("PRAILWAY", mode="铁路客运", number="K1068", carriage="5")
    story.aboard("PCHANGED", mode="train", number="K1070", carriage="5")
    story.aboard("PBUS", mode="Public bus", number="Bus no. 3")
    for place in range(40):  # of twenty rows one may be rejected
        story.case_leg(**FLIGHT | {"number": "CA1", "seat": "40A"})
        story.aboard(f"Q{place:07}", **FLIGHT | {"number": "CA2"})
    answers = story.answers()
    path = reject_list_path(story.folder / "out-nhc-2020-03", story.report.build_id)
    with path.open(encoding="utf-8", newline="") as file:
        lines = frozenset(tuple(row.values()) for row in csv.DictReader(file))
    return ReportedBuild(answers, lines)


@pytest.mark.parametrize("place", range(len(AIRLINES)), ids=list(AIRLINES))
def test_a_flight_is_the_same_by_every_designator_and_name_of_its_airline(reported, place):
    assert "close" == reported.answers[f"P{place}"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("PSTRANGER", "not_found"),
        ("PEITHER", "close"),
        ("POR", "close"),
        ("PDAYLATER", "not_found"),
        ("PALONE", "not_found"),
        ("PCHANGED", "not_found"),
        ("PSAME", "close"),
        ("PRAILWAY", "close"),
        ("PBUS", "general"),
    ],
)
def test_what_is_not_understood_joins_no_stranger_and_what_is_loses_nobody(reported, who, expected):
    assert expected == reported.answers[who]


def test_each_row_that_is_not_understood_is_named_and_no_cell_with_it(reported):
    first = len(AIRLINES) + 2
    not_understood = "blank, unknown or not understood, or a flight without airline"
    assert {
        ("case_legs", str(first), "number", f"kept: {EVERY_AIRLINE}"),
        ("case_legs", str(first + 5), "number", f"kept: {JOINS_NOTHING}"),
        ("legs", str(first + 2), "number", f"{not_understood}: ask the department"),
        ("legs", str(first + 4), "number", f"{not_understood}: ask the department"),
        ("case_legs", str(first + 1), "number", f"kept: {NO_AIRLINE}"),
        ("legs", str(first + 5), "number", f"kept: {NO_AIRLINE}"),
        ("case_legs", str(first + 3), "number", f"kept: {NOT_WHOLE}"),
    } == reported.lines
