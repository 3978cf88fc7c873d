import hashlib

import pytest
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.limits.distinct_names import ADMITTED, FULL, NameAttempt, NamesInRedis, NamesLimit
from app.limits.local_first_names import LocalFirstNames

LIMIT = NamesLimit(here=4, everywhere=8, seconds=86_400, ceiling=6)
DOCUMENT = b"\x00document"  # by its first byte as many names are free as the limit says
WORKERS = 3


@pytest.fixture
def redis(start_redis):
    return Redis.from_url(start_redis().url, retry=Retry(NoBackoff(), 0))


def worker(redis):
    return LocalFirstNames(NamesInRedis(redis))


def admitted(names, name: bytes, here: bytes = b"here", earned: bool = False) -> bool:
    attempt = NameAttempt(here.ljust(16), DOCUMENT, name.ljust(8))
    return names.admits(attempt, LIMIT, earned=earned) == ADMITTED


def test_the_first_name_of_a_document_and_its_repeats_ask_nobody(redis):
    names = worker(redis)
    assert all(admitted(names, b"one") for _ in range(5))
    assert 0 == redis.dbsize()


def test_with_the_second_name_the_first_is_told_too(redis):
    names = worker(redis)
    assert 4 == sum(admitted(names, b"%d" % number) for number in range(9))
    assert [4, 4] == [redis.scard(key) for key in redis.scan_iter()]


def test_repeats_of_what_redis_admitted_ask_nobody(redis):
    names = worker(redis)
    for name in (b"one", b"two"):
        admitted(names, name)
    redis.flushdb()
    assert admitted(names, b"two")
    assert 0 == redis.dbsize()


def test_several_workers_admit_no_more_than_the_limit_and_one_each(redis):
    workers = [worker(redis) for _ in range(WORKERS)]
    number = sum(admitted(workers[turn % WORKERS], b"%d" % turn) for turn in range(40))
    assert LIMIT.here <= number <= LIMIT.here + WORKERS


def test_a_first_name_from_another_network_is_told_under_that_network(redis):
    names = worker(redis)
    admitted(names, b"one", b"there")
    admitted(names, b"two", b"here")
    assert [1, 1, 2] == sorted(redis.scard(key) for key in redis.scan_iter())


def test_networks_together_meet_the_higher_limit_through_any_worker(redis):
    workers = [worker(redis) for _ in range(WORKERS)]
    number = sum(
        admitted(workers[turn % WORKERS], b"n%d" % turn, b"net%d" % turn) for turn in range(40)
    )
    assert LIMIT.everywhere <= number <= LIMIT.everywhere + WORKERS


def test_an_earned_name_is_admitted_up_to_the_ceiling(redis):
    names = worker(redis)
    assert 6 == sum(admitted(names, b"%d" % number, earned=True) for number in range(9))
    attempt = NameAttempt(b"here".ljust(16), DOCUMENT, b"new".ljust(8))
    assert FULL == names.admits(attempt, LIMIT, earned=True)


def test_while_redis_is_gone_the_first_name_is_still_remembered_to_be_told(start_redis):
    running = start_redis()
    names = worker(Redis.from_url(running.url, retry=Retry(NoBackoff(), 0)))
    assert admitted(names, b"one")
    running.stop()
    for _ in range(2):
        with pytest.raises(RedisError):
            admitted(names, b"two")
    assert admitted(names, b"one")


def test_a_flood_of_other_documents_makes_no_first_name_of_a_second_one(redis):
    names = LocalFirstNames(NamesInRedis(redis), generation=100)
    for number in range(4):
        assert admitted(names, b"%d" % number)
    for number in range(1_000):
        pseudonym = hashlib.sha256(b"%d" % number).digest()
        names.admits(NameAttempt(pseudonym[:16], pseudonym[16:], pseudonym[:8]), LIMIT)
    assert not admitted(names, b"new")


def test_every_set_ends_with_its_window(redis):
    names = worker(redis)
    for name in (b"one", b"two"):
        admitted(names, name)
    assert all(0 < redis.ttl(key) <= LIMIT.seconds for key in redis.scan_iter())
