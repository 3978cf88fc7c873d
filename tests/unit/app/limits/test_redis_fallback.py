"""Redis that answers and cannot count: full, a replica, or with a password that is not ours."""

import pytest
from redis.exceptions import BusyLoadingError, OutOfMemoryError, ReadOnlyError, ResponseError
from redis.exceptions import ConnectionError as RedisUnreachable

from app.limits.actions import Allowance, action_limits
from app.limits.check_limiter import check_limits
from app.limits.outcomes import AdmissionProof, ProofKind
from app.limits.redis_fallback import RedisFallback, fault_of
from app.proofs.replay_guard import ReplayGuard
from app.settings import read_settings
from exposure_index.identity.canonical import Identity
from tests.fixtures.redis_states import FAULTS, make_well
from tests.fixtures.small_limits import HERE, KEY, admitted, redis_of


@pytest.fixture
def redis(start_redis):
    running = start_redis()
    return redis_of(running.url)


def settings_of(redis, **more):
    place = redis.connection_pool.connection_kwargs
    url = f"redis://{place['host']}:{place['port']}/0"
    return read_settings(redis_url=url, workers=1, **more)


@pytest.mark.parametrize(("reason", "make_ill"), FAULTS.items())
def test_redis_that_only_answers_is_told_with_the_reason_and_so_is_its_return(
    redis, reason, make_ill
):
    fallback = RedisFallback(redis)
    assert ("", True) == (fallback.fault(), fallback.asks_redis())
    make_ill(redis)
    assert redis.ping()
    assert (reason, False) == (fallback.fault(), fallback.asks_redis())
    make_well(redis)
    assert ("", True) == (fallback.fault(), fallback.asks_redis())


@pytest.mark.parametrize("make_ill", FAULTS.values(), ids=FAULTS)
def test_checks_are_counted_here_and_stricter(redis, make_ill):
    limits = check_limits(settings_of(redis, network_checks=8, names_per_document=4), KEY, redis)
    make_ill(redis)
    # the first is admitted by the worker, without asking; a name too, unless Redis just failed
    assert 1 + 4 == admitted(lambda _: limits.admit_network(HERE), 20)
    names = [Identity("X1", f"N{turn}") for turn in range(9)]
    assert admitted(lambda turn: limits.admit_names(HERE, [names[turn]]), 9) in (2, 1 + 2)


@pytest.mark.parametrize("make_ill", FAULTS.values(), ids=FAULTS)
def test_earned_checks_actions_and_proofs_are_counted_here_too(redis, make_ill):
    settings = settings_of(redis, network_checks_proven=4)
    limits, actions = check_limits(settings, KEY, redis), action_limits(settings, KEY, redis)
    make_ill(redis)
    work = AdmissionProof(ProofKind.WORK)
    assert 2 == admitted(lambda _: limits.admit_network(HERE, work), 9)
    allowance = Allowance("sign-in", 3, 60)
    assert 3 == admitted(lambda _: actions.admit(allowance, HERE), 9)
    guard = ReplayGuard(redis)
    assert [True, False] == [guard.claim(b"c" * 16, 2_000_000_000) for _ in range(2)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RedisUnreachable, "redis_unreachable"),
        (BusyLoadingError, "redis_unreachable"),
        (OutOfMemoryError, "redis_full"),
        (ReadOnlyError, "redis_read_only"),
        (ResponseError, "redis_refuses"),
    ],
)
def test_every_error_of_redis_has_a_reason(error, reason):
    assert reason == fault_of(error("told by Redis"))
