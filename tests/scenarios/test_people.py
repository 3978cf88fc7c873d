"""Who is listed: documents of one person, names, clearances, contacts found by investigators."""

from datetime import timedelta

import pytest

from index_builder.normalise.times import today
from index_builder.people import identities, sealing
from index_builder.runtime import workers

FLIGHT = {"mode": "flight", "number": "CA1234"}


@pytest.fixture
def flight(story):
    story.case()
    story.case_leg(**FLIGHT, seat="9A")
    return story


@pytest.mark.parametrize(
    ("cleared_on", "expected"),
    [("2020-01-19", "close"), ("2020-01-20", "not_found"), ("2020-01-25", "not_found")],
    ids=["before", "on the day", "after"],
)
def test_a_clearance_ends_exposures_on_or_before_it(flight, cleared_on, expected):
    flight.aboard("P1", **FLIGHT, seat="9C")
    flight.row(
        "cleared", id_type="other", id_number="p 1", name="P1 TRAVELLER", cleared_on=cleared_on
    )
    assert expected == flight.answers()["P1"]


def test_a_clearance_of_a_day_to_come_is_rejected_and_the_person_stays_listed(flight):
    flight.aboard("P0", **FLIGHT, seat="9C")
    flight.aboard("P1", **FLIGHT, seat="9C")
    for number in range(20):  # one row of twenty may be rejected
        day = today() + timedelta(days=2 if number == 1 else 0)
        identity = {"id_type": "other", "id_number": f"P{number}", "name": ""}
        flight.row("cleared", **identity, cleared_on=f"{day}")
    answers = flight.answers()
    assert ("not_found", "close") == (answers["P0"], answers["P1"])
    report = flight.report
    counts = (table["cleared"] for table in (report.rows, report.duplicates, report.rejected))
    assert (20, 0, 1) == tuple(counts)


def test_a_clearance_holds_for_every_document_of_the_person(flight):
    flight.aboard("P1", **FLIGHT, seat="9C")
    for document in ("P1", "Q1"):
        flight.row("documents", person_key="k", id_type="other", id_number=document, name="")
    flight.row("cleared", id_type="other", id_number="Q1", name="", cleared_on="2020-01-25")
    assert "not_found" == flight.answers()["P1"]


def test_a_clearance_of_another_name_is_not_applied_and_counted(flight):
    flight.aboard("P1", **FLIGHT, seat="9C")
    flight.row(
        "cleared", id_type="other", id_number="P1", name="Somebody Else", cleared_on="2020-01-25"
    )
    assert "close" == flight.answers()["P1"]
    assert [("cleared", "name", 1)] == [
        (table, column, count) for table, column, _, count in flight.report.warnings
    ]


def test_an_earlier_exposure_is_cleared_and_a_later_one_stays(flight):
    flight.case_leg(mode="flight", number="MU567", seat="9A", service_date="2020-01-24")
    flight.aboard("P1", **FLIGHT, seat="9C")
    flight.aboard("P1", mode="flight", number="MU567", seat="9C", service_date="2020-01-24")
    flight.row("cleared", id_type="other", id_number="P1", name="", cleared_on="2020-01-22")
    result = flight.answers().ask("P1")
    assert (1, "MU567") == (result.total, result.exposures[0].number)


def test_a_person_is_listed_under_each_document(flight):
    flight.aboard("P1", **FLIGHT, seat="9C")
    flight.row("documents", person_key="k", id_type="other", id_number="P1", name="Traveller P1")
    flight.row("documents", person_key="k", id_type="passport", id_number="Q1", name="张三丰")
    answers = flight.answers()
    assert "exposed" == answers.ask("Q1", "张三丰", "passport").status
    assert "exposed" == answers.ask("Q1", "San Feng ZHANG", "passport").status
    assert "not_found" == answers.ask("Q1", "李四", "passport").status


def test_a_document_without_a_name_in_any_row_is_found_under_its_number(flight):
    flight.aboard("P1", **FLIGHT, seat="9C", name="")
    answers = flight.answers()
    assert "exposed" == answers.ask("P1", "Whoever Asks").status


def test_a_wrong_name_is_not_told(flight):
    flight.aboard("P1", **FLIGHT, seat="9C")
    assert "not_found" == flight.answers().ask("P1", "Another Name").status


def test_a_name_is_found_in_another_order_script_and_case(flight):
    flight.aboard("P1", **FLIGHT, seat="9C", name="张国荣")
    flight.aboard("P2", **FLIGHT, seat="9C", name="SILVA/ANAMS")
    answers = flight.answers()
    assert "exposed" == answers.ask("P1", "張國榮").status
    assert "exposed" == answers.ask("P2", "Ana Silva").status


def test_two_trips_are_two_exposures_the_worst_first(flight):
    flight.case_leg(mode="flight", number="MU567", seat="9A", service_date="2020-01-24")
    flight.aboard("P1", **FLIGHT, seat="9C")
    flight.aboard("P1", mode="flight", number="MU567", seat="30C", service_date="2020-01-24")
    result = flight.answers().ask("P1")
    assert [("close", "CA1234"), ("general", "MU567")] == [
        (trip.tier.word, trip.number) for trip in result.exposures
    ]
    assert 2 == result.total


def test_two_cases_aboard_one_flight_are_one_exposure(flight):
    flight.case("C2")
    flight.case_leg("C2", **FLIGHT, seat="20A")
    flight.aboard("P1", **FLIGHT, seat="20C")
    result = flight.answers().ask("P1")
    assert (1, "close", "same_row") == (
        result.total,
        result.exposures[0].tier.word,
        result.exposures[0].relation.word,
    )


def test_a_manifest_row_given_twice_is_one_exposure(flight):
    for _ in range(2):
        flight.aboard("P1", **FLIGHT, seat="9C")
    assert 1 == flight.answers().ask("P1").total


def test_contacts_found_by_investigators_are_close(flight):
    flight.row(
        "contacts",
        case_id="C1",
        exposure_date="2020-01-21",
        setting="family meal",
        id_type="other",
        id_number="P7",
        name="Traveller P7",
    )
    trip = flight.answers().ask("P7").exposures[0]
    assert ("close", "setting", "family meal") == (trip.tier.word, trip.mode.word, trip.number)


def test_somebody_aboard_without_a_document_is_counted_as_unresolved(flight):
    flight.aboard("", **FLIGHT, seat="9C")
    flight.aboard("P1", **FLIGHT, seat="9C")
    assert "close" == flight.answers()["P1"]
    assert 1 == flight.report.unresolved


def test_a_wrong_check_digit_in_a_source_is_kept_and_warned_of(flight):
    flight.aboard("990102198001010011", **FLIGHT, seat="9C", id_type="resident")
    result = flight.answers().ask("990102198001010011", "Traveller 990102198001010011")
    assert "exposed" == result.status
    assert any("check digit" in reason for _, _, reason, _ in flight.report.warnings)


def test_a_name_longer_than_anybody_can_type_leaves_the_number(flight):
    flight.aboard("P1", **FLIGHT, seat="9C", name="A" * 10_000)
    assert "exposed" == flight.answers().ask("P1", "Any Name").status


def test_more_people_than_one_batch_are_all_listed(flight, monkeypatch):
    monkeypatch.setattr(sealing, "_BATCH_ROWS", 500)
    monkeypatch.setattr(identities, "_BATCH_ROWS", 500)
    monkeypatch.setattr(workers, "ALONE_ROWS_MAX", 500)
    for number in range(5_000):
        flight.aboard(f"P{number}", **FLIGHT, seat="9C")
    answers = flight.answers()
    assert 5_000 == flight.report.people
    assert {"close"} == {answers[f"P{number}"] for number in range(5_000)}


def test_a_role_that_is_not_known_is_taken_as_passenger_and_counted(flight):
    flight.aboard("P1", **FLIGHT, seat="9C", role="stowaway")
    assert "close" == flight.answers()["P1"]
    assert [("legs", "role", 1)] == [
        (table, column, count) for table, column, _, count in flight.report.warnings
    ]
