"""A list goes in, and each of its rows comes back in one state."""

import pytest

from app.bulk.jobs.views import NoSuchJob, NotDone
from tests.fixtures.bulk import CALLER, FOUR, STATES_OF_FOUR, staff_csv, upload_of
from tests.fixtures.deployments import STILL_OBSERVED
from tests.fixtures.people import CLOSE, GENERAL, UNLISTED, WRONG_NAME


def test_each_row_is_answered_in_order(office):
    assert STATES_OF_FOUR == office.states(staff_csv(*FOUR))


def test_a_listed_row_has_its_tier_and_the_day_until_which_to_act(office):
    row = office.rows(office.check(staff_csv(CLOSE)))[0]
    assert ("close", STILL_OBSERVED) == (row.tier, row.act_until)


def test_a_wrong_name_is_not_found(office):
    assert ["not_found"] == office.states(staff_csv(WRONG_NAME))


def test_the_organisations_own_cells_come_back(office):
    job = office.check(staff_csv(UNLISTED))
    assert ("工号", "姓名", "证件类型", "证件号码") == office.jobs.results(1, job.id).headings
    assert ("1", UNLISTED.name, "resident", UNLISTED.id_number) == office.rows(job)[0].cells


def test_a_repeated_row_names_the_first(office):
    rows = office.rows(office.check(staff_csv(CLOSE, UNLISTED, CLOSE)))
    assert [None, None, 2] == [row.duplicate_of for row in rows]
    assert ["exposed", "not_found", "duplicate"] == [row.status for row in rows]


def test_a_row_that_cannot_be_read_is_not_checked(office):
    content = staff_csv(CLOSE) + "2,白露未,resident,990000197506152\n".encode()
    row = office.rows(office.check(content))[1]
    assert "not_checked" == row.status
    assert row.reason


def test_the_states_add_up_to_the_rows(office):
    job = office.check(staff_csv(*FOUR, CLOSE))
    assert (5, 5) == (job.rows, sum(job.counts.values()))


def test_rows_past_the_quota_are_not_checked(office):
    office.quota = 2
    rows = office.rows(office.check(staff_csv(*FOUR)))
    assert ["", "", "quota", "quota"] == [row.reason for row in rows]


def test_a_done_job_names_its_build(office):
    job = office.check(staff_csv(CLOSE))
    assert "done" == job.status
    assert 1 == len(job.builds)


def test_results_are_kept_for_their_hours(office):
    job = office.check(staff_csv(CLOSE))
    assert 24 * 3_600 == job.expires_at - job.finished_at


def test_a_draft_waits_and_shows_what_it_holds(office):
    job = office.check(staff_csv(*FOUR, CLOSE), start=False)
    preview = office.jobs.preview(1, job.id)
    assert "draft" == job.status
    assert {"to_check": 4, "in_doubt": 0, "not_checked": 0, "duplicate": 1} == preview.counts
    assert [2, 3, 4, 5, 6] == [row.row for row in preview.rows]


def test_a_draft_is_checked_once_it_is_started(office):
    job = office.check(staff_csv(*FOUR), start=False)
    office.jobs.start(1, job.id)
    office.worker().work()
    assert STATES_OF_FOUR == [row.status for row in office.rows(office.jobs.job(1, job.id))]


def test_columns_that_nobody_knows_must_be_chosen(office):
    content = f"甲,乙\n{UNLISTED.name},{UNLISTED.id_number}\n".encode()
    job = office.check(content, start=False)
    question = office.jobs.preview(1, job.id).question
    assert "columns_unclear" == question.code
    assert ("甲", "乙") == question.headings


def test_columns_that_nobody_is_there_to_choose_end_the_job(office):
    job = office.check(f"甲,乙\n{UNLISTED.name},{UNLISTED.id_number}\n".encode())
    assert ("failed", "columns_unclear") == (job.status, job.failure)


def test_a_list_of_another_organisation_is_not_there(office):
    job = office.check(staff_csv(CLOSE))
    with pytest.raises(NoSuchJob):
        office.jobs.results(2, job.id)


def test_results_of_a_job_that_is_not_done_are_not_there(office):
    job = office.jobs.receive(CALLER, upload_of(staff_csv(CLOSE)))
    with pytest.raises(NotDone):
        office.jobs.results(1, job.id)


def test_a_list_that_is_none_fails_with_its_code(office):
    job = office.check(staff_csv())
    assert ("failed", "no_people") == (job.status, job.failure)


def test_the_second_job_of_an_organisation_is_answered_too(office):
    office.check(staff_csv(CLOSE))
    assert ["exposed"] == office.states(staff_csv(GENERAL))
