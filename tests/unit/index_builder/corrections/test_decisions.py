import csv
from contextlib import nullcontext

import pytest

from exposure_index.messages.corrections import DECISION_OF_REASON, DECISIONS, TAKEN_OFF
from index_builder.corrections.decisions import settle
from index_builder.corrections.request_table import TableRefused
from tests.unit.index_builder.corrections.conftest import (
    ENDED,
    IDENTITY,
    NO_TRIP,
    OFF,
    TRIP,
    cleared_rows,
    rows_of,
)


def test_whoever_is_taken_off_is_cleared_beside_those_who_were(table_of, tmp_path):
    cleared, decisions = tmp_path / "cleared.csv", tmp_path / "decisions.csv"
    columns = "service_date,mode,cleared_on,id_number,note,name,id_type,number"
    cleared.write_text(f"{columns}\n,,2020-01-01,X0000002,kept,,,", encoding="utf-8")
    done = settle(table_of(**OFF), cleared, decisions)
    assert (1, 1, 1, 1) == (done.decided, done.cleared, done.trips, done.open)
    before = ("", "X0000002", "", "2020-01-01", "", "", "")
    own = (*IDENTITY, "", *TRIP.values())
    assert [before, own] == cleared_rows(cleared)
    assert [{"reference": "A", "decision": "accepted", "reason": "taken_off"}] == rows_of(decisions)


def test_a_request_about_two_trips_has_two_rows_and_one_decision(table_of, tmp_path):
    table = table_of(**OFF)
    rows = rows_of(table)
    rows.insert(1, rows[0] | {"number": "G1714"})
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert (1, 2, 1) == (done.decided, done.cleared, done.open)
    assert ["G1712", "G1714"] == [row["number"] for row in rows_of(tmp_path / "cleared.csv")]
    assert ["A"] == [row["reference"] for row in rows_of(tmp_path / "decisions.csv")]


def test_a_whole_person_who_is_not_in_the_table_is_refused(table_of, tmp_path):
    with pytest.raises(TableRefused, match="no request ZZZZ"):
        settle(table_of(**OFF), tmp_path / "c.csv", tmp_path / "d.csv", ["ZZZZ"])


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ("cleared_on,id_number,mode,number,service_date", "id_type, name"),
        ("id_type,id_number,cleared_on,mode,number,service_date", "name"),
        ("id_number,name,cleared_on,mode,number,service_date", "id_type"),
        ("id_type,name,mode,number,service_date", "id_number, cleared_on"),
        ("id_type,id_number,name,cleared_on", "mode, number, service_date"),
        ("id_type,id_number,name,cleared_on,number", "mode, service_date"),
        ("", "id_type, id_number, name, cleared_on, mode, number, service_date"),
    ],
)
def test_a_file_that_cannot_hold_identity_and_trip_is_refused(table_of, tmp_path, columns, missing):
    cleared, decisions = tmp_path / "cleared.csv", tmp_path / "decisions.csv"
    cleared.write_text(columns, encoding="utf-8")
    with pytest.raises(TableRefused, match=rf"^cleared\.csv: missing columns: {missing}$"):
        settle(table_of(**OFF), cleared, decisions)
    assert (columns, False) == (cleared.read_text(encoding="utf-8"), decisions.exists())


def test_a_file_without_trips_takes_clearances_up_to_a_day(table_of, tmp_path):
    cleared = tmp_path / "cleared.csv"
    cleared.write_text("id_type,id_number,name,cleared_on\n", encoding="utf-8")
    assert 1 == settle(table_of(**ENDED), cleared, tmp_path / "decisions.csv").cleared


def test_a_request_decided_differently_in_two_rows_is_refused(table_of, tmp_path):
    table = table_of(**OFF)
    rows = rows_of(table)
    rows[1] |= {"reference": "A", "decision": "declined", "reason": "unclear"}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(TableRefused, match=r"opened\.csv: A: decided differently in two rows"):
        settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv")


def test_a_declined_request_clears_nobody(table_of, tmp_path):
    cleared = tmp_path / "cleared.csv"
    done = settle(table_of(decision="declined", reason="confirmed"), cleared, tmp_path / "d.csv")
    assert (1, 0, []) == (done.decided, done.cleared, rows_of(cleared))


@pytest.mark.parametrize(("reason", "decision"), DECISION_OF_REASON.items())
def test_each_reason_is_taken_with_its_own_decision_only(table_of, tmp_path, reason, decision):
    trip = TRIP if reason == TAKEN_OFF else NO_TRIP
    (other,) = {*DECISIONS} - {decision}
    for choice in (other, decision):
        table = table_of(**OFF | trip | {"decision": choice, "reason": reason})
        with pytest.raises(TableRefused) if choice == other else nullcontext():
            settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert int(reason == TAKEN_OFF) == len(rows_of(tmp_path / "cleared.csv"))


def test_a_file_that_is_there_is_not_written_over(table_of, tmp_path):
    (tmp_path / "decisions.csv").touch()
    with pytest.raises(TableRefused, match="exists already"):
        settle(table_of(**OFF), tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert not (tmp_path / "cleared.csv").exists()
