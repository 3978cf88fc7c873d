import threading

from limits import RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter

from app.limits.windows import WindowMemory


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_a_window_begins_with_the_first_hit_and_ends_after_its_seconds():
    clock = Clock()
    memory = WindowMemory(clock=clock)
    assert [1, 2] == [memory.incr("a", 10), memory.incr("a", 10)]
    assert 1010.0 == memory.get_expiry("a")
    clock.now = 1010.0
    assert (0, 1) == (memory.get("a"), memory.incr("a", 10))


def test_the_strategy_of_the_library_admits_exactly_the_limit():
    limiter = FixedWindowRateLimiter(WindowMemory(clock=Clock()))
    item = RateLimitItemPerSecond(3, 10)
    assert [True, True, True, False] == [limiter.hit(item, "a") for _ in range(4)]
    assert limiter.hit(item, "b")


def test_ended_windows_are_let_go():
    clock = Clock()
    memory = WindowMemory(clock=clock)
    for number in range(1000):
        memory.incr(f"old-{number}", 10)
    clock.now += 20
    for number in range(300):
        memory.incr(f"new-{number}", 10)
    assert 300 == len(memory)


def test_a_window_begun_anew_is_not_let_go_with_the_old_one():
    clock = Clock()
    memory = WindowMemory(clock=clock)
    memory.incr("a", 10)
    clock.now += 10
    memory.incr("a", 10)
    for number in range(50):
        memory.incr(str(number), 10)
    assert 1 == memory.get("a")


def test_counting_is_exact_under_threads():
    memory = WindowMemory()
    threads = [
        threading.Thread(target=lambda: [memory.incr("a", 60) for _ in range(500)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 4000 == memory.get("a")


def test_a_count_can_be_forgotten():
    memory = WindowMemory()
    memory.incr("a", 60)
    memory.incr("b", 60)
    memory.clear("a")
    assert (0, 1, 1) == (memory.get("a"), memory.get("b"), memory.reset())


def test_a_flood_of_keys_takes_no_more_memory_and_is_still_counted():
    memory = WindowMemory(clock=Clock(), keys_max=100)
    for number in range(20_000):
        memory.incr(str(number), 10)
    assert len(memory) <= 100 + 4_096
    assert 1 == memory.get("1")
    assert memory.incr("new", 10) > 1


def test_a_clock_set_back_keeps_nobody_waiting():
    clock = Clock()
    memory = WindowMemory(clock=clock)
    memory.incr("a", 10)
    clock.now -= 3600
    assert 1 == memory.incr("a", 10)
    assert 10 == memory.left("a")
