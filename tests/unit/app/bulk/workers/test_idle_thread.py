"""Turns are computed last of all, and by a thread that makes no transaction."""

import os
import threading

import pytest

from app.bulk.workers.idle_thread import IdleThread, compute_here


def test_work_is_done_where_nobody_else_wants_the_processor():
    assert os.SCHED_IDLE == IdleThread()(lambda: os.sched_getscheduler(0))


def test_whoever_waits_for_it_is_set_aside_for_nobody():
    compute, before = IdleThread(), os.sched_getscheduler(0)
    compute(lambda: None)
    assert before == os.sched_getscheduler(0)


@pytest.mark.parametrize("error", [ValueError, TimeoutError, KeyError])
def test_it_raises_what_the_work_raises(error):
    def work():
        raise error

    with pytest.raises(error):
        IdleThread()(work)


def test_work_that_lasts_is_kept():
    keeps, kept = [], threading.Event()

    def keep():
        keeps.append(1)
        kept.set()

    assert "done" == IdleThread(renew_seconds=0.001)(lambda: kept.wait() and "done", keep)
    assert keeps


def test_without_such_a_thread_the_work_is_done_here():
    assert threading.get_ident() == compute_here(threading.get_ident, lambda: None)
