import pytest
from redis import Redis

from app.limits.distinct import NamesInMemory, NamesInRedis, NamesLimit

LIMIT = NamesLimit(here=2, everywhere=3, seconds=86_400)


class Clock:
    now = 1_600_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture(params=["memory", "redis"])
def names_and_clock(request):
    clock = Clock()
    if request.param == "memory":
        return NamesInMemory(clock), clock
    redis = Redis.from_url(request.getfixturevalue("start_redis")().url)
    return NamesInRedis(redis, clock), clock


@pytest.fixture
def names(names_and_clock):
    return names_and_clock[0]


def tries(names, here: bytes, *tried: bytes):
    return [names.admits(here, b"document", name, LIMIT) for name in tried]


def test_only_different_names_count(names):
    assert [True] * 4 == tries(names, b"here", b"one", b"one", b"two", b"one")


def test_too_many_different_names_are_refused_and_repeats_stay_free(names):
    assert [True, True, False, True] == tries(names, b"here", b"one", b"two", b"six", b"one")


def test_a_refused_name_stays_refused_when_it_is_tried_again(names):
    tries(names, b"here", b"one", b"two")
    assert [False, False] == tries(names, b"here", b"six", b"six")


def test_networks_together_meet_the_higher_limit(names):
    assert [True, True] == tries(names, b"here", b"one", b"two")
    assert [True, False] == tries(names, b"there", b"ten", b"six")


def test_a_name_known_elsewhere_costs_nothing_there(names):
    tries(names, b"here", b"one", b"two")
    tries(names, b"there", b"ten")
    assert [True] == tries(names, b"third", b"one")


def test_another_document_has_a_count_of_its_own(names):
    tries(names, b"here", b"one", b"two")
    assert names.admits(b"here-2", b"document-2", b"six", LIMIT)


def test_the_next_window_begins_anew(names_and_clock):
    names, clock = names_and_clock
    assert [True, True, False] == tries(names, b"here", b"one", b"two", b"six")
    clock.now += LIMIT.seconds
    assert [True] == tries(names, b"here", b"six")
