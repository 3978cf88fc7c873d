"""An upload becomes one job, or nothing is left of it."""

import errno
import io
import os

import pytest

from app.bulk.jobs.job_rows import change_job
from app.bulk.jobs.views import Caller
from app.bulk.uploads import disk_space, encrypted_files
from app.bulk.uploads.receiving import Upload
from app.bulk.uploads.refusals import (
    KeyConflict,
    TooManyJobs,
    TooManyUploads,
    UploadDiskFull,
    UploadUnderWay,
)
from app.organisations.directory import OrganisationDirectory
from app.uploads.refusals import UploadRefused
from tests.fixtures.bulk import CALLER, staff_csv, upload_of
from tests.fixtures.people import CLOSE, UNLISTED

LIST = staff_csv(CLOSE, UNLISTED)


def is_empty(office):
    settings = office.store.settings
    folders = [settings.bulk_directory, settings.bulk_keys_directory]
    left = [path for folder in folders if folder.exists() for path in folder.iterdir()]
    return not left and not office.jobs.list(1)


class During:
    """A body during which something happens."""

    def __init__(self, deed):
        self._pieces = iter([LIST[:50], deed, LIST[50:], b""])

    def read(self, _size):
        piece = next(self._pieces)
        if callable(piece):
            piece()
            piece = next(self._pieces)
        return piece


def body(stream, **options):
    return Upload(stream, "text/csv", **options)


def test_one_key_and_one_body_are_one_job(office):
    first, second = (office.jobs.receive(CALLER, upload_of(LIST, key="k")) for _ in range(2))
    assert first.id == second.id
    assert 1 == len(office.jobs.list(1))


def test_one_key_with_another_body_is_a_conflict(office):
    office.jobs.receive(CALLER, upload_of(LIST, key="k"))
    with pytest.raises(KeyConflict):
        office.jobs.receive(CALLER, upload_of(LIST + b"\n", key="k"))


def test_a_key_of_another_organisation_is_another_key(office):
    first = office.jobs.receive(CALLER, upload_of(LIST, key="k"))
    second = office.jobs.receive(Caller(2, "clerk"), upload_of(LIST, key="k"))
    assert first.id != second.id


def test_a_key_whose_first_upload_is_under_way_must_wait(office):
    def again():
        with pytest.raises(UploadUnderWay):
            office.jobs.receive(CALLER, upload_of(LIST, key="k"))

    job = office.jobs.receive(CALLER, body(During(again), idempotency_key="k"))
    assert "queued" == job.status


def test_a_key_is_free_again_when_its_upload_died(office):
    def die():
        raise ConnectionResetError

    with pytest.raises(UploadRefused):
        office.jobs.receive(CALLER, body(During(die), idempotency_key="k"))
    assert "queued" == office.jobs.receive(CALLER, upload_of(LIST, key="k")).status


def test_a_key_is_free_again_when_the_process_of_its_upload_died(office):
    def kill():
        raise SystemExit  # and nothing is put in order

    office.jobs._intake._undo = lambda _job: None
    with pytest.raises(SystemExit):
        office.jobs.receive(CALLER, body(During(kill), idempotency_key="k"))
    del office.jobs._intake._undo
    for row in list(office.store.settings.bulk_directory.iterdir()):
        with office.store.records.writing() as connection:
            change_job(connection, row.name, touched_at=0)
    office.jobs.receive(CALLER, upload_of(LIST, key="k"))
    assert 1 == len(list(office.store.settings.bulk_directory.iterdir()))


@pytest.mark.parametrize("key", ["", " a", "a ", "clé", "x" * 256, "a\nb"])
def test_a_key_that_is_no_printable_text_is_refused(office, key):
    with pytest.raises(UploadRefused) as caught:
        office.jobs.receive(CALLER, upload_of(LIST, key=key))
    assert (400, "idempotency_key") == (caught.value.status, caught.value.code)


@pytest.mark.parametrize(
    ("upload", "status", "code"),
    [
        (upload_of(b""), 422, "empty"),
        (Upload(io.BytesIO(b""), "text/csv"), 422, "empty"),
        (Upload(io.BytesIO(LIST), "text/csv", len(LIST) + 1), 400, "cut_off"),
        (upload_of(LIST, media_type="image/png"), 415, "media_type"),
        (upload_of(b"PK\x03\x04" + bytes(20)), 415, "workbook_as_text"),
        (upload_of(b"%PDF-1.7 and so on"), 415, "not_text"),
        (Upload(io.BytesIO(LIST), "text/csv", 1 << 40), 413, "too_large"),
        (Upload(io.BytesIO(bytes(2 << 20)), "text/csv"), 413, "too_large"),
        (
            Upload(io.BytesIO(LIST), "application/octet-stream", None, None, "a.doc"),
            415,
            "media_type",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_and_nothing_is_left(office_of, published, upload, status, code):
    office = office_of(published, bulk_upload_max_mib=1)
    with pytest.raises(UploadRefused) as caught:
        office.jobs.receive(CALLER, upload)
    assert (status, code) == (caught.value.status, caught.value.code)
    assert is_empty(office)


def test_a_workbook_that_is_none_is_refused(office):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    with pytest.raises(UploadRefused) as caught:
        office.jobs.receive(CALLER, upload_of(LIST, media_type=kind))
    assert (415, "not_a_workbook") == (caught.value.status, caught.value.code)


def test_a_disk_without_room_is_told_before_anything_is_read(office, monkeypatch):
    monkeypatch.setattr(disk_space, "RESERVE_BYTES", 1 << 60)
    with pytest.raises(UploadDiskFull):
        office.jobs.receive(CALLER, upload_of(LIST))
    assert is_empty(office)


def test_a_disk_that_fills_meanwhile_leaves_nothing(office, monkeypatch):
    def full(self):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(encrypted_files.EncryptedWriter, "finish", full)
    with pytest.raises(UploadDiskFull):
        office.jobs.receive(CALLER, upload_of(LIST))
    assert is_empty(office)


def test_uploads_at_a_time_are_counted_by_organisation(office_of, published):
    office = office_of(published, bulk_organisation_uploads=1)

    def again():
        with pytest.raises(TooManyUploads) as caught:
            office.jobs.receive(CALLER, upload_of(LIST))
        assert caught.value.own
        office.jobs.receive(Caller(2, "clerk"), upload_of(LIST))

    assert "queued" == office.jobs.receive(CALLER, body(During(again))).status


def test_uploads_at_a_time_are_counted_everywhere(office_of, published):
    office = office_of(published, bulk_uploads=1)

    def again():
        with pytest.raises(TooManyUploads) as caught:
            office.jobs.receive(Caller(2, "clerk"), upload_of(LIST))
        assert not caught.value.own

    assert "queued" == office.jobs.receive(CALLER, body(During(again))).status


def test_jobs_that_wait_are_counted(office_of, published):
    office = office_of(published, bulk_organisation_jobs=1)
    office.jobs.receive(CALLER, upload_of(LIST))
    with pytest.raises(TooManyJobs):
        office.jobs.receive(CALLER, upload_of(LIST))


def test_an_organisation_disabled_meanwhile_has_no_job(office):
    disable = OrganisationDirectory(office.store.records).disable
    with pytest.raises(UploadRefused) as caught:
        office.jobs.receive(CALLER, body(During(lambda: disable(1))))
    assert 403 == caught.value.status
    assert is_empty(office)


def test_a_trickle_is_ended(office_of, published, monkeypatch):
    office = office_of(published)
    moments = iter(range(0, 100_000, 30))
    monkeypatch.setattr("app.bulk.uploads.receiving.time.monotonic", lambda: next(moments))
    with pytest.raises(UploadRefused) as caught:
        office.jobs.receive(CALLER, upload_of(LIST))
    assert (400, "too_slow") == (caught.value.status, caught.value.code)
