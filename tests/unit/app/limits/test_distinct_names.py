import hashlib

import pytest
from redis import Redis

from app.limits.distinct_names import (
    ADMITTED,
    FULL,
    NameAttempt,
    NamesInRedis,
    NamesLimit,
)
from app.limits.name_table import NameTable
from app.limits.names_in_memory import NamesInMemory

LIMIT = NamesLimit(here=2, everywhere=3, seconds=86_400, ceiling=4)
FIRST = b"\x00document".ljust(16)  # by its first byte as many names are free as the limit says


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


def code(text: bytes) -> bytes:
    """A pseudonym: 16 bytes as good as random."""
    return hashlib.sha256(text).digest()[:16]


def tries(names, here: bytes, *attempts: bytes, earned: bool = False):
    return [
        names.admits(NameAttempt(code(here), FIRST, code(name)), LIMIT, earned=earned) == ADMITTED
        for name in attempts
    ]


def test_only_different_names_count(names):
    assert [True] * 4 == tries(names, b"here", b"one", b"one", b"two", b"one")


def test_too_many_different_names_must_be_earned_and_repeats_stay_free(names):
    assert [True, True, False, True] == tries(names, b"here", b"one", b"two", b"six", b"one")


def test_a_name_that_was_not_earned_is_asked_for_again(names):
    tries(names, b"here", b"one", b"two")
    assert [False, False] == tries(names, b"here", b"six", b"six")


def test_an_earned_name_is_admitted_and_its_repeats_are_free(names):
    tries(names, b"here", b"one", b"two")
    assert [True] == tries(names, b"here", b"six", earned=True)
    assert [True] == tries(names, b"here", b"six")


def test_at_the_ceiling_here_nothing_helps_but_repeats(names):
    verdicts = tries(names, b"here", b"1", b"2", b"3", b"4", b"5", b"1", earned=True)
    assert [True, True, True, True, False, True] == verdicts
    assert FULL == names.admits(NameAttempt(code(b"here"), FIRST, code(b"5")), LIMIT, earned=True)


def test_networks_together_meet_the_higher_limit(names):
    assert [True, True] == tries(names, b"here", b"one", b"two")
    assert [True, False] == tries(names, b"there", b"ten", b"six")


def test_no_number_of_names_keeps_an_earned_one_out(names):
    for number in range(80):
        assert [True] == tries(names, b"%d" % number, b"n%d" % number, earned=True)
    assert [False] == tries(names, b"owner", b"own")
    assert [True] == tries(names, b"owner", b"own", earned=True)


def test_past_what_is_free_a_name_tried_elsewhere_is_met_like_any_other(names):
    tries(names, b"here", b"one", b"two")
    tries(names, b"there", b"ten")
    verdicts = [
        names.admits(NameAttempt(code(b"third"), FIRST, code(name)), LIMIT)
        for name in (b"one", b"new")
    ]
    assert [3, 3] == verdicts


def test_how_many_names_are_free_differs_between_documents_and_is_never_below_half():
    limit = NamesLimit(here=6, everywhere=60, seconds=86_400, ceiling=24)
    free = {limit.free_everywhere(bytes([byte]) + b"rest") for byte in range(256)}
    assert set(range(31, 61)) == free


def test_pressure_grows_with_the_names_tried_and_ends_at_one():
    limit = NamesLimit(here=6, everywhere=60, seconds=86_400, ceiling=24)
    assert 0 == limit.pressure(30)
    assert 0 < limit.pressure(60) < limit.pressure(120) < 1
    assert limit.pressure(270) == 1


def test_another_document_has_a_count_of_its_own(names):
    tries(names, b"here", b"one", b"two")
    assert ADMITTED == names.admits(
        NameAttempt(code(b"here-2"), b"\x00document-2".ljust(16), code(b"six")), LIMIT
    )


def test_the_next_window_begins_anew(names_and_clock):
    names, clock = names_and_clock
    assert [True, True, False] == tries(names, b"here", b"one", b"two", b"six")
    clock.now += LIMIT.seconds
    assert [True] == tries(names, b"here", b"six")


SIX = NamesLimit(here=6, everywhere=60, seconds=86_400, ceiling=24)


def documents(number: int):
    """Pseudonyms of so many other documents, as a flood of checks makes them."""
    for place in range(number):
        yield NameAttempt(code(b"h%d" % place), code(b"d%d" % place), code(b"n%d" % place))


def small_names() -> NamesInMemory:
    """Names of which some sixty documents are remembered exactly."""
    return NamesInMemory(table=NameTable(partitions=4, buckets=4))


def test_a_flood_of_other_documents_makes_no_name_free_again():
    names = small_names()
    own = [NameAttempt(code(b"here"), FIRST, code(b"name-%02d" % n)) for n in range(8)]
    assert [ADMITTED] * 6 == [names.admits(attempt, SIX) for attempt in own[:6]]
    assert all(names.admits(other, SIX) == ADMITTED for other in documents(5_000))
    assert [6, 6] == [names.admits(attempt, SIX) for attempt in own[6:]]
    assert ADMITTED == names.admits(own[6], SIX, earned=True)
    assert 7 == names.admits(own[7], SIX)


def test_a_flood_makes_no_network_free_to_others_names_either():
    names = small_names()
    own = [NameAttempt(code(b"%d" % n), FIRST, code(b"name-%03d" % n)) for n in range(61)]
    assert [ADMITTED] * 60 == [names.admits(attempt, SIX) for attempt in own[:60]]
    for other in documents(2_000):
        names.admits(other, SIX)
    assert 60 == names.admits(own[60], SIX)


def test_a_flood_of_documents_refuses_nobody_their_first_names():
    names = small_names()
    for other in documents(20_000):
        names.admits(other, SIX)
    own = [NameAttempt(code(b"here"), FIRST, code(b"name-%02d" % n)) for n in range(3)]
    assert [ADMITTED] * 3 == [names.admits(attempt, SIX) for attempt in own]


def test_whoever_was_forgotten_is_never_at_a_ceiling_by_that_alone():
    names = small_names()
    own = [NameAttempt(code(b"here"), FIRST, code(b"name-%02d" % n)) for n in range(26)]
    for attempt in own[:24]:
        names.admits(attempt, SIX, earned=True)
    assert FULL == names.admits(own[24], SIX, earned=True)
    for other in documents(1_000):
        names.admits(other, SIX)
    assert names.admits(own[24], SIX) > 0
    assert ADMITTED == names.admits(own[24], SIX, earned=True)


WIDER = NamesLimit(here=2, everywhere=60, seconds=86_400, ceiling=3, wider_times=(2, 3))


AROUND = (code(b"57"), code(b"48"))


def from_64(number: int, name: bytes) -> NameAttempt:
    """A name tried from one of many /64 of a /56 and a /48."""
    return NameAttempt(code(b"64-%d" % number), FIRST, code(name), (code(b"56"), code(b"48")))


def test_the_networks_around_meet_limits_of_their_own(names):
    free = [names.admits(from_64(n, b"name-%d" % n), WIDER) == ADMITTED for n in range(8)]
    assert [True] * 4 + [False] * 4 == free


def test_another_56_of_the_48_has_names_left(names):
    for n in range(4):
        names.admits(from_64(n, b"name-%d" % n), WIDER)
    beside = [
        names.admits(NameAttempt(code(b"65-%d" % n), FIRST, code(b"other-%d" % n), AROUND), WIDER)
        for n in range(3)
    ]
    assert [True, True, False] == [verdict == ADMITTED for verdict in beside]


def test_the_ceiling_of_the_networks_around_ends_what_is_earned(names):
    verdicts = [names.admits(from_64(n, b"name-%d" % n), WIDER, earned=True) for n in range(8)]
    assert [ADMITTED] * 6 + [FULL] * 2 == verdicts


def test_a_repeat_is_free_in_its_own_network_and_counts_once_around(names):
    for n in range(4):
        assert ADMITTED == names.admits(from_64(n % 2, b"name-%d" % (n // 2)), WIDER)
    assert [ADMITTED] * 2 == [names.admits(from_64(0, b"name-%d" % n), WIDER) for n in range(2)]
    assert [ADMITTED] * 2 == [names.admits(from_64(9, b"new-%d" % n), WIDER) for n in range(2)]
