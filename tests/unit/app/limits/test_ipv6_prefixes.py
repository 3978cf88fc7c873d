"""IPv6 is counted by /64, /56 and /48: whoever has a prefix has no new network at every turn."""

import ipaddress

import pytest

from app.limits.check_limiter import check_limits
from app.limits.outcomes import AdmissionProof, LimitReached, ProofKind, ProofNeeded
from app.limits.shared_memory import shared_limits
from app.settings import read_settings
from exposure_index.identity.canonical import Identity
from tests.fixtures.small_limits import KEY, SMALL, admitted, redis_of

V6 = ipaddress.ip_address("2001:db8:1:2::").packed[:8]


def within_48(number: int) -> bytes:
    """A /64 of one /48, each in a /56 of its own."""
    return V6[:6] + bytes([number, 0])


def within_56(number: int) -> bytes:
    return V6[:7] + bytes([number])


@pytest.fixture(params=["memory", "redis"])
def limits_of(request):
    def make(**settings):
        chosen = {**SMALL, "ipv6_56_times": 2, "ipv6_48_times": 3, **settings}
        if request.param == "memory":
            return check_limits(read_settings(**chosen), KEY, None)
        url = request.getfixturevalue("start_redis")().url
        return check_limits(read_settings(redis_url=url, **chosen), KEY, redis_of(url))

    return make


@pytest.mark.parametrize(("within", "times"), [(within_56, 2), (within_48, 3)])
def test_the_networks_of_an_ipv6_prefix_have_so_many_times_one_networks_checks(
    limits_of, within, times
):
    limits = limits_of()
    assert (
        6 * times <= admitted(lambda turn: limits.admit_network(within(turn)), 60) <= 6 * times + 1
    )
    with pytest.raises(ProofNeeded):
        limits.admit_network(within(200))
    limits.admit_network(ipaddress.ip_address("2001:db8:2::").packed[:8])


def test_one_ipv6_network_alone_has_as_many_checks_as_an_ipv4_address(limits_of):
    limits = limits_of()
    assert 6 == admitted(lambda _: limits.admit_network(V6), 20)


def test_what_a_network_asks_in_vain_takes_nothing_of_its_neighbours(limits_of):
    limits = limits_of()
    admitted(lambda _: limits.admit_network(V6), 100)
    assert admitted(lambda _: limits.admit_network(within_56(9)), 20) in (6, 7)


def test_a_prefix_that_is_used_up_takes_no_memory_for_its_other_networks():
    memory = shared_limits()
    settings = read_settings(**SMALL, ipv6_56_times=1, ipv6_48_times=1)
    limits = check_limits(settings, KEY, None, memory)
    admitted(lambda turn: limits.admit_network(within_48(turn)), 6)
    before = memory.checks.places_in_use()
    admitted(lambda turn: limits.admit_network(within_48(turn)), 200)
    assert before == memory.checks.places_in_use()


def test_earned_checks_of_a_prefix_end_at_a_ceiling(limits_of):
    limits = limits_of()
    work = AdmissionProof(ProofKind.WORK)
    assert 3 * 3 == admitted(lambda turn: limits.admit_network(within_48(turn), work), 40)
    with pytest.raises(LimitReached) as raised:
        limits.admit_network(within_48(201), work)
    assert not isinstance(raised.value, ProofNeeded)


def test_names_tried_from_the_networks_of_a_prefix_are_counted_together(limits_of):
    limits = limits_of(names_per_document=2, names_per_document_everywhere=100)
    number = admitted(
        lambda turn: limits.admit_names(within_56(turn), [Identity("X1", f"N{turn}")]), 30
    )
    assert 2 * 2 <= number <= 2 * 2 + 1
