"""What the sources leave open becomes one question each, to the department that can answer it."""

import re

import pytest

from index_builder.inquiries.ledger import Ledger
from index_builder.inquiries.question import InquiryIds, Question

DAY = "2020-01-20"
NEXT_DAY = "2020-01-21"
TAXI = "粤A12345"
WRONG_NUMBER = "990101199001010010"  # the check digit should be another one


def inquiries_of(story, rules="nhc-2020-03"):
    with Ledger(story.folder / f"out-{rules}-casework" / "inquiries.sqlite") as ledger:
        return list(ledger.inquiries())


def of_kind(inquiries, kind):
    return [inquiry for inquiry in inquiries if inquiry.kind == kind]


@pytest.fixture(scope="module")
def inquiries(module_story):
    story = module_story
    for case, city in (("C1", "Guangzhou CDC"), ("C2", "Shenzhen CDC"), ("C3", "Shenzhen CDC")):
        story.case(case, reported_by=city)
    # Three cases of two cities, one taxi on one evening.
    story.case_leg("C1", mode="taxi", number=TAXI, board_time=f"{DAY}T19:00")
    story.case_leg("C2", mode="taxi", number="粤A·12345", board_time=f"{DAY}T21:10")
    story.case_leg("C3", mode="taxi", number="粤Ａ12345", alight_time=f"{DAY}T23:00")
    # A driver is known for the next day only.
    story.case_leg("C1", mode="taxi", number=TAXI, service_date=NEXT_DAY)
    story.row("drivers", plate=TAXI, from_time=NEXT_DAY, to_time=NEXT_DAY, id_number="D1", name="D")
    # A train without any leg, asked by two cities, and one that has legs.
    story.case_leg("C1", mode="train", number="G1712", carriage="8")
    story.case_leg("C2", mode="train", number="g1712次")
    story.case_leg("C1", mode="train", number="G2")
    story.aboard("P1", mode="train", number="G2")
    # A flight with somebody whose document is missing, one without name, one wrong, one faultless.
    story.case_leg("C1", mode="flight", number="CA1", seat="10A")
    story.case_leg("C2", mode="flight", number="CA1", seat="10F")
    flight = {"mode": "flight", "number": "CA1"}
    story.aboard("", seat="10B", **flight)
    story.aboard("N/A", seat="10B", **flight)
    story.aboard("X0000001", seat="10C", **{**flight, "id_type": "passport", "name": ""})
    story.aboard(WRONG_NUMBER, seat="10D", **{**flight, "id_type": "resident"})
    story.aboard("P2", seat="10E", **flight)
    story.aboard("X0000002", seat="30C", **{**flight, "id_type": "passport", "name": ""})
    # Nobody knows by name who rode a bus line or the metro.
    story.case_leg("C1", mode="bus", number="5")
    story.case_leg("C1", mode="metro", number="Line 2")
    story.answers()
    return inquiries_of(story)


def test_two_cities_and_one_taxi_on_one_evening_are_one_inquiry_with_two_requesters(inquiries):
    (one,) = of_kind(inquiries, "driver")
    assert {"Guangzhou CDC": 1, "Shenzhen CDC": 2} == one.requesters
    assert "transport" == one.department
    assert TAXI == one.subject["plate"]
    assert DAY == one.subject["service_date"]
    assert f"{DAY}T19:00" == one.subject["window_from"]
    assert f"{DAY}T23:00" == one.subject["window_to"]


def test_a_run_without_any_leg_is_asked_of_its_carrier_once(inquiries):
    (one,) = of_kind(inquiries, "manifest")
    assert "railway" == one.department
    assert {"mode": "train", "number": "G1712", "service_date": DAY} == one.subject
    assert {"Guangzhou CDC": 1, "Shenzhen CDC": 1} == one.requesters


@pytest.mark.parametrize(
    ("roles", "asked"), [(["crew"], 1), (["司机"], 1), (["crew", "passenger"], 0), ([""], 0)]
)
def test_passengers_of_a_coach_are_asked_for_where_its_list_names_crew_alone(story, roles, asked):
    coach = {"mode": "coach", "number": "京A12345"}
    story.case("C1")
    story.case_leg("C1", role="crew", **coach)
    for place, role in enumerate(roles):
        story.aboard(f"P{place}", role=role, **coach)
    story.answers()
    assert asked == len(of_kind(inquiries_of(story), "manifest"))


def test_a_passenger_without_document_is_asked_for_by_seat_and_name(inquiries):
    names = {one.subject["name"]: one for one in of_kind(inquiries, "passenger")}
    assert {"Traveller", "Traveller N/A"} == set(names)
    assert "10B" == names["Traveller"].subject["seat"]
    assert "civil_aviation" == names["Traveller"].department


def test_documents_without_name_are_asked_about_where_they_are_listed(inquiries):
    by_document = {one.subject["about"]: one for one in of_kind(inquiries, "holder")}
    assert {"X0000001", "X0000002"} == set(by_document)
    assert "exit_entry" == by_document["X0000001"].department


def test_a_number_that_cannot_be_right_is_asked_of_public_security(inquiries):
    (one,) = of_kind(inquiries, "number")
    assert WRONG_NUMBER == one.subject["about"]
    assert "public_security" == one.department


def test_an_id_names_the_kind_and_nothing_of_the_subject(inquiries):
    for one in inquiries:
        assert re.fullmatch(f"{one.kind}-[0-9a-f]{{20}}", one.id)


def test_a_second_build_asks_nothing_twice_and_closes_what_is_known_by_then(
    inquiries, module_story, keys
):
    module_story.row("drivers", plate=TAXI, from_time=DAY, to_time=DAY, id_number="D2", name="D")
    module_story.answers()
    states = {one.id: one.state for one in inquiries_of(module_story)}
    expected = {one.id: "closed" if one.kind == "driver" else "open" for one in inquiries}
    assert expected == states


def test_ids_are_the_same_on_every_machine_with_the_keys():
    question = Question("driver", "transport", ("taxi", "taxi 粤A12345", DAY), {}, {})
    ids = InquiryIds(bytes(64))
    assert ids.of(question) == InquiryIds(bytes(64)).of(question)
    assert ids.of(question) != InquiryIds(bytes(63) + b"1").of(question)


def test_keys_of_other_lengths_never_share_an_id():
    one = Question("holder", "exit_entry", ("A", "BC"), {}, {})
    other = Question("holder", "exit_entry", ("AB", "C"), {}, {})
    assert InquiryIds(bytes(64)).of(one) != InquiryIds(bytes(64)).of(other)
