import pytest
from redis import Redis, RedisError

from app.limits.actions import (
    EVERYWHERE,
    ActionLimits,
    ActionStores,
    Allowance,
    action_limits,
)
from app.limits.outcomes import LimitReached
from app.limits.pseudonyms import DailyPseudonyms
from app.limits.shared_memory import shared_limits
from app.limits.windows import WindowStorage
from app.settings import read_settings
from tests.fixtures.small_limits import admitted

TWICE = Allowance("signing-in", 2, 600)


@pytest.fixture
def limits() -> ActionLimits:
    return ActionLimits(DailyPseudonyms(bytes(32), lambda: 1000.0), clock=lambda: 1000.0)


def test_the_third_of_two_is_refused_until_the_window_ends(limits):
    limits.admit(TWICE, b"a")
    limits.admit(TWICE, b"a")
    with pytest.raises(LimitReached) as raised:
        limits.admit(TWICE, b"a")
    assert 600 == raised.value.retry_after


def test_others_and_other_actions_are_counted_apart(limits):
    for who in (b"a", b"b", EVERYWHERE):
        for action in (TWICE, Allowance("other", 2, 600)):
            limits.admit(action, who)
            limits.admit(action, who)


def test_nothing_is_counted_where_limits_are_off():
    limits = action_limits(read_settings(limits="off"), bytes(32), None)
    for _ in range(5):
        limits.admit(TWICE, b"a")


def test_redis_counts_for_every_process(start_redis):
    redis = start_redis()
    settings = read_settings(redis_url=redis.url)
    one, other = (action_limits(settings, bytes(32), Redis.from_url(redis.url)) for _ in range(2))
    one.admit(TWICE, b"a")
    other.admit(TWICE, b"a")
    with pytest.raises(LimitReached):
        one.admit(TWICE, b"a")


@pytest.mark.parametrize(("processes", "admitted"), [(1, 6), (2, 3), (4, 1), (9, 1)])
def test_while_redis_is_gone_each_process_admits_its_part(processes, admitted):
    class GoneStorage(WindowStorage):
        def incr(self, *_args, **_kwargs):
            raise RedisError

        clear = incr

    limits = ActionLimits(
        DailyPseudonyms(bytes(32)), ActionStores(GoneStorage(), processes=processes)
    )
    six = Allowance("signing-in", 6, 600)
    for _ in range(2):
        for _ in range(admitted):
            limits.admit(six, b"a")
        with pytest.raises(LimitReached):
            limits.admit(six, b"a")
        limits.forget(six, b"a")


def test_while_redis_is_gone_this_process_counts():
    class GoneStorage(WindowStorage):
        def incr(self, *_args, **_kwargs):
            raise RedisError

    limits = ActionLimits(DailyPseudonyms(bytes(32)), ActionStores(GoneStorage()))
    limits.admit(TWICE, b"a")
    limits.admit(TWICE, b"a")
    with pytest.raises(LimitReached):
        limits.admit(TWICE, b"a")


def test_the_networks_of_an_ipv6_prefix_are_counted_together():
    limits = action_limits(read_settings(ipv6_56_times=2, ipv6_48_times=3), bytes(32), None)
    prefix = bytes.fromhex("20010db80001")

    def number_of(networks):
        return admitted(lambda turn: limits.admit_network(TWICE, networks[turn]), len(networks))

    assert 2 == number_of([prefix + b"\x01\x01"] * 5)
    assert 2 == number_of([prefix + bytes([1, number]) for number in range(2, 9)])
    assert 2 == number_of([prefix + bytes([2, number]) for number in range(9)])
    assert 2 == number_of([b"\x20\x01\x0d\xb8\x00\x02\x00\x00"] * 5)


def test_while_redis_is_gone_workers_that_share_memory_admit_the_number_together(start_redis):
    redis = start_redis()
    memory, settings = shared_limits(), read_settings(redis_url=redis.url, workers=4)
    pair = [action_limits(settings, bytes(32), Redis.from_url(redis.url), memory) for _ in range(2)]
    redis.stop()
    six = Allowance("signing-in", 6, 600)
    assert 6 == admitted(lambda turn: pair[turn % 2].admit(six, b"a"), 20)
