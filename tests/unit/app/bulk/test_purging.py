import os
import time

import pytest

from app.bulk.jobs.destruction import Leavings
from app.bulk.jobs.job_rows import change_job
from app.bulk.purging import purge_lists
from tests.fixtures.bulk import CALLER, staff_csv, upload_of
from tests.fixtures.people import CLOSE

LIST = staff_csv(CLOSE)


@pytest.fixture
def expire(office):
    """Let the time of a job be over."""

    def let_expire(job_id):
        with office.store.records.writing() as connection:
            change_job(connection, job_id, expires_at=1)

    return let_expire


def paths(office):
    """Everything that is held: folders and keys."""
    settings = office.store.settings
    return [*settings.bulk_directory.glob("*"), *settings.bulk_keys_directory.glob("*")]


def test_results_within_their_time_stay(office):
    office.check(LIST)
    proof = purge_lists(office.store)
    assert (0, 1, True) == (proof.destroyed, proof.waiting, proof.whole)
    assert paths(office)


def test_results_past_their_time_go_with_their_keys(office, expire):
    expire(office.check(LIST).id)
    proof = purge_lists(office.store)
    assert (1, 0, True) == (proof.destroyed, proof.waiting, proof.whole)
    assert [] == paths(office)


def test_a_draft_that_nobody_started_goes(office, expire):
    job = office.jobs.receive(CALLER, upload_of(LIST, start=False))
    expire(job.id)
    assert 1 == purge_lists(office.store).destroyed
    assert [] == paths(office)


def test_folders_and_keys_that_no_job_holds_are_found_and_go(office):
    office.store.folder("stray").make()
    for path in paths(office):
        os.utime(path, (time.time() - 3_600,) * 2)
    proof = purge_lists(office.store)
    assert (3, Leavings((), ()), True) == (proof.strays, proof.left, proof.whole)
    assert [] == paths(office)


def test_an_upload_of_this_moment_is_no_stray(office):
    office.store.folder("new").make()
    assert 0 == purge_lists(office.store).strays
    assert paths(office)


def test_a_job_whose_folder_is_gone_is_named(office):
    job = office.check(LIST)
    office.store.folder(job.id).destroy()
    proof = purge_lists(office.store)
    assert ((job.id,), 0) == (proof.lost, proof.waiting)


def test_what_cannot_be_destroyed_is_named(office, expire):
    job = office.check(LIST)
    expire(job.id)
    folder = office.store.folder(job.id).path
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to(folder.with_name("elsewhere"))  # which no tree is removed through
    proof = purge_lists(office.store)
    assert ((job.id,), False) == (proof.overdue, proof.whole)
