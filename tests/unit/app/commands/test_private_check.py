"""`gauge private-check`: what it says before it asks anybody."""

import csv

import pytest

from app.commands import private_check as command
from tests.fixtures.messy_drafts import workbook_of


@pytest.mark.parametrize(
    "url", ["ftp://check.example.org", "check.example.org", "http://127.0.0.1:99999", "http://[::1"]
)
def test_what_is_no_address_is_a_usage_error(gauge, url):
    code, _, err = gauge("private-check", url)
    assert (2, True, False) == (code, "address" in err, "bug" in err)


@pytest.fixture
def without_trust(tmp_path, monkeypatch):
    def keys_at(name):
        monkeypatch.setenv("GAUGE_KEYS_DIR", str(tmp_path / name))
        return tmp_path / name / "trust.json"

    return keys_at


@pytest.mark.parametrize("command", [("private-check",), ("manifest", "verify")], ids=" ".join)
def test_without_any_trust_it_names_the_path_where_it_looked(gauge, without_trust, command):
    looked_at = without_trust("no-keys")
    code, _, err = gauge(*command, "http://127.0.0.1:1")
    words = " ".join(err.split())
    assert (2, True, True) == (code, str(looked_at) in words, "--trust FILE" in words)


def test_nobody_is_asked_for_a_name_before_the_rest_is_right(gauge, without_trust):
    without_trust("no-keys")
    assert "Number" not in gauge("private-check", "http://127.0.0.1:1")[2]


def test_a_service_that_does_not_answer_ends_it_as_unavailable(gauge, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("id_type,id_number,name\npassport,X00000017,Ana Silva\n")
    code, out, err = gauge("private-check", "http://127.0.0.1:1", "--people", str(people))
    assert (12, "", False) == (code, out, "bug" in err)


def test_a_list_that_proves_no_encoding_is_refused_until_it_is_named(gauge, tmp_path):
    people = tmp_path / "people.csv"
    people.write_bytes("id_type,id_number,name\npassport,X00000017,陳大文\n".encode("big5"))
    asked = ("private-check", "http://127.0.0.1:1", "--people", str(people))
    code, _, err = gauge(*asked)
    assert (10, True) == (code, "--encoding NAME" in err)
    assert 12 == gauge(*asked, "--encoding", "big5")[0]  # read, and the service is not there


def test_a_list_with_columns_of_its_own_is_told_how_it_is_read(gauge, tmp_path):
    people = tmp_path / "staff.csv"
    people.write_text("工号,姓名,证件号码\n1,舒小满,990000198001011234\n", "utf-8")
    asked = ("private-check", "http://127.0.0.1:1", "--people", str(people))
    code, _, err = gauge(*asked)
    assert (10, True) == (code, "column missing: id_type" in err)
    assert "--own-columns --out FILE" in err
    out = str(tmp_path / "answers.csv")
    assert 12 == gauge(*asked, "--own-columns", "--out", out)[0]  # read; the service is not there


HEADER = ("姓名", "证件号码", "部门")
ROW = ("舒小满", "990000198001011234", "一")


@pytest.mark.parametrize("options", [(), ("--own-columns",)], ids=["published", "own"])
def test_what_is_odd_in_a_list_is_printed_as_the_portal_says_it(gauge, tmp_path, options):
    people = tmp_path / "staff.xlsx"
    sheets = {"离职": [("x", 1)], "名单": [HEADER, ROW, ("合计", 1, "")], "c": [("y", 2)]}
    people.write_bytes(workbook_of(sheets, lambda _, sheet: sheet.hide()))
    out = str(tmp_path / "answers.csv")
    asked = ("private-check", "http://127.0.0.1:1", "--people", str(people), "--out", out)
    code, _, err = gauge(*asked, *options)
    assert 12 == code  # the list was read; the service is not there
    lines = [line for line in err.splitlines() if line.startswith("list: ")]
    assert [
        "list: Hidden in the file: sheet 3.",
        "list: Not read: sheet 1.",
        "list: Read as notes or totals, not as people: row 3.",
    ] == sorted(lines)
    assert ROW[1] not in err


def test_of_a_plain_list_encoding_and_columns_that_are_not_read_are_printed(gauge, tmp_path):
    people = tmp_path / "people.csv"
    people.write_bytes("id_type,id_number,name,note\npassport,X00000017,陳大文,x\n".encode("big5"))
    asked = ("private-check", "http://127.0.0.1:1", "--people", str(people))
    _, _, err = gauge(*asked, "--encoding", "big5")
    lines = [line for line in err.splitlines() if line.startswith("list: ")]
    assert [
        "list: The file was read in the encoding big5.",
        "list: people.csv: columns not read: note",
    ] == lines


@pytest.fixture
def answers_to(private_gauge, tmp_path):
    def answers_to(text):
        people = tmp_path / "people.csv"
        people.write_text(text, "utf-8")
        code, out, err = private_gauge("--people", str(people))
        assert 0 == code, err
        return [row["status"] for row in csv.DictReader(out.splitlines())], err

    return answers_to


def test_whoever_is_listed_under_one_of_two_names_is_found(answers_to, people):
    number = people.general.id_number
    rows = (f"passport,{number},{name},{latin}\n" for name, latin in NAMES)
    statuses, _ = answers_to("id_type,id_number,name,name_latin\n" + "".join(rows))
    assert ["exposed", "exposed", "exposed", "not_found"] == statuses


NAMES = (
    ("穆安娜", "Ana Müller-Silva"),
    ("Ana Müller-Silva", "穆安娜"),
    ("穆安娜 Ana Müller-Silva", ""),
    ("穆安娜", "Somebody Else"),
)


def test_why_a_row_is_invalid_is_printed_and_no_cell_of_it(answers_to):
    statuses, err = answers_to("id_type,id_number,name\npassport,X00000017,舒望\n")
    assert ["invalid"] == statuses
    assert "invalid: row 2, name_latin: latin name needed" in err
    assert "X00000017" not in err


def test_one_person_is_asked_for_both_names_at_the_terminal(private_gauge, people, monkeypatch):
    typed = iter(["passport", people.general.id_number, "穆安娜", "Ana Müller-Silva"])
    monkeypatch.setattr(command.click, "prompt", lambda *_, **__: next(typed))
    code, out, _ = private_gauge()
    assert (0, True) == (code, ",exposed,general," in out)


def test_the_one_name_of_a_resident_is_all_that_is_asked_for(private_gauge, people, monkeypatch):
    typed = iter(["resident", people.close.id_number, people.close.name])
    monkeypatch.setattr(command.click, "prompt", lambda *_, **__: next(typed))
    code, out, _ = private_gauge()
    assert (0, True) == (code, ",exposed,close," in out)
