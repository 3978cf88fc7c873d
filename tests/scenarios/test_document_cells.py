"""Cells of documents as departments deliver them: read whole, or asked about."""

import json

import pytest

from index_builder.inquiries.ledger import Ledger

FLIGHT = {"mode": "flight", "number": "CZ3137"}
LATER = {"mode": "flight", "number": "CZ3999", "service_date": "2020-01-24"}
TAXI = {"mode": "taxi", "number": "粤A12345"}
RESIDENT = "995001198801011073"
DESTROYED = ("9.95001E+17", "995001********1057", "ZT******78", "995001198801011000")
NOT_UNDERSTOOD = ("ZT1234610 (void)", "父亲 ZT1234611")
READ = {
    "PASSPORT ZT1234600": "ZT1234600",
    "99500119880101109×": "99500119880101109X",
    f"身份证:{RESIDENT}": RESIDENT,
    "12345609.0": "12345609",
}


@pytest.fixture(scope="module")
def answers(module_story):
    story = module_story
    story.case(id_number="护照 ZT1234500", name="Ann Case")
    story.case_leg(**FLIGHT, seat="20A")
    story.aboard("ZT1234500;ZT1234501", **LATER, seat="9A", name="Ann Case")
    for cell in (*DESTROYED, *NOT_UNDERSTOOD):
        story.aboard(cell, **FLIGHT, seat="21A", name="Zoe Lost")
    for cell in READ:
        story.aboard(cell, **FLIGHT, seat="21B", name="Ben Seen")
    story.aboard("ZT1234602、ZT1234603", **FLIGHT, seat="21C", name="Two Pass")
    story.aboard("ZT1234603", **LATER, seat="9C", name="Two Pass")
    for cell in ("ZT1234620", "ZT1234621", "ZT1234622"):
        story.aboard(cell, **FLIGHT, seat="21D", name="May Clear")
    cleared = {"name": "May Clear", "cleared_on": "2020-02-01"}
    story.row("cleared", id_number="Passport ZT1234620", **cleared)
    story.row("cleared", id_number="ZT1234621 (not sure)", **cleared)
    story.row("cleared", id_number="ZT1234622 / ZT****78", **cleared)
    for number in range(60):  # of 5 % that may be rejected
        story.row("cleared", id_number=f"ZT13000{number:02}", **cleared)
    story.case_leg(**TAXI, board_time="2020-01-20T19:00")
    times = {"from_time": "2020-01-20", "to_time": "2020-01-20", "name": "Dan Drive"}
    story.row("drivers", plate="粤A12345", id_number="No. ZT1234630", **times)
    story.row("drivers", plate="粤A12345", id_number="ZT****31", **times)
    return story.answers("nhc-2020-03")


def status(answers, number, name):
    return answers.ask(number, name).status


@pytest.mark.parametrize("number", READ.values())
def test_a_number_among_known_words_is_listed(answers, number):
    assert "exposed" == status(answers, number, "Ben Seen")


@pytest.mark.parametrize("number", ["ZT12345678", "ZT78", "ZT1234610", "ZT1234611"])
def test_what_is_not_read_lists_nobody_by_a_part_of_it(answers, number):
    assert "not_found" == status(answers, number, "Zoe Lost")


def test_each_unread_row_is_counted_asked_about_and_named_by_row(answers, module_story):
    story, unread = module_story, len(DESTROYED) + len(NOT_UNDERSTOOD)
    assert unread == story.report.unresolved
    out = story.folder / "out-nhc-2020-03"
    report = json.loads((out / story.report.build_id / "report.json").read_text())
    assert unread == report["unresolved"]
    with Ledger(story.folder / "out-nhc-2020-03-casework" / "inquiries.sqlite") as ledger:
        passengers = [one for one in ledger.inquiries() if one.kind == "passenger"]
    assert [("Zoe Lost", "21A", str(unread))] == [
        tuple(one.subject[name] for name in ("name", "seat", "passengers")) for one in passengers
    ]
    rows = (out / "rejects" / f"{story.report.build_id}.csv").read_text("utf-8").splitlines()
    named = [line for line in rows if line.startswith("legs,") and ",id_number,kept: " in line]
    assert [str(row) for row in range(3, 3 + unread)] == [line.split(",")[1] for line in named]
    assert not any("ZT" in line or "****" in line for line in rows)


def test_two_numbers_in_a_cell_are_two_documents_of_one_person(answers):
    for number in ("ZT1234602", "ZT1234603"):
        trips = answers.ask(number, "Two Pass").exposures
        assert {"CZ3137", "CZ3999"} == {trip.number for trip in trips}


def test_the_trips_of_a_case_are_found_by_any_number_of_a_cell(answers):
    assert "exposed" == status(answers, "ZT1234603", "Two Pass")
    assert "CZ3999" in {trip.number for trip in answers.ask("ZT1234603", "Two Pass").exposures}


def test_a_clearance_that_is_read_in_part_clears_nobody(answers, module_story):
    assert "not_found" == status(answers, "ZT1234620", "May Clear")
    assert "exposed" == status(answers, "ZT1234621", "May Clear")
    assert "exposed" == status(answers, "ZT1234622", "May Clear")
    assert 2 == module_story.report.rejected["cleared"]


def test_a_driver_is_found_by_a_number_among_words_and_the_other_is_named_by_row(
    answers, module_story
):
    assert "exposed" == status(answers, "ZT1234630", "Dan Drive")
    reasons = [reason for table, _, reason, _ in module_story.report.warnings if table == "drivers"]
    assert 1 == sum(reason.startswith("destroyed by a mask") for reason in reasons)
    assert "no document, the driver is not known" in reasons
