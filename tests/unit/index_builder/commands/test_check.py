"""`check`: answers offline as CSV, and nobody of the list is left out."""

import csv

import pytest

from exposure_index.errors import ExitCode


def rows_of(done):
    assert 0 == done.exit_code, done.output
    return list(csv.DictReader(done.stdout.splitlines()))


@pytest.fixture
def check(run, out, keys, tmp_path):
    def check(text, encoding="utf-8"):
        file = tmp_path / "people.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return run("check", "--index", out, "--keys", keys, "--people", file)

    return check


def test_the_columns_are_those_of_the_contract(check):
    done = check("id_type,id_number,name\n")
    assert "id_type,id_number,name,status,tier,mode,number,service_date,rule" == done.stdout.strip()


def test_a_listed_person_is_told_trip_and_rule(check):
    (row,) = rows_of(check("name,id_number,id_type,note\nAnna TravellerKT,p-00009,other,x\n"))
    assert {
        "id_type": "other",
        "id_number": "p-00009",
        "name": "Anna TravellerKT",
        "status": "exposed",
        "tier": "close",
        "mode": "flight",
        "number": "CA1234",
        "service_date": "2020-01-20",
        "rule": "nhc-2020-03",
    } == row


def test_everybody_gets_a_row(check):
    rows = rows_of(
        check(
            "id_type,id_number,name\nother,P00009,Anna TravellerKT\nother,P00009,Somebody Else\n"
            "resident,990102198001010011,甲某\nnonsense,P00009,Anna TravellerKT\nother,,\n"
        )
    )
    expected = ["exposed", "not_found", "invalid", "invalid", "invalid"]
    assert expected == [row["status"] for row in rows]


def test_a_second_name_is_looked_up_too(check):
    rows = rows_of(
        check(
            "id_type,id_number,name,拼音\nother,P00009,舒望,Anna TravellerKT\n"
            "other,P00009,Anna TravellerKT,\nother,P00009,舒望,\n"
        )
    )
    assert ["exposed", "exposed", "not_found"] == [row["status"] for row in rows]


def test_a_name_in_the_other_script_is_looked_up_by_its_readings(build, run, source, keys, out):
    assert out
    with (source / "legs.csv").open("a", encoding="utf-8") as file:
        file.write("flight,CA1234,2020-01-20,9D,passport,XX0000901,YANG/LIMS,Air\n")
    assert 0 == build("--publish").exit_code
    passport = ("check", "--index", out, "--keys", keys, "--id-type", "passport", "--id-number")
    listed = run(*passport, "XX0000901", "--name", "杨丽")
    other = run(*passport, "XX0000901", "--name", "舒望")
    assert "exposed" == rows_of(listed)[0]["status"]
    assert "not_found" == rows_of(other)[0]["status"]
    assert not listed.stderr
    assert "looked up by readings of the Han name only; name_latin makes" in other.stderr


def test_why_a_row_is_invalid_or_unsure_is_said_apart_and_quotes_no_cell(check):
    done = check(
        "id_type,id_number,name\npassport,Ana Silva,X00000017\npassport,X00000017,舒望\n"
        "foreign_pr,X00000017,未知\nresident,990101199001010019,Shu Wang\n"
        "foreign_pr,X00000017,测试乙\npassport,X00000017,Иван\n"
    )
    expected = ["invalid", "not_found", "invalid", "invalid", "not_found", "invalid"]
    assert expected == [row["status"] for row in rows_of(done)]
    readings = "looked up by readings of the Han name only; name_latin makes the answer sure"
    assert [
        "invalid: row 2, id_number: looks like name",
        f"row 3: {readings}",
        "invalid: row 4, name: filler",
        "invalid: row 5, name: han name needed",
        f"row 6: {readings}",
        "invalid: row 7, name_latin: latin name needed",
    ] == done.stderr.splitlines()


def test_gb18030_lists_are_read(check):
    (row,) = rows_of(check("id_type,id_number,姓名\nother,P00009,王九\n", "gb18030"))
    assert ("王九", "not_found") == (row["name"], row["status"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("id_type,name\nother,x\n", "column missing: id_number"),
        ("id_type,id_number,name\nother,P00009\n", "row 2"),
        (
            b"\xef\xbb\xbfid_type,id_number,name\nother,P00009,\xff\xff\n"
            + b"other,P00009,x\n" * 5,
            "row 2",
        ),
        ("id_type,id_number,name\n" + "other,P00009,x\n" * 60_000 + "other\n", "row 60002"),
    ],
    ids=["empty", "no column", "cut line", "broken bytes", "cut far down"],
)
def test_a_list_that_cannot_be_answered_whole_is_refused(check, text, words):
    done = check(text)
    assert ExitCode.BAD_INPUT == done.exit_code
    assert words in done.stderr
    assert "" == done.stdout


def test_a_list_that_is_not_there_is_named_before_anything_is_printed(run, out, keys, tmp_path):
    done = run("check", "--index", out, "--keys", keys, "--people", tmp_path / "gone.csv")
    assert (ExitCode.BAD_INPUT, "") == (done.exit_code, done.stdout)
    assert "gone.csv" in done.stderr


@pytest.mark.parametrize(
    "rows", ["", "other,P00009,Anna TravellerKT\n"], ids=["nobody", "somebody"]
)
@pytest.mark.parametrize("place", ["nonexistent", "empty", "file", "no index inside"])
def test_without_an_index_nothing_is_answered(run, keys, tmp_path, place, rows):
    index = tmp_path / place
    if place == "file":
        index.touch()
    elif place != "nonexistent":
        (index / "inside" if place == "no index inside" else index).mkdir(parents=True)
    people = tmp_path / "people.csv"
    people.write_text(f"id_type,id_number,name\n{rows}")
    done = run("check", "--index", index, "--keys", keys, "--people", people)
    assert (ExitCode.REFUSED, "") == (done.exit_code, done.stdout)
    assert 1 == len(done.stderr.splitlines())


def test_one_person_may_be_asked_about_directly(run, out, keys):
    person = ("--id-type", "other", "--id-number", "P000020", "--name", "anna travellermk")
    (row,) = rows_of(run("check", "--index", out, "--keys", keys, *person))
    assert ("exposed", "general") == (row["status"], row["tier"])


def test_one_person_may_be_asked_about_by_a_name_in_letters(run, out, keys):
    person = ("--id-type", "other", "--id-number", "P000020", "--name-latin", "anna travellermk")
    (row,) = rows_of(run("check", "--index", out, "--keys", keys, *person))
    assert "exposed" == row["status"]


def test_list_and_single_person_do_not_go_together(run, out, keys, tmp_path):
    assert 2 == run("check", "--index", out, "--keys", keys).exit_code
    mixed = ("--people", tmp_path, "--name", "x")
    assert 2 == run("check", "--index", out, "--keys", keys, *mixed).exit_code


def test_another_key_is_refused_and_answers_nothing(run, out, tmp_path):
    run("keygen", tmp_path / "other")
    person = ("--id-type", "other", "--id-number", "P000020", "--name", "x")
    done = run("check", "--index", out, "--keys", tmp_path / "other", *person)
    assert ExitCode.REFUSED == done.exit_code
    assert "not_found" not in done.stdout
