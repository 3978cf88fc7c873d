import threading

import pytest
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.limits.leases import LeasedWindows, LeasesAtHand
from app.limits.outcomes import WouldWait
from app.limits.windows import Window

WINDOW = Window("network", 100, 900)
WORKERS = 4


class Ticks:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def redis(start_redis):
    return Redis.from_url(start_redis().url, retry=Retry(NoBackoff(), 0))


@pytest.fixture
def calls(redis):
    """How often scripts were run in Redis so far."""
    return lambda: redis.info("commandstats").get("cmdstat_evalsha", {}).get("calls", 0)


def hits(windows, times, key=b"a", window=WINDOW):
    return sum(windows.hit(window, key) for _ in range(times))


def test_the_first_hit_of_a_key_asks_nobody(redis, calls):
    windows = LeasedWindows(redis)
    assert 50 == sum(windows.hit(WINDOW, b"%d" % number) for number in range(50))
    assert 0 == calls()


def test_one_worker_alone_admits_the_number_exactly(redis):
    assert 100 == hits(LeasedWindows(redis), 300)


def test_most_hits_are_admitted_from_a_lease(redis, calls):
    window = Window("checks", 100_000, 900)
    assert 10_000 == hits(LeasedWindows(redis), 10_000, window=window)
    assert calls() < 20


def test_several_workers_admit_no_more_than_the_number_and_one_each(redis):
    workers = [LeasedWindows(redis) for _ in range(WORKERS)]
    admitted = sum(hits(worker, 1) for worker in workers[1:])
    admitted += hits(workers[0], 300)
    assert 100 + WORKERS - 1 == admitted
    assert 0 == sum(hits(worker, 50) for worker in workers)


@pytest.mark.parametrize("number", [1, 2, 7, 64, 100, 1200])
def test_the_bound_holds_with_many_threads_at_once(redis, number):
    window = Window("network", number, 900)
    workers = [LeasedWindows(redis) for _ in range(WORKERS)]
    counts = []
    threads = [
        threading.Thread(target=lambda w=worker: counts.append(hits(w, number, window=window)))
        for worker in workers
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number * 3 // 4 <= sum(counts) <= number + WORKERS


def test_the_next_window_begins_anew_and_keeps_no_permits(redis):
    ticks = Ticks()
    windows = LeasedWindows(redis, ticks)
    assert 30 == hits(windows, 30)
    ticks.now += 901
    redis.flushdb()
    assert 100 == hits(windows, 200)


def test_a_window_ends_when_redis_says_so(redis):
    ticks = Ticks()
    first, late = LeasedWindows(redis, ticks), LeasedWindows(redis, ticks)
    hits(first, 2)
    redis.pexpire("gauge:lease:network:61", 300_000)
    hits(late, 2)
    assert redis.pttl("gauge:lease:network:61") / 1000 <= late.ends_in(WINDOW, b"a") <= 300


def test_what_is_used_up_is_refused_without_asking_again(redis, calls):
    windows = LeasedWindows(redis)
    hits(windows, 200)
    before = calls()
    assert 0 == hits(windows, 100)
    assert before == calls()


def test_while_redis_is_gone_the_error_is_told_and_nothing_is_lost(start_redis):
    running = start_redis()
    windows = LeasedWindows(Redis.from_url(running.url, retry=Retry(NoBackoff(), 0)))
    hits(windows, 1)
    running.stop()
    for _ in range(2):
        with pytest.raises(RedisError):
            windows.hit(WINDOW, b"a")
    assert windows.hit(WINDOW, b"b")


def test_whoever_may_not_wait_is_admitted_by_what_the_worker_has(redis, calls):
    windows = LeasedWindows(redis)
    assert windows.hit(WINDOW, b"a", may_wait=False)
    with pytest.raises(WouldWait):
        windows.hit(WINDOW, b"a", may_wait=False)
    assert 0 == calls()
    roomy = Window("network", 1_000, 900)
    assert 2 == hits(windows, 2, b"b", roomy)  # the second took a lease
    before = calls()
    assert windows.hit(roomy, b"b", may_wait=False)
    assert before == calls()


def test_what_was_given_back_is_admitted_again_and_no_more_than_that(redis):
    windows = LeasedWindows(redis)
    at_hand = LeasesAtHand(windows)
    assert at_hand.hit(WINDOW, b"a")
    with pytest.raises(WouldWait):
        at_hand.hit(WINDOW, b"a")
    at_hand.give_back()
    assert 100 == hits(windows, 300)


def test_a_worker_that_has_used_all_up_refuses_without_waiting(redis):
    windows = LeasedWindows(redis)
    hits(windows, 300)
    assert not windows.hit(WINDOW, b"a", may_wait=False)
