"""`export`: open contacts as SORMAS and Go.Data import them."""

import csv
import json
import stat
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from index_builder.commands import main

CASES = "case_id,onset_date\nC1,2020-01-20\nC2,2020-01-20\n"
CASE_LEGS = """case_id,mode,number,service_date,seat
C1,flight,CA1234,2020-01-20,9A
C2,flight,CA5678,2020-01-21,9A
"""
LEGS = """mode,number,service_date,seat,id_type,id_number,name
flight,CA1234,2020-01-20,9C,passport,X0000001,SILVA/ANA MS
flight,CA5678,2020-01-21,9C,passport,X0000001,SILVA/ANA MS
flight,CA1234,2020-01-20,30C,other,P00002,欧阳小满
flight,CA1234,2020-01-20,9D,other,P00003,Was Cleared
flight,CA1234,2020-01-20,8D,other,P00004,
"""
CLEARED = "id_type,id_number,cleared_on\nother,P00003,2020-01-30\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory, keys):
    folder = tmp_path_factory.mktemp("export")
    source = folder / "source"
    source.mkdir()
    for name, text in (
        ("cases", CASES),
        ("case_legs", CASE_LEGS),
        ("legs", LEGS),
        ("cleared", CLEARED),
    ):
        (source / f"{name}.csv").write_text(text, "utf-8")
    return SimpleNamespace(folder=folder, source=source, keys=keys)


def export(place, form, to, *more, day="2020-02-01"):
    order = ["export", "--source", place.source, "--keys", place.keys, "--format", form]
    order += ["--out", place.folder / "out", "--to", to, "--as-of", day, "--reason", "hand-over"]
    return CliRunner().invoke(main, [str(part) for part in (*order, *more)])


@pytest.fixture(scope="module")
def sormas(place):
    to = place.folder / "sormas.csv"
    done = export(place, "sormas", to, "--region", "Guangdong")
    assert 0 == done.exit_code, done.output
    assert "4 open contacts" in done.stdout
    with to.open(encoding="utf-8", newline="") as file:
        classes = next(csv.reader(file))
        rows = list(csv.DictReader(file))
    return SimpleNamespace(path=to, classes=classes, rows=rows)


@pytest.fixture(scope="module")
def godata(place):
    to = place.folder / "godata.csv"
    assert 0 == export(place, "godata", to).exit_code
    with to.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_sormas_gets_one_row_for_each_person_and_case(sormas):
    silva = [row for row in sormas.rows if row["person.lastName"] == "SILVA"]
    assert {"C1", "C2"} == {row["caseIdExternalSystem"] for row in silva}
    assert 4 == len({row["externalID"] for row in sormas.rows})


def test_sormas_gets_the_class_of_each_column_above_its_path(sormas):
    columns = list(sormas.rows[0])
    assert len(columns) == len(sormas.classes)
    assert "Person" == sormas.classes[columns.index("person.firstName")]
    assert "Contact" == sormas.classes[columns.index("lastContactDate")]


def test_sormas_codes_and_dates_are_those_of_its_import(sormas):
    row = next(row for row in sormas.rows if row["caseIdExternalSystem"] == "C2")
    assert {
        "disease": "CORONAVIRUS",
        "reportDateTime": "02/01/2020",
        "lastContactDate": "01/21/2020",
        "followUpUntil": "02/04/2020",
        "contactProximity": "CLOSE_CONTACT",
        "contactStatus": "ACTIVE",
        "region": "Guangdong",
        "person.firstName": "ANA",
        "person.passportNumber": "X0000001",
        "person.sex": "UNKNOWN",
    }.items() <= row.items()


def test_somebody_without_a_name_is_exported_all_the_same(sormas):
    (row,) = [row for row in sormas.rows if "P00004" in row["additionalDetails"]]
    assert ("N/A", "N/A") == (row["person.firstName"], row["person.lastName"])


def test_whoever_was_cleared_is_not_open(sormas, godata):
    assert not [row for row in sormas.rows if "P00003" in row["additionalDetails"]]
    assert "P00003" not in {row["documentNumber"] for row in godata}


def test_go_data_gets_one_row_a_person_with_every_required_field(godata):
    assert 3 == len(godata)
    required = (
        "firstName",
        "dateOfReporting",
        "relationshipPersonId",
        "relationshipContactDate",
        "relationshipCertaintyLevel",
    )
    assert all(row[name] for row in godata for name in required)


def test_go_data_gets_tiers_as_its_levels_and_the_latest_case(godata):
    levels = {row["documentNumber"]: row["riskLevel"] for row in godata}
    assert levels["X0000001"].endswith("RISK_LEVEL_3_HIGH")
    assert levels["P00002"].endswith("RISK_LEVEL_1_LOW")
    silva = next(row for row in godata if row["documentNumber"] == "X0000001")
    assert ("C2", "2020-01-21") == (silva["relationshipPersonId"], silva["dateOfLastContact"])
    assert "LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_PASSPORT" == silva["documentType"]


def test_whose_observation_is_over_is_not_open(place, tmp_path):
    done = export(place, "sormas", tmp_path / "late.csv", day="2020-02-04")
    assert "1 open contacts" in done.stdout


def test_the_file_is_private_and_the_export_logged_without_identities(place, sormas):
    assert 0o600 == stat.S_IMODE(sormas.path.stat().st_mode)
    log = (place.folder / "out-casework" / "why.jsonl").read_text("utf-8")
    line = json.loads(log.splitlines()[0])
    assert ("export", "hand-over", "sormas", 4) == (
        line["action"],
        line["reason"],
        line["form"],
        line["rows"],
    )
    assert "X0000001" not in log


def test_a_file_that_is_there_is_left_alone(place, tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    done = export(place, "godata", tmp_path / "mine.csv")
    assert 2 == done.exit_code
    assert "exists already" in done.stderr
    assert "reading tables" not in done.stderr
    assert "mine" == (tmp_path / "mine.csv").read_text()
    assert ["mine.csv"] == [path.name for path in tmp_path.iterdir()]
