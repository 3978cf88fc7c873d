"""The limits of self-checks: per network, over all, and on the names tried for a document.

Used by the form and the API alike, on the hot path; nothing else guards these two routes.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from operator import itemgetter
from typing import Protocol

from limits.storage import RedisStorage
from redis import Redis, RedisError

from app.limits.check_counters import CheckCounters, CheckRates, EarnedChecks, NothingEarned
from app.limits.client_networks import IPV6_NETWORK_BYTES, wider_networks
from app.limits.distinct_names import NameAttempt, NamesInRedis
from app.limits.leases import LeasedWindows, LeasesAtHand
from app.limits.local_first_names import LocalFirstNames, NamesAtHand
from app.limits.names_in_memory import NamesInMemory
from app.limits.outcomes import NO_PROOF, AdmissionProof, WouldWait
from app.limits.pseudonyms import (
    DOCUMENT,
    NAME,
    NETWORK,
    NETWORK_AND_DOCUMENT,
    PSEUDONYM_BYTES,
    DailyPseudonyms,
)
from app.limits.redis_fallback import STRICTER_WITHOUT_REDIS, RedisFallback
from app.limits.shared_memory import SharedLimits, shared_limits
from app.limits.windows import WindowsInMemory, WindowStorage
from app.settings import Settings
from exposure_index.crypto.primed_hmac import PrimedHmac
from exposure_index.identity.canonical import EncodedIdentity


class CheckLimits(Protocol):
    """Admits self-checks, or refuses them."""

    @property
    def fault(self) -> str:
        """Why Redis, which is configured, cannot count now, as `/readyz` says it; "" if it can."""

    def admit_check(
        self, network: bytes, identity: EncodedIdentity, *, may_wait: bool = True
    ) -> None:
        """Count one free check of a network and the names that it asks about, in one pass.

        It counts as ``admit_network`` and then ``admit_names`` do, where there is no proof. Raises
        ProofNeeded for as many names as a proof must pay for; LimitReached at a ceiling; WouldWait,
        with nothing counted, where Redis must be asked and one may not wait.
        """

    def admit_network(
        self,
        network: bytes,
        proof: AdmissionProof = NO_PROOF,
        names: int = 1,
        *,
        may_wait: bool = True,
    ) -> None:
        """Count one free check of a network, or so many names that a proof pays for.

        Raises ProofNeeded, or LimitReached at a ceiling; WouldWait as ``admit_check`` does.
        """

    def admit_names(
        self,
        network: bytes,
        identities: Sequence[EncodedIdentity],
        proof: AdmissionProof = NO_PROOF,
    ) -> None:
        """Count each name tried for its document; raises ProofNeeded, or LimitReached."""


_pseudonym = itemgetter(slice(PSEUDONYM_BYTES))
_new = tuple.__new__  # half the time of a named tuple's own


@dataclass(frozen=True, slots=True)
class RedisCounters:
    """Counters that ask Redis, and the worker's own memory before them."""

    leases: LeasedWindows
    names: LocalFirstNames
    rates: CheckRates
    earned: EarnedChecks

    def counters(self) -> CheckCounters:
        """Return counters that wait for Redis where they must."""
        return CheckCounters(self.leases, self.names, self.rates, self.earned)

    def count_at_hand(self, count: Callable[[CheckCounters], None]) -> None:
        """Count without Redis. Raises WouldWait, with nothing counted, where it must be asked."""
        leases = LeasesAtHand(self.leases)
        try:
            count(CheckCounters(leases, NamesAtHand(self.names), self.rates, NothingEarned()))
        except WouldWait:
            leases.give_back()
            raise


class CheckLimiter:
    """Counts in Redis where there is one; in this machine while it is gone (redis_fallback)."""

    def __init__(
        self,
        pseudonyms: DailyPseudonyms,
        local: CheckCounters,
        in_redis: RedisCounters | None = None,
        redis: Redis | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """in_redis: the counters in ``redis``."""
        self._pseudonyms = pseudonyms
        self._local = local
        self._in_redis = in_redis
        self._waiting = None if in_redis is None else in_redis.counters()
        self._fallback = RedisFallback(redis)
        self._clock = clock

    @property
    def fault(self) -> str:
        """Why Redis, which is configured, cannot count now, as `/readyz` says it; "" if it can."""
        return self._fallback.fault()

    def admit_check(
        self, network: bytes, identity: EncodedIdentity, *, may_wait: bool = True
    ) -> None:
        """Count one free check of a network and the names that it asks about, in one pass."""
        now = self._clock()
        networks, attempts = _pseudonyms_of(self._pseudonyms.at(now), network, identity)
        if self._in_redis is None:
            return self._local.count_check(networks, attempts, now)
        # no lambda: it would share the variables, which are slower to ask for then
        count = partial(CheckCounters.count_check, networks=networks, attempts=attempts, now=now)
        return self._count(count, may_wait)

    def admit_network(
        self,
        network: bytes,
        proof: AdmissionProof = NO_PROOF,
        names: int = 1,
        *,
        may_wait: bool = True,
    ) -> None:
        """Count one free check of a network, or so many names that a proof pays for.

        Raises ProofNeeded, or LimitReached at a ceiling; WouldWait as ``admit_check`` does.
        """
        now = self._clock()
        messages = [NETWORK + of for of in (network, *wider_networks(network))]
        networks = list(map(_pseudonym, self._pseudonyms.at(now).macs(messages)))
        self._count(lambda counters: counters.count_network(networks, now, proof, names), may_wait)

    def admit_names(
        self,
        network: bytes,
        identities: Sequence[EncodedIdentity],
        proof: AdmissionProof = NO_PROOF,
    ) -> None:
        """Count each name tried for its document, as CheckCounters.count_names does."""
        now = self._clock()
        keyed = self._pseudonyms.at(now)
        attempts = [
            attempt
            for identity in identities
            for attempt in _pseudonyms_of(keyed, network, identity)[1]
        ]
        self._count(lambda counters: counters.count_names(attempts, now, proof))

    def _count(self, count: Callable[[CheckCounters], None], may_wait: bool = True) -> None:
        if self._in_redis is None or self._waiting is None or not self._fallback.asks_redis():
            return count(self._local)
        if not may_wait:
            return self._in_redis.count_at_hand(count)
        try:
            return count(self._waiting)
        except RedisError as error:
            self._fallback.note_failure(error)
            return count(self._local)


def _pseudonyms_of(
    keyed: PrimedHmac, network: bytes, identity: EncodedIdentity
) -> tuple[list[bytes], list[NameAttempt]]:
    """Return those of a network and of the networks around it, and of each name that is tried.

    keyed: the HMAC of today. Of what is known together with a document a plain hash, in a third of
    the time of an HMAC: half of the document's stands nowhere and is its key.
    """
    document, of_network = keyed.macs((DOCUMENT + identity.encode_document(), NETWORK + network))
    networks = [of_network[:PSEUDONYM_BYTES]]
    wider: tuple[bytes, ...] = ()
    begin = NETWORK_AND_DOCUMENT + document
    here = sha256(begin + of_network).digest()[:PSEUDONYM_BYTES]
    if len(network) == IPV6_NETWORK_BYTES:  # else none is around it
        around = keyed.macs(map(NETWORK.__add__, wider_networks(network)))
        networks += map(_pseudonym, around)
        wider = tuple(
            _pseudonym(sha256(message).digest()) for message in map(begin.__add__, around)
        )
    everywhere, begin, attempts = document[:PSEUDONYM_BYTES], NAME + document, []
    for encoded in identity.encode_names():
        name = sha256(begin + encoded).digest()[:PSEUDONYM_BYTES]
        attempts.append(_new(NameAttempt, (here, everywhere, name, wider)))
    return networks, attempts


class NoLimits:
    """GAUGE_LIMITS=off: everything is admitted."""

    fault = ""

    def admit_check(
        self, network: bytes, identity: EncodedIdentity, *, may_wait: bool = True
    ) -> None:
        """Admit."""

    def admit_network(
        self,
        network: bytes,
        proof: AdmissionProof = NO_PROOF,
        names: int = 1,
        *,
        may_wait: bool = True,
    ) -> None:
        """Admit."""

    def admit_names(
        self,
        network: bytes,
        identities: Sequence[EncodedIdentity],
        proof: AdmissionProof = NO_PROOF,
    ) -> None:
        """Admit."""


def check_limits(
    settings: Settings,
    key: bytes,
    redis: Redis | None,
    shared: SharedLimits | None = None,
    clock: Callable[[], float] = time.time,
) -> CheckLimits:
    """Return the limits that the settings ask for.

    key: the key ``limits``; shared: memory of all workers of this machine; None: of this one alone.
    """
    if settings.limits == "off":
        return NoLimits()
    memory = shared or shared_limits()
    divisor = (
        1
        if redis is None
        else STRICTER_WITHOUT_REDIS * (settings.processes if shared is None else 1)
    )
    local = CheckCounters(
        WindowsInMemory(memory.checks, clock),
        NamesInMemory(clock, memory.names),
        CheckRates.of(settings, divisor),
        EarnedChecks(WindowStorage(table=memory.checks, clock=clock), settings, divisor),
    )
    in_redis = None
    if redis is not None and settings.redis_url is not None:
        storage = RedisStorage(
            settings.redis_url.get_secret_value(),
            connection_pool=redis.connection_pool,
            key_prefix="gauge:limits",
        )
        in_redis = RedisCounters(
            LeasedWindows(redis),
            LocalFirstNames(NamesInRedis(redis)),
            CheckRates.of(settings),
            EarnedChecks(storage, settings),
        )
    return CheckLimiter(DailyPseudonyms(key, clock), local, in_redis, redis, clock)
