"""The limit of pages without the framework: one count with Flask-Limiter's, in memory and Redis."""

import pytest
from redis import Redis

from app.limits.outcomes import LimitKind, LimitReached, WouldWait
from app.limits.page_limits import PageLimits
from app.limits.shared_memory import shared_limits
from app.services import EXTENSION
from app.settings import read_settings

V4 = bytes([203, 0, 113, 1])


def limits_of(redis=None, shared=None, **settings):
    return PageLimits(read_settings(**settings), bytes(32), redis, shared)


def network(last):
    return bytes.fromhex("20010db800010100")[:7] + bytes([last])


def test_what_is_asked_at_once_counts_as_often():
    limits = limits_of(network_pages=5)
    limits.admit(V4, 3)
    limits.admit(V4, 2)
    with pytest.raises(LimitReached) as raised:
        limits.admit(V4)
    assert LimitKind.REQUESTS is raised.value.kind
    assert 0 < raised.value.retry_after <= 901


def test_the_networks_of_a_prefix_are_counted_together():
    limits = limits_of(network_pages=2, ipv6_56_times=2, ipv6_48_times=16)
    for last in (1, 2, 3, 4):
        limits.admit(network(last))
    with pytest.raises(LimitReached):
        limits.admit(network(5))


def test_workers_count_together_in_memory_that_they_share():
    shared = shared_limits()
    one, other = (limits_of(shared=shared, network_pages=1) for _ in range(2))
    one.admit(V4)
    with pytest.raises(LimitReached):
        other.admit(V4)


def test_limits_that_are_off_admit_everything():
    limits = limits_of(limits="off", network_pages=1)
    limits.admit(V4, 9)


def test_whoever_may_not_wait_asks_no_redis(start_redis):
    redis = start_redis()
    client = Redis.from_url(redis.url)
    limits = limits_of(client, redis_url=redis.url, network_pages=1)
    with pytest.raises(WouldWait):
        limits.admit(V4, may_wait=False)
    limits.admit(V4)
    with pytest.raises(LimitReached):
        limits.admit(V4)


def test_while_redis_is_gone_this_worker_counts(start_redis):
    redis = start_redis()
    limits = limits_of(Redis.from_url(redis.url), redis_url=redis.url, network_pages=1)
    redis.stop()
    limits.admit(V4)
    with pytest.raises(LimitReached):
        limits.admit(V4)


@pytest.mark.parametrize("in_redis", [False, True])
@pytest.mark.parametrize(
    ("address", "counted"), [("203.0.113.1", V4), ("2001:db8:1:101::1", network(1))]
)
def test_flask_limiter_counts_under_the_same_keys(
    app_of, published, start_redis, in_redis, address, counted
):
    settings = {"redis_url": start_redis().url} if in_redis else {}
    app = app_of(published, network_pages=2, **settings)
    app.extensions[EXTENSION].page_limits.admit(counted)
    statuses = [
        app.test_client().get("/readyz", environ_base={"REMOTE_ADDR": address}).status_code
        for _ in range(2)
    ]
    assert [200, 429] == statuses
