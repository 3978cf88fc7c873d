import hashlib
import threading

import pytest
from limits import RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter

from app.limits.windows import Window, WindowsInMemory, WindowStorage, WindowTable

NOW = 1_600_000_000.0


class Clock:
    now = NOW

    def __call__(self):
        return self.now


def key(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest()[:16]


A, B = key(-1), key(-2)


def test_a_window_begins_with_the_first_hit_and_ends_after_its_seconds():
    table = WindowTable()
    assert [1, 2] == [table.take(A, 10, NOW), table.take(A, 10, NOW + 4)]
    assert (2, 6) == (table.count(A, NOW + 4), table.left(A, NOW + 4))
    assert (0, 0, 1) == (
        table.count(A, NOW + 10),
        table.left(A, NOW + 10),
        table.take(A, 10, NOW + 10),
    )


def test_several_can_be_counted_at_once():
    table = WindowTable()
    assert [3, 5] == [table.take(A, 10, NOW, 3), table.take(A, 10, NOW, 2)]


def test_the_strategy_admits_exactly_the_number_of_a_window():
    windows = WindowsInMemory(WindowTable(), Clock())
    three = Window("three", 3, 10)
    assert [True, True, True, False] == [windows.hit(three, A) for _ in range(4)]
    assert (True, False) == (windows.used_up(three, A), windows.used_up(three, B))
    assert (10, 0) == (windows.ends_in(three, A), windows.ends_in(three, B))


def test_the_strategy_of_the_library_admits_exactly_the_limit():
    clock = Clock()
    storage = WindowStorage(clock=clock)
    limiter = FixedWindowRateLimiter(storage)
    item = RateLimitItemPerSecond(3, 10)
    assert [True, True, True, False] == [limiter.hit(item, "a") for _ in range(4)]
    assert limiter.hit(item, "b")
    assert NOW + 10 == storage.get_expiry(item.key_for("a"))
    clock.now += 10
    assert limiter.hit(item, "a")


def test_a_count_can_be_forgotten_and_so_can_all():
    storage = WindowStorage()
    for name in ("a", "b"):
        storage.incr(name, 60)
    storage.clear("a")
    assert (0, 1) == (storage.get("a"), storage.get("b"))
    assert (1, 0) == (storage.reset(), storage.get("b"))


def test_ended_windows_make_place_for_new_ones():
    table = WindowTable(buckets=4)
    for start in range(0, 10_000, 20):
        now = NOW + start
        counts = [table.take(key(start + number), 10, now) for number in range(20)]
        assert [1] * 20 == counts


def test_counting_is_exact_under_threads():
    table = WindowTable()
    threads = [
        threading.Thread(target=lambda: [table.take(A, 60, NOW) for _ in range(500)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 4000 == table.count(A, NOW)


def test_a_flood_of_keys_takes_no_more_memory_and_is_still_counted():
    table = WindowTable(buckets=8)
    admitted = sum(table.take(key(number), 10, NOW) <= 3 for number in range(20_000))
    assert 8 * 15 + 8 * 3 == admitted  # a place of its own for so many, and one for all others
    assert 8 * 16 == table.places_in_use()
    assert table.take(key(-5), 10, NOW) > 2_000
    assert table.count(key(-5), NOW) > 2_000


def test_a_flood_takes_no_count_away():
    table = WindowTable(buckets=8)
    counted = [number for number in range(60) if table.take(key(number), 10, NOW) == 1]
    for number in range(1_000, 5_000):
        table.take(key(number), 10, NOW)
    own = [table.take(key(number), 10, NOW) for number in counted]
    assert all(count >= 2 for count in own)
    assert own.count(2) >= len(counted) - 8  # of each bucket one may be counted with all others


def test_a_clock_set_back_keeps_nobody_waiting():
    table = WindowTable()
    table.take(A, 10, NOW)
    assert 1 == table.take(A, 10, NOW - 3600)
    assert 10 == table.left(A, NOW - 3600)


def test_a_clock_set_back_leaves_nothing_used_up():
    table, now = WindowTable(), [NOW]
    windows, window = WindowsInMemory(table, lambda: now[0]), Window("a", 1, 10)
    assert [True, True] == [windows.hit(window, A), windows.used_up(window, A)]
    now[0] -= 3600
    assert not windows.used_up(window, A)


def test_what_is_claimed_once_is_claimed_for_its_time():
    table = WindowTable()
    claims = [table.claim(A, 10, NOW + passed) for passed in (0, 0, 9.9, 10, 10)]
    assert [True, False, False, True, False] == claims
    assert table.claim(B, 10, NOW)


def test_a_claim_outlasts_a_clock_that_is_set_back():
    table = WindowTable()
    assert [True, False] == [table.claim(A, 10, NOW), table.claim(A, 10, NOW - 3600)]


@pytest.mark.parametrize("later", [0, 5])
def test_where_claims_are_full_nothing_is_claimed_and_nothing_twice(later):
    table = WindowTable(buckets=1)
    claimed = [number for number in range(100) if table.claim(key(number), 10, NOW)]
    assert 15 == len(claimed)
    assert not any(table.claim(key(number), 10, NOW + later) for number in range(100))
    assert table.claim(key(99), 10, NOW + 10)


def test_a_worker_that_read_the_clock_before_another_began_the_window_counts_in_it():
    table = WindowTable()
    table.take(A, 10, NOW + 0.001)
    assert 2 == table.take(A, 10, NOW)
