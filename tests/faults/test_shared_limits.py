"""Limits in the memory that workers share: exact while they count at once, and after kill -9."""

import hashlib
import os
import random
import time
from collections import Counter
from dataclasses import replace

import pytest

from app.limits import process_locks
from app.limits.check_limiter import check_limits
from app.limits.outcomes import AdmissionProof, LimitReached, ProofKind
from app.limits.process_locks import (
    LOCKS,
    WAIT_AGAIN_SECONDS,
    WAIT_MAX_SECONDS,
    ProcessLocks,
)
from app.limits.shared_memory import shared_limits
from app.limits.windows import WindowTable
from app.proofs.replay_guard import ReplayGuard
from app.settings import read_settings
from exposure_index.identity.canonical import Identity
from tests.fixtures.forked_workers import fork, forked
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.small_limits import HERE, KEY, admitted

WORKERS = 4
TURNS = 20
HOUR = 3_600
FAR = 4_000_000_000  # an expiry


def key(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest()[:16]


def heard(workers):
    """Everything that workers said, all together."""
    return [said for worker in workers for said in worker.lines()]


def test_workers_that_count_at_once_lose_no_count():
    table, now = WindowTable(), time.time()

    def work(_own, say):
        say([table.take(key(turn % 3), HOUR, now) for turn in range(3_000)])

    with forked(WORKERS, work) as workers:
        counts = Counter(count for said in heard(workers) for count in said)
    assert {3} == set(counts.values())  # each number of each of three keys, once
    assert [WORKERS * 1_000] * 3 == [table.count(key(turn), now) for turn in range(3)]


def each_limit():
    """What asks for one more of each limit there is, and how many are admitted."""
    within_56 = bytes.fromhex("20010db80001000000")[:7]
    work = AdmissionProof(ProofKind.WORK)
    settings = {
        "network_checks": 90,
        "ipv6_56_times": 2,
        "ipv6_48_times": 3,
        "network_checks_proven": 70,
        "names_per_document": 20,
        "names_per_document_everywhere": 40,
    }
    return {
        "network": ({**settings}, lambda limits, _turn: limits.admit_network(HERE), 90),
        "wider network": (
            {**settings},
            lambda limits, turn: limits.admit_network(within_56 + bytes([turn % 100])),
            180,
        ),
        "everybody": (
            {**settings, "checks_per_second": 50},
            lambda limits, turn: limits.admit_network(bytes([10, 0, turn // 256, turn % 256])),
            50,
        ),
        "earned": ({**settings}, lambda limits, _turn: limits.admit_network(HERE, work), 70),
        "names here": (
            {**settings},
            lambda limits, turn: limits.admit_names(HERE, [Identity("X1", f"N{turn}")]),
            20,
        ),
        "whole check": (
            {**settings},
            lambda limits, turn: limits.admit_check(HERE, Identity(f"X{turn}", "N")),
            90,
        ),
    }


@pytest.mark.parametrize("name", each_limit())
def test_workers_admit_together_what_one_would(name):
    settings, ask, number = each_limit()[name]
    memory, second = shared_limits(), int(time.time())

    def work(own, say):
        limits = check_limits(read_settings(**settings), KEY, None, memory, lambda: second)
        turns = range(own, 1_000, WORKERS)
        say(admitted(lambda turn: ask(limits, turns[turn]), len(turns)))

    with forked(WORKERS, work) as workers:
        assert number == sum(heard(workers))


def test_names_of_a_document_are_admitted_together_as_often_as_by_one():
    settings = read_settings(names_per_document_everywhere=40, names_per_document=30)
    memory, now = shared_limits(), time.time()

    def work(own, say):
        limits = check_limits(settings, KEY, None, memory, lambda: now)
        for turn in range(own, 200, WORKERS):
            network = bytes([10, 0, 0, turn])
            try:
                limits.admit_names(network, [Identity("X1", f"N{turn}")])
            except LimitReached:
                continue
            say(turn)

    with forked(WORKERS, work) as workers:
        names = heard(workers)
    assert 20 < len(names) <= 40  # how many, the pseudonym of the document says
    alone = check_limits(settings, KEY, None, clock=lambda: now)
    by_one = admitted(
        lambda turn: alone.admit_names(bytes([10, 0, 0, turn]), [Identity("X1", f"N{turn}")]), 200
    )
    assert by_one == len(names)


def test_a_proof_is_used_once_by_whichever_worker():
    memory = shared_limits()

    def work(own, say):
        guard = ReplayGuard(None, claims=memory.claims)
        proofs = random.Random(own).sample(range(500), 500)  # noqa: S311 - an order
        say([proof for proof in proofs if guard.claim(key(proof), FAR)])

    with forked(WORKERS, work) as workers:
        claimed = [proof for said in heard(workers) for proof in said]
    assert list(range(500)) == sorted(claimed)


def test_a_worker_that_begins_later_finds_every_count():
    memory = shared_limits()
    settings = read_settings(network_checks=5)
    check_limits(settings, KEY, None, memory).admit_network(HERE)

    def work(_own, say):
        limits = check_limits(settings, KEY, None, memory)
        say(admitted(lambda _: limits.admit_network(HERE), 2))

    for _ in range(2):  # one after the other
        with forked(1, work) as workers:
            assert [2] == heard(workers)
    assert 0 == admitted(lambda _: check_limits(settings, KEY, None, memory).admit_network(HERE), 3)


def test_the_lock_of_a_worker_that_was_killed_is_free():
    locks = ProcessLocks()

    def hold(say):
        say([locks.acquire(number) for number in range(LOCKS)])
        time.sleep(PATIENCE_SECONDS)

    worker = fork(hold)
    assert [True] * LOCKS == next(worker.lines())
    assert not locks.acquire(7)  # held by one who lives: given up, not waited for
    worker.kill()
    os.waitpid(worker.pid, 0)
    for number in range(LOCKS):
        assert locks.acquire(number)
        locks.release(number)


class ClockOfSleep:
    """What process_locks knows of time: only to sleep takes any, and whoever sleeps goes on."""

    def __init__(self):
        self.seconds = 0.0

    def monotonic(self):
        return self.seconds

    def sleep(self, seconds):
        self.seconds += max(seconds, 1e-6)


def test_a_lock_whose_holder_stands_still_is_waited_for_once(monkeypatch):
    """Else each check of a loop would wait for it anew, and everybody behind it."""
    table, clock = WindowTable(buckets=1), ClockOfSleep()
    monkeypatch.setattr(process_locks, "time", clock)

    def hold(say):
        say(table._locks.acquire(0))
        time.sleep(PATIENCE_SECONDS)

    worker = fork(hold)
    assert next(worker.lines())
    counts = [table.take(key(0), HOUR, 0.0)]
    assert WAIT_MAX_SECONDS <= clock.seconds
    counts += [table.take(key(0), HOUR, 0.0) for _ in range(TURNS)]
    assert clock.seconds < WAIT_MAX_SECONDS + TURNS * 2 * WAIT_AGAIN_SECONDS
    worker.kill()
    os.waitpid(worker.pid, 0)
    assert [*range(1, TURNS + 2)] == counts
    assert table._locks.acquire(0)
    table._locks.release(0)  # before its memory goes


def test_kills_in_the_midst_of_counting_let_nobody_count_beyond_and_hold_nobody_up():
    limit, now = 2_000, time.time()
    memory = replace(shared_limits(), checks=WindowTable(buckets=1))

    def work(_own, say):
        guard = ReplayGuard(None, claims=memory.claims)
        for turn in range(100_000):
            counted = memory.checks.take(key(0), HOUR, now)
            if counted > limit:
                return
            say(["check", counted])
            if guard.claim(key(turn), FAR):
                say(["proof", turn])

    said = []
    for turn in range(40):
        workers = [fork(lambda say: work(0, say)) for _ in range(2)]
        time.sleep(0.004 + turn % 10 / 1_000)
        for worker in workers:
            worker.kill()
            os.waitpid(worker.pid, 0)
        said += [tuple(each) for each in heard(workers)]
    assert len(said) > 40
    assert len(said) == len(set(said))  # no number was given twice, no proof used twice
    highest = max(number for kind, number in said if kind == "check")
    assert memory.checks.take(key(0), HOUR, now) in range(highest + 1, highest + 80 + 2)
