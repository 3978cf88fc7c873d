"""The limits of self-checks: per network, over all, and on the names tried for a document.

Used by the form and the API alike, on the hot path; nothing else guards these two routes.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from limits.storage import RedisStorage
from redis import Redis, RedisError

from app.limits.check_counters import CheckCounters, CheckRates, EarnedChecks
from app.limits.client_networks import wider_networks
from app.limits.distinct_names import NameAttempt, NamesInMemory, NamesInRedis
from app.limits.leases import LeasedWindows
from app.limits.local_first_names import LocalFirstNames
from app.limits.outcomes import NO_PROOF, AdmissionProof, ProofNeeded
from app.limits.pseudonyms import DOCUMENT, NAME, NETWORK, NETWORK_AND_DOCUMENT, DailyPseudonyms
from app.limits.redis_fallback import STRICTER_WITHOUT_REDIS, RedisFallback
from app.limits.windows import WindowMemory, WindowsInMemory
from app.settings import Settings
from exposure_index.identity.canonical import EncodedIdentity


class CheckLimits(Protocol):
    """Admits self-checks, or refuses them."""

    @property
    def fault(self) -> str:
        """Why Redis, which is configured, cannot count now, as `/readyz` says it; "" if it can."""

    def admit_network(
        self, network: bytes, proof: AdmissionProof = NO_PROOF, names: int = 1
    ) -> None:
        """Count one free check of a network, or so many names that a proof pays for.

        Raises ProofNeeded, or LimitReached at a ceiling.
        """

    def admit_names(
        self,
        network: bytes,
        identities: Sequence[EncodedIdentity],
        proof: AdmissionProof = NO_PROOF,
    ) -> None:
        """Count each name tried for its document; raises ProofNeeded, or LimitReached."""


class CheckLimiter:
    """Counts in Redis where there is one; in this process while it is gone (redis_fallback)."""

    def __init__(
        self,
        pseudonyms: DailyPseudonyms,
        local: CheckCounters,
        shared: CheckCounters | None = None,
        redis: Redis | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """shared: the counters in ``redis``."""
        self._pseudonyms = pseudonyms
        self._local = local
        self._shared = shared or local
        self._fallback = RedisFallback(redis)
        self._clock = clock

    @property
    def fault(self) -> str:
        """Why Redis, which is configured, cannot count now, as `/readyz` says it; "" if it can."""
        return self._fallback.fault()

    def admit_network(
        self, network: bytes, proof: AdmissionProof = NO_PROOF, names: int = 1
    ) -> None:
        """Count one free check of a network, or so many names that a proof pays for.

        Raises ProofNeeded, or LimitReached at a ceiling.
        """
        now = self._clock()
        pseudonym = self._pseudonyms.of_message
        networks = [pseudonym(NETWORK + of).hex() for of in (network, *wider_networks(network))]
        if self._fallback.asks_redis():
            try:
                return self._shared.count_network(networks, now, proof, names)
            except RedisError as error:
                self._fallback.note_failure(error)
        return self._local.count_network(networks, now, proof, names)

    def admit_names(
        self,
        network: bytes,
        identities: Sequence[EncodedIdentity],
        proof: AdmissionProof = NO_PROOF,
    ) -> None:
        """Count each name tried for its document; a repeat from the same network is free.

        A name past the free ones takes one of those that the proof pays for. Raises LimitReached
        at the ceiling; ProofNeeded for all names of the first document that lack a proof, and for
        those that the network's limit asked for besides.
        """
        now, left = self._clock(), proof.names
        needed: ProofNeeded | None = None
        lacking = 0
        for attempt in self._attempts(network, identities):
            if needed is not None and attempt.everywhere != needed.document:
                continue  # one proof is of one document; what was counted till then is free again
            earned = left > 0 and proof.covers_document(attempt.everywhere)
            try:
                left -= self._count_name(attempt, now, earned=earned)
            except ProofNeeded as demand:
                needed = demand
                lacking += 1
        if needed is not None:
            raise needed.of_names(max(lacking, proof.of_network))

    def _attempts(
        self, network: bytes, identities: Sequence[EncodedIdentity]
    ) -> Iterator[NameAttempt]:
        pseudonym, around_network = self._pseudonyms.of_message, wider_networks(network)
        for identity in identities:
            document = identity.encode_document()
            here = pseudonym(NETWORK_AND_DOCUMENT + document + network)
            everywhere = pseudonym(DOCUMENT + document)
            wider = tuple(
                [pseudonym(NETWORK_AND_DOCUMENT + document + around) for around in around_network]
            )
            for name in identity.encode_names():
                yield NameAttempt(here, everywhere, pseudonym(NAME + name), wider)

    def _count_name(self, attempt: NameAttempt, now: float, *, earned: bool) -> bool:
        if self._fallback.asks_redis():
            try:
                return self._shared.count_name(attempt, now, earned=earned)
            except RedisError as error:
                self._fallback.note_failure(error)
        return self._local.count_name(attempt, now, earned=earned)


class NoLimits:
    """GAUGE_LIMITS=off: everything is admitted."""

    fault = ""

    def admit_network(
        self, network: bytes, proof: AdmissionProof = NO_PROOF, names: int = 1
    ) -> None:
        """Admit."""

    def admit_names(
        self,
        network: bytes,
        identities: Sequence[EncodedIdentity],
        proof: AdmissionProof = NO_PROOF,
    ) -> None:
        """Admit."""


def check_limits(settings: Settings, key: bytes, redis: Redis | None) -> CheckLimits:
    """Return the limits that the settings ask for; key: the key ``limits``."""
    if settings.limits == "off":
        return NoLimits()
    divisor = 1 if redis is None else STRICTER_WITHOUT_REDIS * settings.processes
    memory = WindowMemory()
    local = CheckCounters(
        WindowsInMemory(memory),
        NamesInMemory(),
        CheckRates.of(settings, divisor),
        EarnedChecks(memory, settings, divisor),
    )
    shared = None
    if redis is not None and settings.redis_url is not None:
        storage = RedisStorage(
            settings.redis_url.get_secret_value(),
            connection_pool=redis.connection_pool,
            key_prefix="gauge:limits",
        )
        earned = EarnedChecks(storage, settings)
        names = LocalFirstNames(NamesInRedis(redis))
        shared = CheckCounters(LeasedWindows(redis), names, CheckRates.of(settings), earned)
    return CheckLimiter(DailyPseudonyms(key), local, shared, redis)
