import io
import json

import pytest

from tests.fixtures.bulk import staff_csv
from tests.fixtures.bulk_api import JOBS, LIST
from tests.fixtures.bulk_programs import many_people

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = {"exposed", "not_found", "incomplete", "not_checked", "duplicate"}


def code_of(response):
    assert "application/problem+json" == response.content_type
    assert response.status_code == response.json["status"]
    return response.status_code, response.json["code"]


def with_body(user, content, **options):
    stream = io.BytesIO(content)
    return user.request("POST", JOBS, input_stream=stream, content_type="text/csv", **options)


def test_a_list_becomes_a_job_with_an_address(api_user):
    response = api_user.upload()
    body = response.json
    assert (202, "queued") == (response.status_code, body["status"])
    here = f"{JOBS}/{body['id']}"
    assert here == response.headers["Location"]
    links = {"self": here, "results": f"{here}/results", "receipt": f"{here}/receipt"}
    assert links == body["links"]
    assert response.headers["Cache-Control"].startswith("no-store")


def test_a_job_that_is_done_tells_counts_that_add_up_and_its_builds(api_user, done_job):
    job = api_user.get(done_job).json
    assert ("done", 2, 2, 1) == (job["status"], job["rows"], job["checked"], job["rounded_to"])
    assert STATES == set(job["counts"])
    assert {"exposed": 1, "not_found": 1} == {k: v for k, v in job["counts"].items() if v}
    assert 1 == len(job["builds"])
    assert job["expires_at"].endswith("Z")
    assert (None, False) == (job["failure"], "" in job.values())


def test_a_list_longer_than_other_bodies_may_be_is_taken(api_user):
    assert 202 == api_user.upload(LIST + b"9,a,b,c\n" * 10_000).status_code


def test_a_body_of_unknown_length_is_taken(api_user):
    chunked = {"wsgi.input_terminated": True}
    assert 202 == with_body(api_user, LIST, environ_overrides=chunked).status_code


@pytest.mark.parametrize("kind", ["application/jsonl", "application/x-ndjson"])
def test_lines_of_json_are_taken(api_house, api_user, people, kind):
    lines = "\n".join(json.dumps(each.as_form()) for each in (people.close, people.unlisted))
    place = api_user.upload(lines.encode(), kind).headers["Location"]
    api_house.work()
    job = api_user.get(place).json
    assert ("done", 2, 1) == (job["status"], job["rows"], job["counts"]["exposed"])


def test_the_same_list_under_the_same_key_is_the_same_job(api_user):
    first, second = (api_user.upload(**{"Idempotency-Key": "k1"}).json["id"] for _ in range(2))
    assert first == second


def test_another_list_under_the_same_key_is_refused(api_user):
    api_user.upload(**{"Idempotency-Key": "k1"})
    other = api_user.upload(LIST + b"\n", **{"Idempotency-Key": "k1"})
    assert (409, "idempotency_key_used") == code_of(other)


@pytest.mark.parametrize("other", ["application/jsonl", "text/csv; charset=big5"])
def test_the_same_bytes_as_another_type_under_the_same_key_are_refused(api_user, other):
    api_user.upload(**{"Idempotency-Key": "k1"})
    refused = api_user.upload(LIST, other, **{"Idempotency-Key": "k1"})
    assert (409, "idempotency_key_used") == code_of(refused)


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, identity"])
def test_a_compressed_body_is_refused_with_a_word_for_it(api_user, coding):
    refused = api_user.upload(**{"Content-Encoding": coding})
    assert (415, "content_encoding") == code_of(refused)


def test_a_body_that_is_said_to_be_as_it_is_is_taken(api_user):
    assert 202 == api_user.upload(**{"Content-Encoding": "identity"}).status_code


@pytest.mark.parametrize("key", ["ä", "x" * 256])
def test_a_key_that_is_none_is_refused(api_user, key):
    assert (400, "idempotency_key") == code_of(api_user.upload(**{"Idempotency-Key": key}))


def test_other_media_types_are_refused_at_once(api_user):
    assert (415, "media_type") == code_of(api_user.upload(LIST, "application/json"))
    assert (415, "not_a_workbook") == code_of(api_user.upload(LIST, XLSX))
    assert (415, "workbook_as_text") == code_of(api_user.upload(b"PK\x03\x04" + LIST))


def test_an_empty_list_is_refused_at_once(api_user):
    assert (422, "empty") == code_of(api_user.upload(b""))


def test_a_list_that_is_too_large_is_refused_before_it_is_read(api_house_of):
    user = api_house_of(bulk_upload_max_mib=1).user()
    assert (413, "too_large") == code_of(user.upload(b"x" * ((1 << 20) + 1)))


def test_a_body_that_ends_too_early_is_refused_and_nothing_is_left(api_house_of):
    house = api_house_of()
    longer = {"CONTENT_LENGTH": str(len(LIST) + 1)}
    assert (400, "cut_off") == code_of(with_body(house.user(), LIST, environ_overrides=longer))
    assert [] == list(house.services.settings.bulk_directory.iterdir())


def test_what_is_wrong_with_a_list_is_told_with_its_job(api_house, api_user):
    place = api_user.job(b'id_type,id_number,name\nresident,"1')
    api_house.work()
    job = api_user.get(place).json
    assert ("failed", "cut_row") == (job["status"], job["failure"]["code"])
    assert "cut off" in job["failure"]["detail"]


def test_a_job_that_is_deleted_is_destroyed(api_user, done_job):
    response = api_user.request("DELETE", done_job)
    assert (204, b"") == (response.status_code, response.data)
    assert (410, "destroyed") == code_of(api_user.get(f"{done_job}/results"))
    assert 204 == api_user.request("DELETE", done_job).status_code


def test_a_job_that_waits_is_cancelled(api_user):
    place = api_user.job()
    assert 204 == api_user.request("DELETE", place).status_code
    assert "cancelled" == api_user.get(place).json["status"]


def test_counts_are_rounded_where_the_policy_is_counts_only(api_house, people):
    user = api_house.user(policy="counts")
    lines = ["id_type,id_number,name"]
    lines += [f"passport,E9900{number:04d},Invented Person" for number in range(53)]
    lines += [f"resident,{people.close.id_number},{people.close.name}", ""]
    place = user.job("\n".join(lines).encode())
    api_house.work()
    job = user.get(place).json
    assert ("done", 55, 5) == (job["status"], job["rows"], job["rounded_to"])
    counts = {state: job["counts"][state] for state in ("exposed", "not_found")}
    assert {"exposed": 0, "not_found": 55} == counts
    assert (403, "policy") == code_of(user.get(f"{place}/results"))


def test_counts_alone_are_told_of_no_job_that_was_destroyed_under_way(api_house):
    user = api_house.user(policy="counts")
    people = many_people(70)
    place = user.job(staff_csv(*people, *[people[-1]] * 5_000))
    api_house.worker.work(lambda: user.get(place).json["checked"] > 0)
    running = user.get(place).json
    user.request("DELETE", place)
    api_house.work()
    receipt = user.get(f"{place}/receipt").json
    told = [running, user.get(place).json, receipt]
    assert ["running", "cancelled", "cancelled"] == [each["status"] for each in told]
    assert [{0}] * 3 == [set(each["counts"].values()) for each in told]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST"])
def test_other_methods_are_refused_with_those_that_there_are(api_user, method):
    response = api_user.request(method, f"{JOBS}/x")
    assert 405 == response.status_code
    assert {"GET", "HEAD", "OPTIONS", "DELETE"} == set(response.headers["Allow"].split(", "))


def test_a_head_tells_what_a_get_would_without_a_body(api_user):
    response = api_user.request("HEAD", api_user.job())
    assert (200, b"") == (response.status_code, response.data)
    assert "application/json" == response.content_type


def test_a_charset_says_what_the_text_is_in_where_it_does_not_prove_itself(api_house, api_user):
    list_of_big5 = "工號,姓名,證件類型,證件號碼\n1,陳大文,passport,E99000001\n".encode("big5")
    place = api_user.upload(list_of_big5, "text/csv; charset=Big5").headers["Location"]
    api_house.work()
    rows = api_user.get(f"{place}/results", "application/json").json["rows"]
    assert ["陳大文"] == [row["姓名"] for row in rows]


def test_a_charset_that_is_not_true_of_utf_8_changes_nothing(api_house, api_user):
    place = api_user.upload(LIST, "text/csv; charset=iso-8859-1").headers["Location"]
    api_house.work()
    assert 1 == api_user.get(place).json["counts"]["exposed"]


def test_a_charset_that_no_list_is_read_in_is_refused(api_user):
    assert (415, "charset") == code_of(api_user.upload(LIST, "text/csv; charset=utf-7"))
