import csv
import io
import json
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from exposure_index.messages.corrections import (
    DECISION_OF_REASON,
    DECISIONS,
    TAKEN_OFF,
    ExportedCorrection,
    read_corrections,
    write_corrections,
)
from exposure_index.messages.export_lines import ExportUnreadable
from exposure_index.messages.sealed_messages import CORRECTION, seal
from index_builder.corrections.decisions import settle
from index_builder.corrections.request_export import open_requests
from index_builder.corrections.request_table import (
    TableRefused,
    private_new_file,
    read_table,
    safe_cell,
)
from index_builder.normalise.times import today

KEY = X25519PrivateKey.generate()
PRIVATE, PUBLIC = KEY.private_bytes_raw(), KEY.public_key().public_bytes_raw()
DAY = date(2020, 2, 5)
MESSAGE = {
    "what": "never_aboard",
    "id_type": "passport",
    "id_number": "X0000001",
    "name": "Ana Silva",
    "trip": "",
    "text": "=HYPERLINK(1)",
    "contact": "",
}


def carried(reference, changes=None, public=PUBLIC):
    content = json.dumps({"version": 1, **MESSAGE, **(changes or {})}).encode()
    return ExportedCorrection(reference, DAY, seal(public, content, CORRECTION))


def export_of(*requests):
    file = io.StringIO()
    write_corrections(file, requests)
    file.seek(0)
    return file


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_export_is_read_as_it_was_written():
    requests = [carried("A"), ExportedCorrection("B", DAY, None)]
    assert requests == list(read_corrections(export_of(*requests)))


@pytest.mark.parametrize("line", ["", "[]", '{"reference": "hidden-word"}', '{"sealed": 1}', "{"])
def test_a_line_that_is_none_is_named_without_its_content(line):
    head, first, end = export_of(carried("A")).getvalue().splitlines()
    with pytest.raises(ExportUnreadable, match=r"^line 3: cannot be read$"):
        list(read_corrections([head, first, line, end]))


def test_an_export_that_lost_its_last_lines_is_refused():
    lines = export_of(carried("A"), carried("B")).getvalue().splitlines()
    for cut in (lines[:-1], lines[:-2], lines[:1], []):
        with pytest.raises(ExportUnreadable, match=r"^its end is missing"):
            list(read_corrections(cut))


def test_another_file_is_refused():
    with pytest.raises(ExportUnreadable, match="line 1"):
        list(read_corrections(["reference,received_on\n"]))


def test_a_table_that_could_not_be_written_whole_is_not_there(tmp_path):
    with pytest.raises(UnicodeEncodeError), private_new_file(tmp_path / "out.csv") as file:
        file.write("A" * 100_000 + "\ud800")
    assert not (tmp_path / "out.csv").exists()


def test_what_opens_is_written_and_the_rest_is_named(tmp_path):
    other = X25519PrivateKey.generate().public_key().public_bytes_raw()
    requests = [carried("A"), carried("A"), carried("B", public=other)]
    done = open_requests(
        export_of(*requests, ExportedCorrection("C", DAY, None)), PRIVATE, tmp_path / "out.csv"
    )
    assert (1, ("C",), ("B",)) == (done.requests, done.withdrawn, done.unreadable)
    row = rows_of(tmp_path / "out.csv")[0]
    assert ("A", "2020-02-05", "X0000001", "'=HYPERLINK(1)", "") == tuple(
        row[name] for name in ("reference", "received_on", "id_number", "text", "decision")
    )


HALF_A_SURROGATE = json.dumps(dict.fromkeys(MESSAGE, "\ud800")).encode()


@pytest.mark.parametrize(
    "content", [b"[" * 8_000, b"[]", b"\xff", b'{"what": 1}', b"", HALF_A_SURROGATE]
)
def test_a_message_that_no_form_sent_stops_none_of_the_others(tmp_path, content):
    poison = ExportedCorrection("B", DAY, seal(PUBLIC, content, CORRECTION))
    done = open_requests(export_of(poison, carried("A")), PRIVATE, tmp_path / "out.csv")
    assert (1, ("B",)) == (done.requests, done.unreadable)


@pytest.mark.parametrize("text", ["=1", "+86 199 0000 0001", "-1", "@x", "\tx", "＝1", "＋1"])
def test_no_cell_is_a_formula(text):
    assert "'" + text == safe_cell(text)


@pytest.fixture
def table_of(tmp_path):
    def make(**decided):
        path = tmp_path / "opened.csv"
        path.unlink(missing_ok=True)
        open_requests(export_of(carried("A"), carried("B")), PRIVATE, path)
        rows = rows_of(path)
        rows[0] |= decided
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return make


IDENTITY = (MESSAGE["id_type"], MESSAGE["id_number"], MESSAGE["name"])
TRIP = {"mode": "train", "number": "G1712", "service_date": "2020-01-21"}
NO_TRIP = dict.fromkeys(TRIP, "")
OFF = {"decision": "accepted", "reason": "taken_off", "cleared_on": ""} | TRIP
ENDED = OFF | NO_TRIP | {"what": "cleared", "cleared_on": "2020-02-05"}
NAMES = ("id_type", "id_number", "name", "cleared_on", *TRIP)


def cleared_rows(path):
    return [tuple(row[name] for name in NAMES) for row in rows_of(path)]


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


def test_a_trip_is_written_as_the_tables_have_it(table_of, tmp_path):
    cells = {"mode": " 火车", "number": "g 1712 ", "service_date": "2020/1/21"}
    settle(table_of(**OFF | cells), tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert [("train", "g 1712", "2020-01-21")] == [
        row[-3:] for row in cleared_rows(tmp_path / "cleared.csv")
    ]


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


def test_a_file_that_is_there_is_not_written_over(table_of, tmp_path):
    (tmp_path / "decisions.csv").touch()
    with pytest.raises(TableRefused, match="exists already"):
        settle(table_of(**OFF), tmp_path / "cleared.csv", tmp_path / "decisions.csv")
    assert not (tmp_path / "cleared.csv").exists()


def test_a_table_that_lost_a_column_is_refused(tmp_path):
    path = tmp_path / "opened.csv"
    path.write_text("reference,decision\nA,accepted\n")
    with pytest.raises(TableRefused, match="column cleared_on is missing"):
        settle(path, tmp_path / "cleared.csv", tmp_path / "decisions.csv")


def test_a_quotation_mark_that_is_never_closed_swallows_no_decision(tmp_path):
    table = tmp_path / "requests.csv"
    table.write_text('reference,text\nAAAA,"never aboard\nBBBB,not me\n', "utf-8")
    with pytest.raises(TableRefused, match=r"requests\.csv: no CSV"):
        read_table(table, ("reference",))
