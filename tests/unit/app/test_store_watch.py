"""What was wrong with records and limits at the last look; nobody asks a store to read it."""

import threading

import pytest

from app.store_watch import EVERY_SECONDS, OVERDUE_AFTER_SECONDS, StoreFaults, StoreWatch
from tests.fixtures.patience import PATIENCE_SECONDS


class Stores:
    """Two stores whose faults a test sets, and how often they were asked."""

    def __init__(self):
        self.records = self.limits = ""
        self.questions = 0
        self.now = 0.0
        self.watch = StoreWatch(self._records, lambda: self.limits, lambda: self.now)

    def _records(self):
        self.questions += 1
        return self.records


@pytest.fixture
def stores():
    stores = Stores()
    yield stores
    stores.watch.stop()


def test_where_nobody_looked_yet_the_first_question_looks(stores):
    stores.records = "records_key"
    assert StoreFaults(("records_key",), ()) == stores.watch.faults()


def test_faults_are_those_of_the_last_look_and_no_store_is_asked(stores):
    stores.watch.look()
    stores.limits = "redis_full"
    assert (StoreFaults(), StoreFaults()) == (stores.watch.faults(), stores.watch.faults())
    assert 1 == stores.questions
    stores.watch.look()
    assert ("redis_full",) == stores.watch.faults().limits


def test_a_look_that_is_overdue_is_a_fault(stores):
    stores.watch.start(every_seconds=3_600.0)
    stores.now += OVERDUE_AFTER_SECONDS
    assert ("records_look_overdue",) == stores.watch.faults().records
    stores.watch.look()
    assert () == stores.watch.faults().records


def test_where_nobody_looks_again_and_again_no_look_is_overdue(stores):
    stores.watch.look()
    stores.now += OVERDUE_AFTER_SECONDS
    assert () == stores.watch.faults().records


def test_several_looks_fit_into_the_time_after_which_one_is_overdue():
    assert 3 * EVERY_SECONDS < OVERDUE_AFTER_SECONDS


def test_a_look_that_fails_does_not_end_the_looks():
    looks, reached = iter(range(3)), threading.Event()

    def fails():
        number = next(looks, 3)
        if number == 3:
            reached.set()
        if number:  # the first is the one before the thread
            raise RuntimeError
        return ""

    watch = StoreWatch(fails, lambda: "")
    watch.start(every_seconds=0.001)
    assert reached.wait(PATIENCE_SECONDS)
    watch.stop()
