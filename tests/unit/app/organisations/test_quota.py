import hashlib
import threading
from datetime import date

import pytest
from sqlalchemy import text

from app.organisations.directory import NewOrganisation
from app.organisations.quota import QuotaLedger
from app.records.organisations.quota_sketches import people_by_organisation

DAY = 86_400.0


def people(first, last):
    return [hashlib.sha256(b"%d" % number).digest() for number in range(first, last)]


@pytest.fixture
def small(directory, today):
    """An organisation that may ask about a hundred people."""
    return directory.create(NewOrganisation("small", "Small", 10, quota=100), today)


@pytest.fixture
def now():
    return [1_600_000_000.0]


@pytest.fixture
def ledger(records, small, now):
    return QuotaLedger(records, small, lambda: now[0])


@pytest.fixture
def admit(records, ledger):
    def call(digests, by=ledger):
        with records.writing() as connection:
            return by.admit(connection, digests)

    return call


def test_as_many_people_as_the_quota_are_admitted_in_order(admit, ledger):
    assert [True] * 100 + [False] * 20 == admit(people(0, 120))
    assert 0 == ledger.remaining()


def test_whoever_was_refused_is_not_counted(admit, directory, ledger, small):
    admit(people(0, 120))
    directory.set_quota(small.id, 110)
    assert [True] * 10 + [False] * 10 == admit(people(100, 120))


def test_repeats_are_free_past_the_quota_too(admit):
    admit(people(0, 100))
    assert [True, False, True] == admit([*people(5, 6), *people(200, 201), *people(99, 100)])


def test_a_person_twice_in_one_list_is_counted_once(admit, ledger):
    assert [True] * 60 == admit(people(0, 30) * 2)
    assert 70 == ledger.remaining()
    assert [True] * 70 + [False] == admit(people(30, 101))


def test_what_remains_is_rounded_down_to_tens(admit, ledger):
    assert 100 == ledger.remaining()
    admit(people(0, 1))
    assert 90 == ledger.remaining()


def test_after_fourteen_days_a_person_counts_no_more(admit, now):
    admit(people(0, 100))
    now[0] += 13 * DAY
    assert [False] == admit(people(100, 101))
    now[0] += DAY
    assert [True] * 100 == admit(people(100, 200))


def test_whoever_is_asked_about_again_counts_from_then_on(admit, ledger, now):
    admit(people(0, 100))
    now[0] += 10 * DAY
    admit(people(0, 60))
    now[0] += 4 * DAY
    assert 40 == ledger.remaining()
    assert [True] * 40 + [False] == admit(people(200, 241))


def test_another_process_goes_on_where_this_one_stood(admit, open_records, small, now):
    admit(people(0, 90))
    other = QuotaLedger(open_records(), small, lambda: now[0])
    assert [True] * 10 + [False] == admit(people(90, 101), by=other)
    assert [True] * 10 + [False] == admit(people(90, 101))


def test_what_is_not_committed_is_not_counted(records, admit, ledger):
    with pytest.raises(ValueError, match="^$"), records.writing() as connection:  # noqa: RUF043, PT012
        ledger.admit(connection, people(0, 100))
        raise ValueError
    assert [True] * 100 == admit(people(100, 200))


def test_two_jobs_at_once_are_admitted_no_more_than_the_quota(open_records, small, now):
    def check(first):
        records = open_records()
        ledger = QuotaLedger(records, small, lambda: now[0])
        for start in range(first, first + 100, 20):
            with records.writing() as connection:
                admitted.extend(ledger.admit(connection, people(start, start + 20)))

    admitted = []
    threads = [threading.Thread(target=check, args=(first,)) for first in (0, 1_000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (100, 200) == (sum(admitted), len(admitted))


def test_what_one_organisation_asks_counts_for_no_other(records, admit, small, school, now):
    admit(people(0, 100))
    theirs = QuotaLedger(records, school, lambda: now[0])
    assert [True] * 122 + [False] == admit(people(0, 123), by=theirs)
    with records.reading() as connection:
        assert {small.id: 100, school.id: 122} == people_by_organisation(
            connection, date(2020, 9, 1)
        )


def test_a_quota_that_is_raised_gets_a_sketch_that_is_large_enough(admit, directory, small):
    admit(people(0, 100))
    directory.set_quota(small.id, 50_000)
    assert all(admit(people(100, 40_000)))
    # hardly a stranger passes
    assert 10_000 <= sum(admit(people(40_000, 60_000))) <= 10_002
    assert all(admit(people(0, 50_000)))


def test_the_database_holds_no_digest_and_no_key_of_the_quota(records, admit, small):
    digests = people(0, 5)
    admit(digests)
    with records.reading() as connection:
        bits = connection.execute(text("SELECT bits FROM quota_sketches")).scalar_one()
        key = connection.execute(text("SELECT quota_key FROM organisations")).scalar_one()
    assert not any(digest[:8] in bytes(bits) for digest in digests)
    assert 1 + 12 + 64 + 16 == len(key)


def test_nothing_is_asked_of_an_empty_list(admit, ledger):
    assert [] == admit([])
    assert 100 == ledger.remaining()


def test_of_a_tiny_quota_no_stranger_passes_for_one_that_was_counted(admit, directory, small):
    directory.set_quota(small.id, 2)
    admit(people(0, 2))
    assert [False] * 5_000 == admit(people(2, 5_002))
