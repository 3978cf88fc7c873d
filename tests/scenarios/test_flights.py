"""Flights: rows around the case, everyone else aboard, crew, and what is not known."""

import pytest

from tests.scenarios.episodes import Episodes

FLIGHT = {"mode": "flight", "number": "CA1234"}

episodes = Episodes()


@pytest.fixture(scope="module")
def two_row_aircraft(module_story):
    """A case in row 1 and rows 1 to 8 full, seats A and K."""
    module_story.case()
    module_story.case_leg(**FLIGHT, seat="1A")
    for row in range(1, 9):
        for letter in "AK":
            module_story.aboard(f"P{row}{letter}", **FLIGHT, seat=f"{row}{letter}")
    module_story.aboard("PLATE", **FLIGHT, seat="")
    module_story.aboard("PCREW", **FLIGHT, role="crew")
    module_story.aboard("PFRONT", **FLIGHT, role="crew", carriage="1-4")
    module_story.aboard("PREAR", **FLIGHT, role="crew", carriage="20-30")
    module_story.aboard("PINFANT", **FLIGHT, role="infant")
    return module_story


@pytest.fixture(scope="module")
def told_nhc(two_row_aircraft):
    return two_row_aircraft.answers("nhc-2020-03")


@pytest.fixture(scope="module")
def told_au(two_row_aircraft):
    return two_row_aircraft.answers("au-2020")


@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_three_rows_are_close_under_nhc(told_nhc, row):
    assert "close" == told_nhc[f"P{row}K"]


@pytest.mark.parametrize("row", [5, 8])
def test_everyone_else_aboard_is_general_under_nhc(told_nhc, row):
    assert "general" == told_nhc[f"P{row}A"]


@pytest.mark.parametrize("row", [1, 2, 3])
def test_two_rows_clipped_at_the_nose_are_close_under_au(told_au, row):
    assert "close" == told_au[f"P{row}K"]


@pytest.mark.parametrize("row", [4, 5, 8])
def test_nobody_else_is_listed_under_au(told_au, row):
    assert "not_found" == told_au[f"P{row}A"]


def test_a_passenger_without_a_known_seat_is_close(told_nhc, told_au):
    assert ("close", "close") == (told_nhc["PLATE"], told_au["PLATE"])


def test_an_infant_without_a_seat_counts_as_unknown(told_au):
    assert "close" == told_au["PINFANT"]


def test_crew_of_no_named_area_is_close_under_nhc(told_nhc):
    assert ("close", "crew") == (told_nhc["PCREW"], told_nhc.relation("PCREW"))


def test_crew_serving_the_rows_is_close_and_other_crew_general(told_nhc):
    assert ("close", "general") == (told_nhc["PFRONT"], told_nhc["PREAR"])


def test_crew_is_not_listed_where_the_rule_names_none(told_au):
    assert "not_found" == told_au["PCREW"]


def test_the_relation_tells_the_same_row_from_rows_near(told_nhc):
    assert ("same_row", "neighbouring") == (told_nhc.relation("P1K"), told_nhc.relation("P2K"))


def test_an_unknown_seat_of_the_case_widens_to_all_rows(story):
    story.case()
    story.case_leg(**FLIGHT, seat="")
    story.aboard("P1", **FLIGHT, seat="40A")
    assert "close" == story.answers("au-2020")["P1"]
    assert 1 == story.report.widenings["seat_unknown"]


@episodes
def rows_left_out(episode):
    episode.rules = "au-2020"
    episode.case()
    episode.case_leg(**episode.flight, seat="12A")
    episode.row("carriages", **episode.flight, rows="1-12,14-31")
    episode.aboard("P14", **episode.flight, seat="14A")
    episode.aboard("P15", **episode.flight, seat="15A")
    episode.aboard("P16", **episode.flight, seat="16A")


def test_rows_count_in_the_physical_order_of_the_layout(answers_of):
    answers = answers_of(rows_left_out)
    assert ("close", "close", "not_found") == (
        answers["P14"],
        answers["P15"],
        answers["P16"],
    )


@episodes
def two_seats_of_the_case(episode):
    episode.rules = "au-2020"
    episode.case()
    episode.case_leg(**episode.flight, seat="3A | 20C")
    for row in (1, 6, 18, 23):
        episode.aboard(f"P{row}", **episode.flight, seat=f"{row}A")


def test_every_row_in_which_the_case_sat_counts(answers_of):
    answers = answers_of(two_seats_of_the_case)
    expected = ["close", "not_found", "close", "not_found"]
    assert expected == [answers[f"P{row}"] for row in (1, 6, 18, 23)]


@episodes
def codeshare(episode):
    episode.case()
    episode.case_leg(mode="flight", number="ZH4751（CA8215）", seat="9A")
    episode.aboard("P1", mode="flight", number="CA8215", seat="9C")
    episode.aboard("P2", mode="flight", number="zh 4751", seat="9C")


def test_a_codeshare_is_the_same_flight_under_each_number(answers_of):
    answers = answers_of(codeshare)
    assert ("close", "close") == (answers["P1"], answers["P2"])


@episodes
def another_day_or_number(episode):
    episode.case()
    episode.case_leg(**episode.flight, seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C", service_date="2020-01-21")
    episode.aboard("P2", mode="flight", number=f"{episode.flight['number']}5", seat="9C")
    episode.aboard("P3", **episode.flight, seat="9C")


def test_another_day_or_number_is_another_flight(answers_of):
    answers = answers_of(another_day_or_number)
    assert ("not_found", "not_found", "close") == (
        answers["P1"],
        answers["P2"],
        answers["P3"],
    )
