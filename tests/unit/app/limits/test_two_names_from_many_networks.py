"""Repeats of one person under two names stay free, from however many networks they come."""

import hashlib
from dataclasses import replace

import pytest

from app.limits.distinct_names import ADMITTED, NameAttempt, NamesLimit
from app.limits.names_in_memory import NamesInMemory

LIMIT = NamesLimit(here=24, everywhere=1_000, seconds=86_400, ceiling=100, wider_times=(4, 16))
NONE_FREE = replace(LIMIT, here=0, everywhere=1)
ROUNDS = 4


def pseudonym(*parts):
    return hashlib.sha256(repr(parts).encode()).digest()[:16]


def attempt(network, name):
    wider = tuple(pseudonym("wider", network, times) for times in LIMIT.wider_times)
    return NameAttempt(pseudonym("here", network), pseudonym("all"), pseudonym(name), wider)


@pytest.mark.parametrize("networks", [5, 40])
def test_a_repeat_is_known_from_every_network(networks):
    names = NamesInMemory(lambda: 1_600_000_000.0)
    tried = [attempt(network, name) for network in range(networks) for name in ("han", "latin")]
    for each in tried:
        assert ADMITTED == names.admits(each, LIMIT)
    for _ in range(ROUNDS):
        assert {ADMITTED} == {names.admits(each, NONE_FREE) for each in tried}
