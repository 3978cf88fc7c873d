import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from app.records.health.accesses import newest_accesses
from tests.fixtures.health_office import STAFF_NAME, STAFF_NUMBER, VISITOR

REASON = "上报区疾控中心"
HOOK = "=HYPERLINK(1)"


def export(officer, health, **changed):
    today = health.days.day(health.now).isoformat()
    fields = {"first": today, "last": today, "reason": REASON, "file": "csv"}
    return officer.press("/health/export", **{**fields, **changed})


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def looks(health):
    with health.records.reading() as connection:
        return newest_accesses(connection, health.records.cipher, health.organisation, 9)


def test_each_checkin_is_a_row(health, officer):
    health.staff()
    health.fever(symptoms=["cough"], override={"word": "come_in", "reason": "复测"})
    [row] = rows_of(export(officer, health))
    expected = {
        "Kiosk": "东门",
        "Direction": "In",
        "Name": STAFF_NAME,
        "Document number": STAFF_NUMBER,
        "Temperatures (°C)": "38.4",
        "Symptoms": "cough",
        "Word of the kiosk": "Please wait",
        "Reasons": "Fever",
        "Word of the guard": "Come in",
        "Reason of the guard": "复测",
    }
    assert expected == {name: row[name] for name in expected}


def test_mistakes_and_doubts_are_marked(health, officer):
    mistake = health.pass_by(clock="unsure", unconfirmed=True)
    health.pass_by(undoes=mistake.id)
    [row] = rows_of(export(officer, health))
    expected = "taken back as a mistake; from a kiosk that was revoked; clock unsure"
    assert expected == row["Remarks"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_a_formula(health, officer, kind):
    health.pass_by(who={"visitor": {**VISITOR, "name_latin": HOOK}})
    answer = export(officer, health, file=kind)
    if kind == "csv":
        assert f"'{HOOK}" == rows_of(answer)[0]["Name"]
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
        assert HOOK == sheet.to_python()[1][3]


def test_what_is_taken_out_is_logged_with_its_reason_and_how_many(health, officer):
    health.pass_by()
    health.pass_by()
    export(officer, health)
    assert [("checkins_exported", 2, REASON)] == [
        (look.event, look.count, look.reason) for look in looks(health)
    ]


@pytest.mark.parametrize("changed", [{"reason": "x"}, {"first": "2019-01-01"}, {"last": ""}])
def test_without_a_reason_or_days_nothing_is_handed_out(health, officer, changed):
    health.pass_by()
    assert (422, []) == (export(officer, health, **changed).status_code, looks(health))


def test_days_are_those_of_the_service(health, officer):
    health.pass_by(minutes_ago=13 * 60)
    assert [] == rows_of(export(officer, health))


def test_nothing_of_another_organisation_is_handed_out(health, elsewhere, officer):
    elsewhere.pass_by()
    assert [] == rows_of(export(officer, health))
