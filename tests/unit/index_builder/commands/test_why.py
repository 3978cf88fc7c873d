"""`why`: which case, rule and rows list a person, asked with a reason that is logged first."""

import json
import shutil
import stat
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from exposure_index.errors import ExitCode
from index_builder.commands import main

PERSON = {
    "near": ("passport", "X0000001", "Ana Silva"),
    "far": ("other", "P00002", "Far Away"),
    "early": ("other", "P00003", "Early Bird"),
    "apart": ("other", "P00004", "Left Before"),
    "ended": ("other", "P00005", "Was Cleared"),
    "case": ("other", "C00009", "Index Case"),
    "met": ("other", "P00006", "Table Guest"),
    "unseen": ("other", "P00007", "Never Aboard"),
    "other": ("resident", "990000198001011234", "Ana Silva"),
}
CASES = """case_id,onset_date,id_type,id_number,name
C1,2020-01-20,other,C00009,Index Case
C2,2020-01-20,,,
"""
CASE_LEGS = """case_id,mode,number,service_date,seat,board,alight
C1,flight,CA1234,2020-01-20,9A,,
C1,flight,CA1234,2020-01-02,9A,,
C2,coach,粤A10001,2020-01-21,,广州,深圳
"""
LEGS = """mode,number,service_date,seat,id_type,id_number,name,operator,board,alight
flight,CA1234,2020-01-20,9C,passport,x 0000001,SILVA/ANA MS,Air,,
flight,CA1234,2020-01-20,30C,other,P00002,Far Away,Air,,
flight,CA1234,2020-01-02,9C,other,P00003,Early Bird,Air,,
coach,粤A10001,2020-01-21,,other,P00004,Left Before,Bus,韶关,广州
flight,CA1234,2020-01-20,,other,P00005,Was Cleared,Air,,
flight,CA1234,2020-01-20,9A,other,C00009,Index Case,Air,,
flight,CA9999,2020-01-20,1A,other,P00007,Never Aboard,Air,,
"""
TIMETABLE = """mode,number,stop_seq,stop
coach,粤A10001,1,韶关
coach,粤A10001,2,广州
coach,粤A10001,3,深圳
"""
CONTACTS = """case_id,exposure_date,setting,id_type,id_number,name
C1,2020-01-19,meal,other,P00006,Table Guest
"""
CLEARED = "id_type,id_number,name,cleared_on\nother,P00005,,2020-02-10\n"
DOCUMENTS = """person_key,id_type,id_number,name
K1,passport,X0000001,Ana Silva
K1,resident,990000198001011234,Ana Silva
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory, keys):
    folder = tmp_path_factory.mktemp("why")
    source, out = folder / "source", folder / "out"
    source.mkdir()
    tables = {
        "cases": CASES,
        "case_legs": CASE_LEGS,
        "legs": LEGS,
        "timetable": TIMETABLE,
        "contacts": CONTACTS,
        "cleared": CLEARED,
        "documents": DOCUMENTS,
    }
    for name, text in tables.items():
        (source / f"{name}.csv").write_text(text, "utf-8")
    order = f"build --source {source} --keys {keys} --out {out} --rules au-2020 --publish"
    done = CliRunner().invoke(main, [*order.split(), "--rules", "nhc-2020-03"])
    assert 0 == done.exit_code, done.output
    return SimpleNamespace(folder=folder, source=source, out=out, keys=keys)


def order(place, *more, reason="test of the hotline"):
    folders = ("--source", place.source, "--keys", place.keys, "--out", place.out)
    return [str(part) for part in ("why", *folders, "--reason", reason, *more)]


@pytest.fixture(scope="module")
def told(place):
    """The explanations of everybody, by one run of the engine."""
    rows = "".join(",".join(person) + "\n" for person in PERSON.values())
    done = CliRunner().invoke(
        main, order(place, "--people", "-", "--json"), input=f"id_type,id_number,name\n{rows}"
    )
    assert 0 == done.exit_code, done.output
    return SimpleNamespace(
        **dict(zip(PERSON, json.loads(done.stdout), strict=True)), output=done.output
    )


def only(explanation):
    (finding,) = explanation["findings"]
    return finding


def test_it_names_case_rule_and_rows_of_both(told):
    finding = only(told.near)
    assert ("listed", "C1", "nhc-2020-03", "close") == (
        finding["verdict"],
        finding["case_id"],
        finding["rule"],
        finding["tier"],
    )
    assert [["legs", 2]] == finding["rows"]
    assert ["case_legs", 2] in finding["case_rows"]
    assert told.near["listed_now"]
    assert told.near["agrees"]


def test_another_document_of_the_person_has_the_same_reason(told):
    assert only(told.near) == only(told.other)


def test_a_contact_of_investigators_names_the_row_of_contacts(told):
    finding = only(told.met)
    assert ("setting", "listed", [["contacts", 2]]) == (
        finding["mode"],
        finding["verdict"],
        finding["rows"],
    )


@pytest.mark.parametrize(
    ("who", "verdict"),
    [("early", "outside_period"), ("apart", "apart"), ("ended", "cleared"), ("case", "own")],
)
def test_what_did_not_count_is_told_with_its_reason(told, who, verdict):
    explanation = getattr(told, who)
    assert verdict == only(explanation)["verdict"]
    assert not explanation["listed_now"]
    assert explanation["agrees"]


def test_a_widening_that_listed_somebody_is_named(told):
    assert "seat_unknown" in only(told.ended)["widenings"]


def test_a_general_contact_is_told_as_one(told):
    assert ("listed", "general") == (only(told.far)["verdict"], only(told.far)["tier"])


def test_who_met_no_case_has_no_finding(told):
    assert [] == told.unseen["findings"]
    assert told.unseen["agrees"]


def test_no_identity_is_in_the_answer_or_in_the_log(told, place):
    log = (place.folder / "out-casework" / "why.jsonl").read_text("utf-8")
    for _, number, name in PERSON.values():
        if len(number) > 2:
            assert number not in told.output + log
        assert name not in told.output + log


def test_each_question_is_logged_with_user_and_reason(told, place):
    path = place.folder / "out-casework" / "why.jsonl"
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    near = lines[list(PERSON).index("near")]
    assert {"time", "user", "action", "reason", "about", "build_id", "found"} == set(near)
    assert ("why", "test of the hotline", True) == (near["action"], near["reason"], near["found"])
    assert not lines[list(PERSON).index("unseen")]["found"]


def test_nothing_is_left_but_the_log(told, place):
    assert told
    left = {path.name for path in (place.folder / "out-casework").iterdir()}
    assert left <= {"why.jsonl", "digests", "inquiries.sqlite", ".lock"}


def test_it_asks_for_what_is_not_on_the_command_line_and_does_not_show_it(place):
    done = CliRunner().invoke(
        main, order(place, "--id-type", "passport"), input="X0000001\nAna Silva\n"
    )
    assert 0 == done.exit_code, done.output
    assert "X0000001" not in done.output
    for words in (
        "lists this person:",
        "flight CA1234, 2020-01-20, observed until 2020-02-03",
        "source     as it is now lists this person",
        "LISTED: flight CA1234, 2020-01-20, case C1",
        "person   legs row 2",
        "rule     nhc-2020-03: ",
    ):
        assert words in done.stdout


def test_another_name_of_a_listed_document_is_said_to_be_that(place):
    done = CliRunner().invoke(
        main, order(place, "--id-type", "other", "--id-number", "P00002", "--name", "Someone Else")
    )
    assert "knows this document under another name" in done.stdout
    assert "does not list this person" in done.stdout


def test_it_says_when_the_source_has_changed_since(place, tmp_path):
    source = tmp_path / "source"
    shutil.copytree(place.source, source)
    (source / "legs.csv").write_text(
        LEGS.replace("P00007", "P00008").replace("x 0000001", "x 0000002")
    )
    changed = SimpleNamespace(source=source, out=place.out, keys=place.keys)
    done = CliRunner().invoke(
        main,
        order(changed, "--id-type", "passport", "--id-number", "X0000001", "--name", "Ana Silva"),
    )
    assert "DIFFERENT  the index says otherwise" in done.stdout
    assert "legs" in done.stdout.split("DIFFERENT")[1].splitlines()[0]


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_no_answer_without_a_reason(place, reason):
    done = CliRunner().invoke(main, order(place, reason=reason))
    assert 2 == done.exit_code
    assert "in 3 characters or more" in done.stderr


def test_no_answer_where_the_question_cannot_be_logged(place, tmp_path):
    (tmp_path / "casework").mkdir()
    (tmp_path / "casework" / "why.jsonl").mkdir()
    person = ("--id-type", "other", "--id-number", "P00002", "--name", "Far Away")
    done = CliRunner().invoke(main, order(place, *person, "--casework", str(tmp_path / "casework")))
    assert 12 == done.exit_code
    assert "case C1" not in done.output


def test_an_identity_that_nobody_could_type_is_refused(place):
    table = "id_type,id_number,name\nother,!!!,甲\n"
    done = CliRunner().invoke(main, order(place, "--people", "-"), input=table)
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "甲" not in done.output


def test_who_sat_outside_the_zone_of_the_rule_is_told_so(place):
    """Under au-2020 nobody but the rows around the case is listed."""
    person = ("--id-type", "other", "--id-number", "P00002", "--name", "Far Away")
    done = CliRunner().invoke(main, order(place, *person, "--rules", "au-2020"))
    assert "not listed: outside the zone of the rule: flight CA1234, 2020-01-20" in done.stdout
    assert "DIFFERENT  the index says otherwise" in done.stdout
    assert "none is newer: other rules, perhaps?" in done.stdout


def test_a_driver_is_told_the_row_of_drivers(place, tmp_path):
    source = tmp_path / "source"
    shutil.copytree(place.source, source)
    (source / "drivers.csv").write_text(
        "plate,from_time,to_time,id_type,id_number,name\n"
        "粤A10001,2020-01-21T06:00,2020-01-21T20:00,other,D00001,Road Runner\n",
        "utf-8",
    )
    changed = SimpleNamespace(source=source, out=place.out, keys=place.keys)
    person = ("--id-type", "other", "--id-number", "D00001", "--name", "Road Runner")
    done = CliRunner().invoke(main, order(changed, *person))
    assert "LISTED: coach 粤A10001, 2020-01-21, case C2" in done.stdout
    assert "person   drivers row 2" in done.stdout
    assert "changed since it was built: drivers" in done.stdout


def test_rows_that_may_be_of_somebody_who_is_not_found_are_told(place, tmp_path):
    source = shutil.copytree(place.source, tmp_path / "source")
    with (source / "legs.csv").open("a") as legs:
        legs.write("flight,XQZ123,2020-01-20,9D,other,P00011,Doubtful Number,Air,,\n")
    moved = SimpleNamespace(**vars(place) | {"source": source})
    person = ("--id-type", "other", "--id-number", "P00011", "--name", "Doubtful Number")
    done = CliRunner().invoke(main, order(moved, *person))
    assert "no row of this person on a trip with a case; 1 of legs are left out" in done.output
