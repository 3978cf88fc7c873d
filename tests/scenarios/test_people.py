"""Who is listed: documents of one person, names, clearances, contacts found by investigators."""

from datetime import timedelta

import pytest

from exposure_index.identity.canonical import Identity
from exposure_index.identity.name import canonical_name
from exposure_index.lookup.check import look_up_exposures
from index_builder.normalise.times import today
from index_builder.people import identities, sealing
from index_builder.runtime import workers
from tests.scenarios.episodes import Episodes

FLIGHT = {"mode": "flight", "number": "CA1234"}

episodes = Episodes()
counted = Episodes()
WARNINGS = [("cleared", "name", 1), ("legs", "role", 1)]
"""All that the build of the counted episodes warns of: one row each of two of them."""


@pytest.fixture
def flight(story):
    story.case()
    story.case_leg(**FLIGHT, seat="9A")
    return story


def case_aboard(episode):
    episode.case()
    episode.case_leg(**episode.flight, seat="9A")


@pytest.fixture(scope="module")
def answers_counted(module_story):
    return counted.answers(module_story)


def warnings_of(report):
    return sorted((table, column, count) for table, column, _, count in report.warnings)


def later_flight(episode):
    return {"mode": "flight", "number": f"MU{episode.number}", "service_date": "2020-01-24"}


@episodes.of_each("2020-01-19", "2020-01-20", "2020-01-25")
def cleared_person(episode, cleared_on):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C")
    document = episode.document("P1")
    written = {"id_number": f"p {document[1:].lower()}", "name": f"{document} TRAVELLER"}
    episode.row("cleared", id_type="other", **written, cleared_on=cleared_on)


@pytest.mark.parametrize(
    ("cleared_on", "expected"),
    [("2020-01-19", "close"), ("2020-01-20", "not_found"), ("2020-01-25", "not_found")],
    ids=["before", "on the day", "after"],
)
def test_a_clearance_ends_exposures_on_or_before_it(answers_of, cleared_on, expected):
    assert expected == answers_of(cleared_person, cleared_on)["P1"]


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


@episodes
def cleared_by_another_document(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C")
    for document in ("P1", "Q1"):
        episode.row(
            "documents",
            person_key=episode.document("k"),
            id_type="other",
            id_number=episode.document(document),
            name="",
        )
    episode.row(
        "cleared",
        id_type="other",
        id_number=episode.document("Q1"),
        name="",
        cleared_on="2020-01-25",
    )


def test_a_clearance_holds_for_every_document_of_the_person(answers_of):
    assert "not_found" == answers_of(cleared_by_another_document)["P1"]


@counted
def cleared_by_another_name(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C")
    other = {"id_type": "other", "id_number": episode.document("P1"), "name": "Somebody Else"}
    episode.row("cleared", **other, cleared_on="2020-01-25")


def test_a_clearance_of_another_name_is_not_applied_and_counted(answers_counted):
    assert "close" == answers_counted(cleared_by_another_name)["P1"]
    assert WARNINGS == warnings_of(answers_counted.report)


@episodes
def cleared_between_two_trips(episode):
    case_aboard(episode)
    episode.case_leg(**later_flight(episode), seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C")
    episode.aboard("P1", **later_flight(episode), seat="9C")
    episode.row(
        "cleared",
        id_type="other",
        id_number=episode.document("P1"),
        name="",
        cleared_on="2020-01-22",
    )


def test_an_earlier_exposure_is_cleared_and_a_later_one_stays(answers_of):
    answers = answers_of(cleared_between_two_trips)
    result = answers.ask("P1")
    assert (1, later_flight(answers.episode)["number"]) == (
        result.total,
        result.exposures[0].number,
    )


@episodes
def two_documents(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C")
    episode.row(
        "documents",
        person_key=episode.document("k"),
        id_type="other",
        id_number=episode.document("P1"),
        name=f"Traveller {episode.document('P1')}",
    )
    episode.row(
        "documents",
        person_key=episode.document("k"),
        id_type="hk_mo_permit",
        id_number=episode.document("Q1"),
        name="张三丰",
    )


def test_a_person_is_listed_under_each_document(answers_of):
    answers = answers_of(two_documents)
    assert "exposed" == answers.ask("Q1", "张三丰", "hk_mo_permit", "Somebody Else").status
    assert "exposed" == answers.ask("Q1", "San Feng ZHANG", "hk_mo_permit").status
    assert "not_found" == answers.ask("Q1", "李四", "hk_mo_permit", "Si Li").status


@episodes
def nameless_document(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C", name="")


def test_a_document_without_a_name_in_any_row_is_found_under_its_number(answers_of):
    answers = answers_of(nameless_document)
    assert "exposed" == answers.ask("P1", "Whoever Asks").status


@episodes
def plain_person(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C", name="Anna Traveller")


def test_a_wrong_name_is_not_told(answers_of):
    assert "not_found" == answers_of(plain_person).ask("P1", "Another Name").status


@episodes
def names_written_otherwise(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C", name="张国荣")
    episode.aboard("P2", **episode.flight, seat="9C", name="SILVA/ANAMS")


def test_a_name_is_found_in_another_order_script_and_case(answers_of):
    answers = answers_of(names_written_otherwise)
    assert "exposed" == answers.ask("P1", "張國榮").status
    assert "exposed" == answers.ask("P2", "Ana Silva").status


@episodes
def two_trips(episode):
    case_aboard(episode)
    episode.case_leg(**later_flight(episode), seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C")
    episode.aboard("P1", **later_flight(episode), seat="30C")


def test_two_trips_are_two_exposures_the_worst_first(answers_of):
    answers = answers_of(two_trips)
    result = answers.ask("P1")
    numbers = [answers.episode.flight["number"], later_flight(answers.episode)["number"]]
    assert [("close", numbers[0]), ("general", numbers[1])] == [
        (trip.tier.word, trip.number) for trip in result.exposures
    ]
    assert 2 == result.total


@episodes
def two_cases_aboard(episode):
    case_aboard(episode)
    episode.case("B")
    episode.case_leg("B", **episode.flight, seat="20A")
    episode.aboard("P1", **episode.flight, seat="20C")


def test_two_cases_aboard_one_flight_are_one_exposure(answers_of):
    result = answers_of(two_cases_aboard).ask("P1")
    assert (1, "close", "same_row") == (
        result.total,
        result.exposures[0].tier.word,
        result.exposures[0].relation.word,
    )


@episodes
def row_given_twice(episode):
    case_aboard(episode)
    for _ in range(2):
        episode.aboard("P1", **episode.flight, seat="9C")


def test_a_manifest_row_given_twice_is_one_exposure(answers_of):
    assert 1 == answers_of(row_given_twice).ask("P1").total


@episodes
def contact_of_investigators(episode):
    case_aboard(episode)
    document = episode.document("P7")
    episode.row(
        "contacts",
        case_id=f"C{episode.number}",
        exposure_date="2020-01-21",
        setting="family meal",
        id_type="other",
        id_number=document,
        name=f"Traveller {document}",
    )


def test_contacts_found_by_investigators_are_close(answers_of):
    trip = answers_of(contact_of_investigators).ask("P7").exposures[0]
    assert ("close", "setting", "family meal") == (trip.tier.word, trip.mode.word, trip.number)


@counted
def aboard_without_document(episode):
    case_aboard(episode)
    episode.aboard("", **episode.flight, seat="9C")
    episode.aboard("P1", **episode.flight, seat="9C")


def test_somebody_aboard_without_a_document_is_counted_as_unresolved(answers_counted):
    assert "close" == answers_counted(aboard_without_document)["P1"]
    assert 1 == answers_counted.report.unresolved


@episodes
def wrong_check_digit(episode):
    case_aboard(episode)
    episode.story.aboard("990102198001010011", **episode.flight, seat="9C", id_type="resident")


def test_a_wrong_check_digit_in_a_source_is_kept_and_warned_of(answers_of):
    number = "990102198001010011"  # no form takes it
    who = Identity(number, canonical_name(f"Traveller {number}"))
    index = answers_of(wrong_check_digit).answers.index
    assert "exposed" == look_up_exposures([index], who).status
    assert any("check digit" in reason for _, _, reason, _ in answers_of.report.warnings)


@episodes
def long_name(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C", name="A" * 10_000)


def test_a_name_longer_than_anybody_can_type_leaves_the_number(answers_of):
    assert "exposed" == answers_of(long_name).ask("P1", "Any Name").status


def test_more_people_than_one_batch_are_all_listed(flight, monkeypatch):
    monkeypatch.setattr(sealing, "_BATCH_ROWS", 500)
    monkeypatch.setattr(identities, "_BATCH_ROWS", 500)
    monkeypatch.setattr(workers, "ALONE_ROWS_MAX", 500)
    for number in range(5_000):
        flight.aboard(f"P{number}", **FLIGHT, seat="9C")
    answers = flight.answers()
    assert 5_000 == flight.report.people
    assert {"close"} == {answers[f"P{number}"] for number in range(5_000)}


@counted
def unknown_role(episode):
    case_aboard(episode)
    episode.aboard("P1", **episode.flight, seat="9C", role="stowaway")


def test_a_role_that_is_not_known_is_taken_as_passenger_and_counted(answers_counted):
    assert "close" == answers_counted(unknown_role)["P1"]
    assert WARNINGS == warnings_of(answers_counted.report)
