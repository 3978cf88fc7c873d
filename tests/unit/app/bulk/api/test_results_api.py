import csv
import io
import json

import pytest
from python_calamine import CalamineWorkbook

from app.bulk.results.receipts import verify_receipt
from app.organisations.audit import newest_lines
from tests.fixtures.bulk_api import JOBS
from tests.fixtures.deployments import AUTHORITY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OWN = ["工号", "姓名", "证件类型", "证件号码"]
COLUMNS = [*OWN, "status", "tier", "act_until", "reason", "duplicate_of"]


def test_results_are_csv_where_nothing_else_is_asked_for(api_user, people, done_job):
    response = api_user.get(f"{done_job}/results")
    assert (200, "text/csv; charset=utf-8") == (response.status_code, response.content_type)
    [columns, first, second] = csv.reader(io.StringIO(response.get_data(as_text=True)))
    assert COLUMNS == columns
    close = ["1", people.close.name, "resident", people.close.id_number, "exposed", "close"]
    assert close == first[:6]
    assert ["2", people.unlisted.name, "not_found", ""] == [*second[:2], *second[4:6]]
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"].startswith("no-store")


def test_results_are_json_for_who_accepts_it(api_user, people, done_job):
    response = api_user.get(f"{done_job}/results", "application/json")
    body = response.json
    assert ("application/json", COLUMNS) == (response.content_type, body["columns"])
    assert ["exposed", "not_found"] == [row["status"] for row in body["rows"]]
    assert people.close.id_number == body["rows"][0]["证件号码"]


def test_results_are_a_workbook_for_who_accepts_it(api_user, done_job):
    response = api_user.get(f"{done_job}/results", XLSX)
    assert XLSX == response.content_type
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.data)).get_sheet_by_index(0)
    assert [COLUMNS, "exposed"] == [sheet.to_python()[0], sheet.to_python()[1][4]]


def test_nothing_of_a_trip_stands_in_any_result(api_user, done_job):
    for accept in ("text/csv", "application/json"):
        text = api_user.get(f"{done_job}/results", accept).get_data(as_text=True)
        assert not [word for word in ("G1234", "CZ3013", "train", "flight") if word in text]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json;q=0.5, text/csv;q=0.1", "application/json"),
        ("text/html, application/json;q=0.9, */*;q=0.1", "application/json"),
    ],
)
def test_the_type_accepted_most_gladly_is_sent(api_user, done_job, accept, expected):
    assert expected == api_user.get(f"{done_job}/results", accept).mimetype


def test_other_types_are_refused(api_user, done_job):
    response = api_user.get(f"{done_job}/results", "text/html")
    assert (406, "media_type") == (response.status_code, response.json["code"])


def test_there_are_no_results_before_the_end(api_user):
    response = api_user.get(f"{api_user.job()}/results")
    assert (409, "not_done") == (response.status_code, response.json["code"])
    assert int(response.headers["Retry-After"]) > 0


def test_a_job_without_results_for_ever_names_no_time_to_ask_again(api_user):
    job = api_user.job()
    api_user.request("DELETE", job)
    response = api_user.get(f"{job}/results")
    assert (409, "not_done") == (response.status_code, response.json["code"])
    assert "Retry-After" not in response.headers


def test_each_download_is_audited_with_its_rows_and_a_head_is_none(api_house, api_user, done_job):
    api_user.request("HEAD", f"{done_job}/results")
    api_user.get(f"{done_job}/results")
    lines = newest_lines(api_house.services.records, api_user.organisation.id)
    assert [2] == [line.count for line in lines if line.event == "results_downloaded"]


def test_the_receipt_is_checked_with_the_key_that_everybody_may_read(api_user, done_job):
    receipt = api_user.get(f"{done_job}/receipt")
    key = api_user.client.get("/api/v1/bulk/receipt-key").json
    document = verify_receipt(receipt.data, bytes.fromhex(key["public_key"]))
    job = api_user.get(done_job).json
    members = ("status", "rows", "counts", "builds")
    assert ("done", 2, job["counts"], job["builds"]) == tuple(document[name] for name in members)
    assert [AUTHORITY] == document["authorities"]
    assert api_user.organisation.slug == document["organisation"]


def test_no_person_stands_in_a_receipt(api_user, people, done_job):
    text = json.dumps(api_user.get(f"{done_job}/receipt").json, ensure_ascii=False)
    assert not [one for one in (people.close.name, people.close.id_number, *OWN) if one in text]


def test_the_receipt_outlives_the_results(api_user, done_job):
    before = api_user.get(f"{done_job}/receipt").data
    api_user.request("DELETE", done_job)
    assert before == api_user.get(f"{done_job}/receipt").data


def test_there_is_no_receipt_before_the_end(api_user):
    assert 409 == api_user.get(f"{api_user.job()}/receipt").status_code
    assert 404 == api_user.get(f"{JOBS}/none/receipt").status_code
