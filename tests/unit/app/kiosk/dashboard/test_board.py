"""What the officer's pages read, on both engines."""

from dataclasses import replace
from datetime import date

import pytest

from app.kiosk.alarms.raising import raise_for_checkins
from app.kiosk.dashboard.board import BoardReader
from app.kiosk.dashboard.people_search import find_people
from app.kiosk.dashboard.shared_people import find_shared
from app.kiosk.health_log.log_lines import LogReader
from app.kiosk.health_log.observation_book import NewObservation, ObservationBook
from app.records.kiosks.checkins import NewCheckin, add_checkins
from tests.fixtures.kiosk_checkins import DAYS, HOUR, MINUTE, NOON, checkin_of
from tests.fixtures.kiosk_records import GATE, keep_kiosk, keep_organisation

VISITOR = {"id_type": "passport", "id_number": "X0000001", "name": "", "name_latin": "OEZ ANNA"}
DAY = date(2020, 2, 3)


@pytest.fixture
def seen(records):
    """Somebody came at eleven and left; a visitor with a fever stood at the gate meanwhile."""
    keep_organisation(records)
    keep_kiosk(records, replace(GATE, last_seen_at=NOON))
    checkins = [
        checkin_of(1, made_at=NOON - HOUR),
        checkin_of(2, made_at=NOON - 50 * MINUTE, person=b"visitor", word="wait",
                   who={"visitor": VISITOR}, reasons=["fever"]),
        checkin_of(3, made_at=NOON - 30 * MINUTE, direction="out"),
    ]  # fmt: skip
    with records.writing() as connection:
        new = [NewCheckin(one, one.person, b"b" * 32) for one in checkins]
        add_checkins(connection, records.cipher, new)
        raise_for_checkins(connection, records.cipher, checkins, 37.3)
    return records


def test_the_dashboard_is_read(seen):
    board = BoardReader(seen, DAYS).read(1, NOON)
    numbers = board.numbers
    assert (1, 1, 1, 1) == (
        numbers.came_in,
        numbers.went_out,
        numbers.fevers,
        numbers.waiting,
    )
    assert [("OEZ ANNA", "东门")] == [(one.name, one.place) for one in board.alarms]
    assert NOON - 50 * MINUTE == board.newest_fever
    assert (DAY, (2, 1, 0)) == board.days.rows[-1]
    assert [0] == [kiosk.missing for kiosk in board.kiosks]


def test_of_another_organisation_nothing_is_read(seen):
    board = BoardReader(seen, DAYS).read(2, NOON)
    assert (0, [], []) == (board.numbers.came_in, board.alarms, board.kiosks)


def test_who_was_in_at_the_same_hours_is_found(seen):
    with seen.reading() as connection:
        span = (DAYS.start(DAY), DAYS.end(DAY))
        found = find_shared(connection, seen.cipher, 1, b"person", span)
    assert ["OEZ ANNA"] == [one.name.name for one in found.people]


def test_a_visitor_is_found_by_a_name(seen):
    with seen.reading() as connection:
        found = [
            [one.name for one in find_people(connection, seen.cipher, organisation, "anna")]
            for organisation in (1, 2)
        ]
    assert [["OEZ ANNA"], []] == found


def test_the_daily_log_is_read(seen, monkeypatch):
    monkeypatch.setattr("time.time", lambda: NOON / 1_000)
    ObservationBook(seen, DAYS).begin(1, NewObservation("周予安", DAY), "officer")
    with seen.reading() as connection:
        reader = LogReader(connection, seen.cipher, 1, DAYS, 14)
        assert [(1, 0), (1, 1)] == [
            (summary.observed, summary.missed)
            for summary in map(reader.summary, (NOON, NOON + 10 * HOUR))
        ]
