import pytest

from app.bulk.bulk_jobs import BulkJobs
from tests.fixtures.bulk import staff_csv
from tests.fixtures.people import CLOSE


def job_path(response):
    assert 303 == response.status_code, response.text
    return response.headers["Location"].partition("?")[0].removeprefix("/org")


def jobs_of(office):
    return BulkJobs.of(office.services).list(office.organisation.id)


def test_a_list_is_first_a_draft_that_nobody_checks(checker, office):
    page = checker.page(job_path(checker.upload(staff_csv(CLOSE))))
    assert "Nobody has been checked yet" in page.text
    assert ["draft"] == [job.status for job in jobs_of(office)]


def test_a_list_of_many_rows_is_received_whole(checker, office):
    content = staff_csv(*[CLOSE] * 20_000)
    job_path(checker.upload(content))
    office.work()
    assert [20_000] == [job.rows for job in jobs_of(office)]


def test_a_list_sent_twice_from_one_form_is_one_job(checker, office):
    first, second = (checker.upload(staff_csv(CLOSE), upload="key-1") for _ in range(2))
    assert job_path(first) == job_path(second)
    assert 1 == len(jobs_of(office))


@pytest.mark.parametrize(
    ("content", "name", "words", "status"),
    [
        (b"", "a.csv", "The file is empty", 422),
        (b"x", "", "Choose a file first", 422),
        (b"%PDF-1.7", "a.csv", "neither CSV nor XLSX", 415),
        (b"a,b", "a.xlsx", "neither CSV nor XLSX", 415),
        (b"a,b", "a.docx", "neither CSV nor XLSX", 415),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(checker, office, content, name, words, status):
    page = checker.upload(content, name)
    assert (status, True) == (page.status_code, words in page.text)
    assert [] == jobs_of(office)


def test_a_list_that_is_too_large_is_refused(checker):
    length = {"CONTENT_LENGTH": str(300 << 20)}
    page = checker.client.post("/org/upload?lang=en", environ_overrides=length)
    assert (413, True) == (page.status_code, "too large" in page.text)


def test_a_body_that_is_cut_off_leaves_nothing(checker, office):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n'
        + checker.form_code().encode()
        + b'\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\n" + staff_csv(CLOSE)
    )
    page = checker.client.post(
        "/org/upload?lang=en", data=body, content_type="multipart/form-data; boundary=x"
    )
    assert (400, True) == (page.status_code, "The file did not arrive complete" in page.text)
    assert [] == jobs_of(office)


def test_a_session_that_ended_before_the_list_came_keeps_nothing(checker, office):
    code = checker.form_code()
    checker.press("/sign-out")
    page = checker.upload(staff_csv(CLOSE), form=code)
    assert (403, True) == (page.status_code, "No part of it was kept" in page.text)
    assert [] == jobs_of(office)


def test_a_session_that_ends_in_mid_upload_keeps_nothing(checker, office, monkeypatch):
    whole = BulkJobs.receive

    def receive(jobs, caller, upload):
        job = whole(jobs, caller, upload)
        checker.press("/sign-out")
        return job

    monkeypatch.setattr(BulkJobs, "receive", receive)
    page = checker.upload(staff_csv(CLOSE))
    assert (403, True) == (page.status_code, "No part of it was kept" in page.text)
    assert ["cancelled"] == [job.status for job in jobs_of(office)]


def test_no_form_of_another_site_is_taken(checker, office):
    page = checker.client.post(
        "/org/upload", data={"form": checker.form_code()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert 403 == page.status_code
