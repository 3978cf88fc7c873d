import csv
from datetime import timedelta

import pytest

from index_builder.corrections.decisions import settle
from index_builder.corrections.request_table import TableRefused
from index_builder.normalise.times import today
from tests.unit.index_builder.corrections.conftest import (
    ENDED,
    IDENTITY,
    OFF,
    TRIP,
    cleared_rows,
    rows_of,
)


def test_a_trip_is_written_as_the_tables_have_it(table_of, tmp_path):
    cells = {"mode": " 火车", "number": "g 1712 ", "service_date": "2020/1/21"}
    settle(table_of(**OFF | cells), tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert [("train", "g 1712", "2020-01-21")] == [
        row[-3:] for row in cleared_rows(tmp_path / "cleared.csv")
    ]


def test_whose_observation_has_ended_is_cleared_up_to_a_day(table_of, tmp_path):
    done = settle(table_of(**ENDED), tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert (1, 0) == (done.cleared, done.trips)
    assert [(*IDENTITY, "2020-02-05", "", "", "")] == cleared_rows(tmp_path / "cleared.csv")


@pytest.mark.parametrize(
    "what", ["never_aboard", "other_place", "somebody_else", "not_listed", "other", ""]
)
def test_for_anybody_else_a_day_alone_is_refused_for_it_would_hide_other_trips(
    table_of, tmp_path, what
):
    table = table_of(**ENDED | {"what": what})
    with pytest.raises(
        TableRefused, match=r"^opened\.csv, row 2, mode: name the trip .* see --whole-person$"
    ):
        settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv", ["B"])
    assert not (tmp_path / "cleared.csv").exists()
    done = settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv", ["A"])
    assert (1, 0) == (done.cleared, done.trips)


def test_a_table_opened_before_trips_had_columns_needs_them_too(table_of, tmp_path):
    table = table_of(**OFF | {"cleared_on": "2020-02-05"})
    rows = [{name: row[name] for name in row if name not in TRIP} for row in rows_of(table)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(TableRefused, match="row 2, mode"):
        settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"decision": "perhaps"}, "row 2, decision"),
        ({"reason": ""}, "row 2, reason"),
        ({"decision": "declined"}, "row 2, reason: with declined, one of confirmed, unclear,"),
        (ENDED | {"decision": "declined"}, "row 2, reason: with declined"),
        ({"reason": "confirmed"}, "row 2, reason: with accepted, one of taken_off, added,"),
        ({"reason": "Taken_off"}, "row 2, reason: with accepted"),
        (ENDED | {"cleared_on": ""}, "row 2, cleared_on: write the day"),
        (ENDED | {"cleared_on": "5.2.2020"}, "row 2, cleared_on: write the day"),
        (ENDED | {"cleared_on": f"{today() + timedelta(days=7)}"}, "row 2, cleared_on: after"),
        (ENDED | {"reason": "added"}, "row 2, cleared_on: only with"),
        ({"reason": "added"}, "row 2, mode: only with"),
        ({"id_number": "1.10101E+17"}, "row 2, id_number: not as the form took it"),
        ({"id_number": ""}, "row 2, id_number: not as the form took it"),
        ({"id_type": "resident", "id_number": "990000198001010000"}, "row 2, id_number: not as"),
        ({"id_type": "护照"}, "row 2, id_type: not as"),
        ({"cleared_on": "2020-02-05"}, "row 2, cleared_on: leave it blank"),
        ({"mode": ""}, "row 2, mode: not a mode"),
        ({"number": ""}, "row 2, number: blank"),
        ({"number": "不详"}, "row 2, number: blank"),
        ({"service_date": ""}, "row 2, service_date: write the day"),
        ({"service_date": f"{today() + timedelta(days=7)}"}, "row 2, service_date: after today"),
    ],
)
def test_a_decision_that_cannot_be_used_writes_nothing(table_of, tmp_path, changed, words):
    cleared, decisions = tmp_path / "cleared.csv", tmp_path / "decisions.csv"
    with pytest.raises(TableRefused, match=words):
        settle(table_of(**{**OFF, **changed}), cleared, decisions)
    assert [] == [path for path in (cleared, decisions) if path.exists()]


def test_somebody_with_two_names_is_cleared_under_each(table_of, tmp_path):
    table = table_of(**OFF | {"name": "舒小满", "name_latin": "Shu Xiaoman"})
    done = settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert (1, 2) == (done.decided, done.cleared)
    assert ["舒小满", "Shu Xiaoman"] == [row[2] for row in cleared_rows(tmp_path / "cleared.csv")]


def test_a_name_in_letters_alone_is_that_of_the_row(table_of, tmp_path):
    table = table_of(**OFF | {"name": "", "name_latin": "Ana Silva"})
    settle(table, tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert [(*IDENTITY, "", *TRIP.values())] == cleared_rows(tmp_path / "cleared.csv")


def test_a_row_that_lost_its_names_is_refused_for_it_would_clear_others(table_of, tmp_path):
    with pytest.raises(TableRefused, match=r"^opened\.csv, row 2, name: blank"):
        settle(table_of(**OFF | {"name": ""}), tmp_path / "cleared.csv", tmp_path / "d.csv")


@pytest.mark.parametrize("column", ["name", "name_latin"])
def test_a_row_with_a_filler_for_a_name_is_refused(table_of, tmp_path, column):
    with pytest.raises(TableRefused, match=rf"^opened\.csv, row 2, {column}: names nobody"):
        settle(table_of(**OFF | {column: "UNKNOWN"}), tmp_path / "cleared.csv", tmp_path / "d.csv")
