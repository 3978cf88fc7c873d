"""Turns: whose comes first, what is pinned, what is destroyed, and what a failure leads to."""

import subprocess
import sys
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.bulk.jobs.destruction import destroy_overdue
from app.bulk.jobs.job_rows import change_job
from app.bulk.jobs.unread_rows import read_doubts, write_spans
from app.bulk.jobs.views import Caller, NotDone, ResultsGone, ResultsWithheld
from app.bulk.turns.quota_ledgers import QuotaLedgers
from app.bulk.turns.scheduler import DEATHS_MAX
from app.organisations.directory import OrganisationDirectory
from app.organisations.policy import Policy
from app.organisations.quota import people_asked_about
from app.records.organisations.bulk_jobs import bulk_jobs
from tests.fixtures.bulk import CALLER, FOUR, STATES_OF_FOUR, staff_csv, upload_of
from tests.fixtures.bulk_programs import many_people
from tests.fixtures.people import CLOSE, GENERAL, UNLISTED, Person
from tests.fixtures.staff_sources import resident

OTHER = Caller(2, "clerk")
LEASE = "from app.bulk.turns.leases import lease_owner; print(lease_owner())"


class OneTurn:
    """Lets a worker take so many turns."""

    def __init__(self, turns):
        self._left = turns

    def __call__(self):
        self._left -= 1
        return self._left < 0


def test_a_short_list_of_another_overtakes_a_long_one(office):
    long = office.jobs.receive(CALLER, upload_of(staff_csv(*many_people(30_000))))
    worker = office.worker()
    worker.work(OneTurn(4))
    short = office.jobs.receive(OTHER, upload_of(staff_csv(*FOUR)))
    worker.work(OneTurn(16))
    assert "done" == office.jobs.job(2, short.id).status
    assert "done" != office.jobs.job(1, long.id).status


def test_the_short_list_of_one_organisation_comes_before_its_long_one(office):
    long = office.jobs.receive(CALLER, upload_of(staff_csv(*many_people(30_000))))
    short = office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    office.worker().work(OneTurn(8))
    assert ("done", 0) == (
        office.jobs.job(1, short.id).status,
        office.jobs.job(1, long.id).checked,
    )


def test_a_job_is_answered_from_the_builds_that_it_began_with(office_of, own_deployment):
    office = office_of(own_deployment)
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*many_people(12_000))))
    worker = office.worker()
    worker.work(lambda: office.jobs.job(1, job.id).checked > 0)
    begun = office.jobs.job(1, job.id).builds
    own_deployment.publish()
    worker.work()
    assert (begun, 12_004) == (
        office.jobs.job(1, job.id).builds,
        office.jobs.job(1, job.id).checked,
    )


def test_a_worker_without_those_builds_checks_the_whole_job_anew(office_of, own_deployment):
    office = office_of(own_deployment)
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*many_people(12_000))))
    office.worker().work(lambda: office.jobs.job(1, job.id).checked > 0)
    begun = office.jobs.job(1, job.id).builds
    build_id = own_deployment.publish()
    office.worker().work()
    view = office.jobs.job(1, job.id)
    assert begun != view.builds == (build_id,)
    assert ("done", 12_004, 12_004) == (view.status, view.checked, sum(view.counts.values()))


def test_a_job_waits_while_there_is_no_index(office_of, other_deployment):
    office = office_of(other_deployment)
    view = office.check(staff_csv(*FOUR))
    assert ("queued", "no_index") == (view.status, view.waiting)
    other_deployment.publish()
    time_of_retry = time.time() + 60
    worker = office.worker()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.bulk.turns.scheduler.time.time", lambda: time_of_retry)
        worker.work()
    assert STATES_OF_FOUR == [row.status for row in office.rows(office.jobs.job(1, view.id))]


def test_unlisted_rows_are_incomplete_where_an_authority_is_missing(office_of, own_deployment):
    office = office_of(own_deployment, authorities="示例市疾病预防控制中心,乙市")
    rows = office.rows(office.check(staff_csv(CLOSE, UNLISTED)))
    assert ["exposed", "incomplete"] == [row.status for row in rows]
    assert ["", "index_absent"] == [row.reason for row in rows]


def test_a_damaged_index_answers_nothing(office_of, own_deployment):
    office = office_of(own_deployment)
    worker = office.worker()
    file = next(own_deployment.index.glob("current/plain.idx")).resolve()
    file.chmod(0o600)
    with file.open("r+b") as content:
        content.seek(4_096 + 10)
        content.write(b"\xff" * 8)
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    worker.work()
    view = office.jobs.job(1, job.id)
    assert ("queued", "no_index", 0) == (view.status, view.waiting, view.checked)


def test_a_job_whose_pieces_are_lost_is_read_again(office):
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    worker = office.worker()
    worker.work(lambda: office.jobs.job(1, job.id).reading == "read")
    for file in (office.store.settings.bulk_directory / job.id).glob("claims-*"):
        file.unlink()
    office.worker().work()
    assert STATES_OF_FOUR == [row.status for row in office.rows(office.jobs.job(1, job.id))]


def test_a_job_whose_list_is_lost_fails(office):
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    (office.store.settings.bulk_directory / job.id / "list").unlink()
    office.worker().work()
    view = office.jobs.job(1, job.id)
    assert ("failed", "list_lost") == (view.status, view.failure)


def in_brackets(person):
    return replace(person, name=f"{person.name}（甲乙）")


DOUBTED = (CLOSE, in_brackets(UNLISTED), in_brackets(CLOSE), in_brackets(UNLISTED), UNLISTED)


def test_a_row_in_doubt_is_exposed_or_not_checked(office):
    job = office.check(staff_csv(*DOUBTED))
    rows = office.rows(job)
    assert ["exposed", "not_checked", "exposed", "not_checked", "not_found"] == [
        row.status for row in rows
    ]
    assert ["", "name_unclear", "", "name_unclear", ""] == [row.reason for row in rows]
    assert (2, 2, 1, 0) == tuple(
        job.counts[state] for state in ("exposed", "not_checked", "not_found", "duplicate")
    )


def test_a_row_that_was_found_all_the_same_is_not_named_among_those_not_checked(office):
    draft = office.check(staff_csv(*DOUBTED), start=False)
    (before,) = office.jobs.preview(1, draft.id).doubts
    assert ("name_unclear", 3, [(3, 5)]) == (before.reason, before.count, list(before.spans))
    job = office.check(staff_csv(*DOUBTED))
    (after,) = office.jobs.unread_rows(1, job.id)
    assert (2, [(3, 3), (5, 5)]) == (after.count, list(after.spans))


def test_the_preview_tells_rows_in_doubt_from_those_that_nobody_looks_up(office):
    nameless = replace(UNLISTED, name="")
    draft = office.check(staff_csv(*DOUBTED, nameless), start=False)
    preview = office.jobs.preview(1, draft.id)
    assert {"to_check": 2, "in_doubt": 3, "not_checked": 1, "duplicate": 0} == preview.counts
    assert [("name_missing", 1)] == [(each.reason, each.count) for each in preview.reasons]
    assert [True] * 5 + [False] == [row.is_looked_up for row in preview.rows]


def test_rows_of_one_reason_in_doubt_and_not_looked_up_are_named_together_in_the_end(office):
    long_number = Person("hk_mo_permit", "H0000012", "舒小满 Shu Xiaoman")
    too_long = Person("passport", "X" + "0" * 15, "ANA SILVA")
    people = (long_number, too_long, long_number)
    draft = office.check(staff_csv(*people), start=False)
    preview = office.jobs.preview(1, draft.id)
    assert [("length", 2, [(2, 2), (4, 4)])] == [
        (each.reason, each.count, list(each.spans)) for each in preview.doubts
    ]
    assert [("length", 1, [(3, 3)])] == [
        (each.reason, each.count, list(each.spans)) for each in preview.reasons
    ]
    (after,) = office.jobs.unread_rows(1, office.check(staff_csv(*people)).id)
    assert ("length", 3, [(2, 4)]) == (after.reason, after.count, list(after.spans))


def test_a_draft_read_before_rows_in_doubt_were_kept_apart_names_them_all(office):
    draft = office.check(staff_csv(*DOUBTED), start=False)
    folder = office.store.folder(draft.id)
    doubts = read_doubts(folder)
    (folder.path / "doubts").unlink()
    write_spans(folder, doubts.spans)
    preview = office.jobs.preview(1, draft.id)
    assert ((), [3]) == (preview.doubts, [each.count for each in preview.reasons])


def test_a_row_in_doubt_counts_in_the_quota_and_past_it_is_not_looked_up(office):
    office.quota = 1
    rows = office.rows(office.check(staff_csv(UNLISTED, in_brackets(CLOSE))))
    assert ["not_found", "not_checked"] == [row.status for row in rows]
    assert "quota" == rows[1].reason


def test_rows_in_doubt_past_the_quota_are_named_once(office):
    office.quota = 2
    people = (CLOSE, in_brackets(UNLISTED), in_brackets(CLOSE), UNLISTED, in_brackets(GENERAL))
    job = office.check(staff_csv(*people))
    told = [row.reason for row in office.rows(job)]
    unread = {
        each.reason: (each.count, list(each.spans)) for each in office.jobs.unread_rows(1, job.id)
    }
    assert sum(count for count, _ in unread.values()) == job.counts["not_checked"]
    of_rows = {reason: told.count(reason) for reason in set(told) - {""}}
    assert of_rows == {reason: count for reason, (count, _) in unread.items()}
    assert {"quota": (3, [(4, 6)]), "name_unclear": (1, [(3, 3)])} == unread


def test_where_counts_are_all_that_is_told_rows_in_doubt_are_not_looked_up(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    doubted = [replace(CLOSE, name=f"{CLOSE.name}（甲{chr(0x4E10 + at)}）") for at in range(9)]
    content = staff_csv(*many_people(60), *doubted)
    preview = office.jobs.preview(1, office.check(content, start=False).id)
    assert ((), [9]) == (preview.doubts, [each.count for each in preview.reasons])
    job = office.check(content)
    assert ("done", 10, 5) == (job.status, job.counts["not_checked"], job.counts["exposed"])


def test_results_go_when_their_time_is_over(office):
    job = office.check(staff_csv(*FOUR))
    with office.store.records.writing() as connection:
        change_job(connection, job.id, expires_at=1)
    with pytest.raises(ResultsGone):
        office.jobs.results(1, job.id)
    destroy_overdue(office.store)
    assert [] == office.store.keys.names()
    assert [] == list(office.store.settings.bulk_directory.iterdir())
    assert 4 == office.jobs.job(1, job.id).rows


def test_a_draft_that_nobody_starts_goes(office):
    job = office.check(staff_csv(*FOUR), start=False)
    with office.store.records.writing() as connection:
        change_job(connection, job.id, expires_at=1)
    destroy_overdue(office.store)
    assert [] == office.store.keys.names()
    with pytest.raises(NotDone):
        office.jobs.start(1, job.id)


def test_what_a_failed_job_held_goes(office):
    office.check(staff_csv())
    destroy_overdue(office.store)
    assert [] == office.store.keys.names()


def test_where_counts_are_all_that_is_told_results_are_withheld(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    job = office.check(staff_csv(*many_people(60)))
    assert "done" == job.status
    with pytest.raises(ResultsWithheld):
        office.jobs.results(1, job.id)


def test_where_counts_are_all_that_is_told_a_list_has_fifty_people(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    job = office.check(staff_csv(*FOUR * 20))
    assert ("failed", "too_few_people") == (job.status, job.failure)


@pytest.mark.parametrize("written", ["{0}", "{1} / {0}"])
def test_where_counts_are_all_that_is_told_one_person_is_no_fifty(office, written):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    rows = [
        replace(
            CLOSE,
            id_number=written.format(CLOSE.id_number, resident(place)),
            name=f"{CLOSE.name}（甲{chr(0x4E10 + place)}）",
        )
        for place in range(60)
    ]
    job = office.check(staff_csv(*rows))
    assert ("failed", "too_few_people") == (job.status, job.failure)


@pytest.mark.parametrize("damage", [{"id_number": "1"}, {"name": "张某某"}, {"id_number": ""}])
def test_where_counts_are_all_that_is_told_rows_that_are_not_checked_are_nobody(office, damage):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    people = [*many_people(45), *(replace(one, **damage) for one in many_people(20))]
    job = office.check(staff_csv(*people))
    assert ("failed", "too_few_people") == (job.status, job.failure)


def passports(letters, number):
    return [
        replace(CLOSE, id_type="passport", id_number=f"{letters}{place:07}", name="ANY PERSON")
        for place in range(1, number + 1)
    ]


def test_where_counts_are_all_that_is_told_numbers_with_the_letter_o_are_checked(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    job = office.check(staff_csv(*passports("PO", 60)))
    assert ("done", 60) == (job.status, job.checked)
    assert not job.counts.get("not_checked")


def test_where_counts_are_all_that_is_told_a_letter_o_makes_nobody_another(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    job = office.check(staff_csv(*passports("PO", 30), *passports("P0", 30)))
    assert ("failed", "too_few_people") == (job.status, job.failure)


def test_where_counts_are_all_that_is_told_people_past_the_quota_are_nobody(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    office.quota = 10
    job = office.check(staff_csv(*many_people(60)))
    assert ("failed", "too_few_people", 0) == (job.status, job.failure, job.checked)


def test_where_counts_are_all_that_is_told_a_list_that_fails_uses_up_no_quota(office):
    directory, ledgers = (
        OrganisationDirectory(office.store.records),
        QuotaLedgers(office.store.records),
    )
    directory.set_policy(1, Policy.COUNTS)
    directory.set_quota(1, 40)
    for people in (60, 80):
        office.jobs.receive(CALLER, upload_of(staff_csv(*many_people(people))))
        office.worker(ledgers.admit).work()
    assert {"too_few_people"} == {job.failure for job in office.jobs.list(1)}
    assert 0 == people_asked_about(office.store.records).get(1, 0)


def test_where_counts_are_all_that_is_told_one_job_is_answered_from_a_build(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    office.check(staff_csv(*many_people(60)))
    job = office.check(staff_csv(*many_people(61)))
    assert ("failed", "one_job_a_build") == (job.status, job.failure)


def test_a_job_that_is_destroyed_uses_its_builds_up_where_counts_are_all_that_is_told(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    first = office.check(staff_csv(*many_people(60)))
    office.jobs.cancel(1, first.id)
    with office.store.records.writing() as connection:
        change_job(connection, first.id, finished_at=int(time.time()) - 2 * 86_400)
    short = office.store.settings.model_copy(update={"bulk_jobs_days": 1})
    destroy_overdue(replace(office.store, settings=short))
    job = office.check(staff_csv(*many_people(61)))
    assert ("failed", "one_job_a_build") == (job.status, job.failure)


def test_a_job_that_told_each_person_uses_its_builds_up_once_counts_are_all_that_is_told(office):
    office.check(staff_csv(*many_people(60)))
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    job = office.check(staff_csv(*many_people(61)))
    assert ("failed", "one_job_a_build") == (job.status, job.failure)


def test_a_job_that_was_not_begun_uses_up_no_build(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    waits = office.jobs.receive(CALLER, upload_of(staff_csv(*many_people(60))))
    office.worker().work(lambda: office.jobs.job(1, waits.id).reading == "read")
    office.jobs.cancel(1, waits.id)
    office.check(staff_csv(*FOUR))  # too few people
    assert "done" == office.check(staff_csv(*many_people(60))).status


def test_an_authority_that_goes_missing_gives_no_builds_back(office_of, own_deployment):
    office = office_of(own_deployment)
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    first = office.check(staff_csv(*many_people(60)))
    missing = {"authorities": ("示例市疾病预防控制中心", "乙市")}
    settings = office.store.settings.model_copy(update=missing)
    office.store = replace(office.store, settings=settings)
    second = office.check(staff_csv(*many_people(60)))
    assert ("done", "one_job_a_build") == (first.status, second.failure)


def test_where_counts_are_all_that_is_told_a_job_begun_anew_told_nothing(office_of, own_deployment):
    office = office_of(own_deployment)
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    people = many_people(70)
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*people, *[people[-1]] * 5_000)))
    office.worker().work(lambda: office.jobs.job(1, job.id).checked > 0)
    own_deployment.publish()
    told = []

    def look():
        view = office.jobs.job(1, job.id)
        told.append((view.status, *set(view.counts.values())))

    office.worker().work(look)  # it returns None: work goes on
    assert {("running", 0), ("queued", 0)} >= set(told) - {("done", 0)}
    assert ("done", 5, 5_000) == (
        (view := office.jobs.job(1, job.id)).status,
        view.counts["exposed"],
        view.counts["duplicate"],
    )


def _die_over(office, job):
    """Leave the lease of a process that is gone on a job, as one that was killed in a turn does."""
    program = subprocess.run(
        [sys.executable, "-c", LEASE], check=True, capture_output=True, text=True
    )
    with office.store.records.writing() as connection:
        later = int(time.time()) + 600
        change_job(connection, job.id, lease=program.stdout.strip(), lease_until=later)


def test_a_list_that_no_worker_outlives_ends_its_job_and_holds_up_nobody(office):
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    for _ in range(DEATHS_MAX - 1):
        _die_over(office, job)
        office.scheduler().next_turn()
    _die_over(office, job)
    other = office.jobs.receive(OTHER, upload_of(staff_csv(*FOUR)))
    office.worker().work()
    assert ("failed", "internal", "done") == (
        office.jobs.job(1, job.id).status,
        office.jobs.job(1, job.id).failure,
        office.jobs.job(2, other.id).status,
    )


def test_workers_that_die_one_after_another_end_no_job_that_moves_on(office):
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    for _ in range(DEATHS_MAX):
        _die_over(office, job)
        office.worker().work(OneTurn(1))
    office.worker().work()
    assert "done" == office.jobs.job(1, job.id).status


def test_a_turn_that_lasts_is_leased_for_its_time_once_more(office):
    office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    scheduler = office.scheduler()
    turn = scheduler.next_turn()
    with office.store.records.writing() as connection:
        connection.execute(bulk_jobs.update().values(lease_until=1))
    scheduler.renew(turn)
    with office.store.records.reading() as connection:
        assert time.time() < connection.execute(select(bulk_jobs.c.lease_until)).scalar_one()


def test_a_turn_of_somebody_else_by_now_is_not_leased_again(office):
    office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    scheduler = office.scheduler()
    turn = scheduler.next_turn()
    with office.store.records.writing() as connection:
        connection.execute(bulk_jobs.update().values(lease="other", lease_until=1))
    scheduler.renew(turn)
    with office.store.records.reading() as connection:
        assert 1 == connection.execute(select(bulk_jobs.c.lease_until)).scalar_one()
