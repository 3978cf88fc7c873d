"""Count self-checks in one place, this process or Redis: free, earned or refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from app.limits.distinct_names import ADMITTED, FULL, DistinctNames, NameAttempt, NamesLimit
from app.limits.outcomes import (
    NO_PROOF,
    AdmissionProof,
    LimitKind,
    LimitReached,
    ProofKind,
    ProofNeeded,
    Purpose,
    WouldWait,
)
from app.limits.windows import KEY_BYTES, Window, Windows
from app.settings import Settings

EVERYWHERE = sha256(b"all").digest()[:KEY_BYTES]
NETWORK_NAMES = ("network", "network-56", "network-48")
Networks = Sequence[bytes]  # pseudonyms of a network, and of those around it


@dataclass(frozen=True, slots=True)
class CheckRates:
    """How many checks are free, of a network and of all together, and how many names.

    network: of the network itself, then of those around it.
    """

    network: Sequence[Window]
    everywhere: Window
    names: NamesLimit

    @classmethod
    def of(cls, settings: Settings, divisor: int = 1) -> "CheckRates":
        """Return the rates of the settings, each divided and never below 1."""

        def part(number: int) -> int:
            return max(1, number // divisor)

        return cls(
            network=_windows(settings, part(settings.network_checks)),
            everywhere=Window("checks", part(settings.checks_per_second), 1),
            names=NamesLimit(
                part(settings.names_per_document),
                part(settings.names_per_document_everywhere),
                settings.names_seconds,
                part(settings.names_per_document_proven),
                settings.wider_times,
            ),
        )


def _windows(settings: Settings, number: int) -> tuple[Window, ...]:
    seconds = settings.network_checks_seconds
    return tuple(
        Window(name, number * times, seconds)
        for name, times in zip(NETWORK_NAMES, (1, *settings.wider_times), strict=True)
    )


class EarnedChecks:
    """Counts the earned checks of a network, in one store; far from the hot path.

    Threat: whoever solves or waits without end tries every number. Limit: a hard ceiling for each
    kind of proof, network and window; it lies far above what thousands of phones behind one address
    need.
    """

    def __init__(self, storage: Storage, settings: Settings, divisor: int = 1) -> None:
        self._storage = storage
        self._windows = FixedWindowRateLimiter(storage)
        self._ceilings = {
            kind: [
                RateLimitItemPerSecond(of.number, of.seconds, f"{of.name}-{kind.value}")
                for of in _windows(settings, max(1, number // divisor))
            ]
            for kind, number in (
                (ProofKind.WORK, settings.network_checks_proven),
                (ProofKind.WAIT, settings.network_checks_waited),
            )
        }

    def count(self, proof: AdmissionProof, networks: Networks, now: float, names: int) -> None:
        """Count so many earned names of a network; raises LimitReached at a ceiling."""
        places = list(zip(self._ceilings[proof.kind], networks, strict=False))
        for ceiling, network in places[:0:-1]:  # a wider one that is full takes nothing more
            if not self._windows.test(ceiling, network.hex(), cost=names):
                raise self._refusal(ceiling, network, now)
        for ceiling, network in places:
            if not self._windows.hit(ceiling, network.hex(), cost=names):
                raise self._refusal(ceiling, network, now)

    def _refusal(self, ceiling: RateLimitItemPerSecond, network: bytes, now: float) -> LimitReached:
        left = self._storage.get_expiry(ceiling.key_for(network.hex())) - now
        return LimitReached(left, LimitKind.NETWORK)

    def demand(self, networks: Networks, retry_after: float) -> ProofNeeded:
        """Return the demand to earn a check, by how much of the fullest ceiling is used."""
        pressure = 0.0
        for ceiling, network in zip(self._ceilings[ProofKind.WORK], networks, strict=False):
            left = self._windows.get_window_stats(ceiling, network.hex()).remaining
            pressure = max(pressure, 1 - left / ceiling.amount)
        return ProofNeeded(retry_after, Purpose.NETWORK, pressure)


class NothingEarned:
    """Stands where requests may not wait for what Redis knows of earned checks."""

    def count(self, proof: AdmissionProof, networks: Networks, now: float, names: int) -> None:
        """Raise WouldWait."""
        raise WouldWait

    def demand(self, networks: Networks, retry_after: float) -> ProofNeeded:
        """Raise WouldWait."""
        raise WouldWait


class CheckCounters:
    """Counts checks in one place: this process, or Redis."""

    def __init__(
        self,
        windows: Windows,
        names: DistinctNames,
        rates: CheckRates,
        earned: EarnedChecks | NothingEarned,
    ) -> None:
        self._windows = windows
        self._names = names
        self._rates = rates
        self._earned = earned

    def count_network(
        self, networks: Networks, now: float, proof: AdmissionProof, names: int
    ) -> None:
        """Count one free check, or so many names against a proof that pays for them.

        Raises ProofNeeded past the free checks, LimitReached at a ceiling.
        """
        rates = self._rates
        if proof.kind is not ProofKind.NONE:
            self._earned.count(proof, networks, now, names)
        elif len(networks) > 1:
            self._count_free(networks)
        elif not self._windows.hit(rates.network[0], networks[0]):
            raise self._demand(networks, 0)
        if not self._windows.hit(rates.everywhere, EVERYWHERE):
            raise LimitReached(
                self._windows.ends_in(rates.everywhere, EVERYWHERE), LimitKind.EVERYWHERE
            )

    def _count_free(self, networks: Networks) -> None:
        """Count one free check of a network and of those around it. Raises ProofNeeded.

        A wider one that is used up is asked first, so that its other networks take no memory; what
        a network asks past its own free checks takes nothing of its neighbours'.
        """
        windows = self._rates.network
        for place in range(len(networks) - 1, 0, -1):
            if self._windows.used_up(windows[place], networks[place]):
                raise self._demand(networks, place)
        for place, network in enumerate(networks):
            if not self._windows.hit(windows[place], network):
                raise self._demand(networks, place)

    def _demand(self, networks: Networks, place: int) -> ProofNeeded:
        ends_in = self._windows.ends_in(self._rates.network[place], networks[place])
        return self._earned.demand(networks, ends_in)

    def count_check(self, networks: Networks, attempts: Sequence[NameAttempt], now: float) -> None:
        """Count one free check of a network, and the names of one document that it is about.

        Raises ProofNeeded for as many names as a proof must pay for; LimitReached at a ceiling.
        """
        try:
            self.count_network(networks, now, NO_PROOF, 1)
        except ProofNeeded as demand:
            raise demand.of_names(len({attempt.name for attempt in attempts})) from None
        self.count_names(attempts, now, NO_PROOF)

    def count_names(
        self, attempts: Iterable[NameAttempt], now: float, proof: AdmissionProof
    ) -> None:
        """Count each name tried for its document; a repeat from the same network is free.

        A name past the free ones takes one of those that the proof pays for. Raises LimitReached
        at the ceiling; ProofNeeded for all names of the first document that lack a proof, and for
        those that the network's limit asked for besides.
        """
        left = proof.names
        needed: ProofNeeded | None = None
        lacking = 0
        for attempt in attempts:
            if needed is not None and attempt.everywhere != needed.document:
                continue  # one proof is of one document; what was counted till then is free again
            verdict = self._names.admits(attempt, self._rates.names)
            if verdict == ADMITTED:
                continue
            earned = left > 0 and proof.covers_document(attempt.everywhere)
            try:
                self._count_earned_name(attempt, verdict, now, earned=earned)
                left -= 1
            except ProofNeeded as demand:
                needed = demand
                lacking += 1
        if needed is not None:
            raise needed.of_names(max(lacking, proof.of_network))

    def _count_earned_name(
        self, attempt: NameAttempt, verdict: int, now: float, *, earned: bool
    ) -> None:
        """Count one name of one document that is not free, by the verdict of DistinctNames.

        earned: whether a proof pays for it. Raises ProofNeeded, or LimitReached at the ceiling.
        """
        limit = self._rates.names
        if verdict != FULL and earned:
            verdict = self._names.admits(attempt, limit, earned=True)
            if verdict == ADMITTED:
                return
        window_ends = limit.seconds - now % limit.seconds
        if verdict == FULL:
            raise LimitReached(window_ends, LimitKind.DOCUMENT)
        pressure = limit.pressure(verdict)
        raise ProofNeeded(window_ends, Purpose.DOCUMENT, pressure, attempt.everywhere)
