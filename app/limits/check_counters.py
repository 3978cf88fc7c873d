"""Count self-checks in one place, this process or Redis: free, earned or refused."""

from dataclasses import dataclass

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from app.limits.distinct_names import ADMITTED, FULL, DistinctNames, NameAttempt, NamesLimit
from app.limits.outcomes import (
    AdmissionProof,
    LimitKind,
    LimitReached,
    ProofKind,
    ProofNeeded,
    Purpose,
)
from app.limits.windows import Window, Windows
from app.settings import Settings

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class CheckRates:
    """How many checks are free, of a network and of all together, and how many names."""

    network: Window
    everywhere: Window
    names: NamesLimit

    @classmethod
    def of(cls, settings: Settings, divisor: int = 1) -> "CheckRates":
        """Return the rates of the settings, each divided and never below 1."""

        def part(number: int) -> int:
            return max(1, number // divisor)

        return cls(
            network=Window(
                "network", part(settings.network_checks), settings.network_checks_seconds
            ),
            everywhere=Window("checks", part(settings.checks_per_second), 1),
            names=NamesLimit(
                part(settings.names_per_document),
                part(settings.names_per_document_everywhere),
                settings.names_seconds,
                part(settings.names_per_document_proven),
            ),
        )


class EarnedChecks:
    """Counts the earned checks of a network, in one store; far from the hot path.

    Threat: whoever solves or waits without end tries every number. Limit: a hard ceiling for each
    kind of proof, network and window; it lies far above what thousands of phones behind one address
    need.
    """

    def __init__(self, storage: Storage, settings: Settings, divisor: int = 1) -> None:
        seconds = settings.network_checks_seconds
        self._storage = storage
        self._windows = FixedWindowRateLimiter(storage)
        self._ceilings = {
            kind: RateLimitItemPerSecond(
                max(1, number // divisor), seconds, f"network-{kind.value}"
            )
            for kind, number in (
                (ProofKind.WORK, settings.network_checks_proven),
                (ProofKind.WAIT, settings.network_checks_waited),
            )
        }

    def count(self, proof: AdmissionProof, network: str, now: float, names: int) -> None:
        """Count so many earned names of a network; raises LimitReached at the ceiling."""
        ceiling = self._ceilings[proof.kind]
        if not self._windows.hit(ceiling, network, cost=names):
            left = self._storage.get_expiry(ceiling.key_for(network)) - now
            raise LimitReached(left, LimitKind.NETWORK)

    def demand(self, network: str, retry_after: float) -> ProofNeeded:
        """Return the demand to earn a check, by how much of the ceiling is used."""
        ceiling = self._ceilings[ProofKind.WORK]
        left = self._windows.get_window_stats(ceiling, network).remaining
        pressure = 1 - left / ceiling.amount
        return ProofNeeded(retry_after, Purpose.NETWORK, pressure)


class CheckCounters:
    """Counts checks in one place: this process, or Redis."""

    def __init__(
        self, windows: Windows, names: DistinctNames, rates: CheckRates, earned: EarnedChecks
    ) -> None:
        self._windows = windows
        self._names = names
        self._rates = rates
        self._earned = earned

    def count_network(self, pseudonym: str, now: float, proof: AdmissionProof, names: int) -> None:
        """Count one free check, or so many names against a proof that pays for them.

        Raises ProofNeeded past the free checks, LimitReached at a ceiling.
        """
        rates = self._rates
        if proof.kind is not ProofKind.NONE:
            self._earned.count(proof, pseudonym, now, names)
        elif not self._windows.hit(rates.network, pseudonym):
            raise self._earned.demand(pseudonym, self._windows.ends_in(rates.network, pseudonym))
        if not self._windows.hit(rates.everywhere, EVERYWHERE):
            raise LimitReached(
                self._windows.ends_in(rates.everywhere, EVERYWHERE), LimitKind.EVERYWHERE
            )

    def count_name(self, attempt: NameAttempt, now: float, *, earned: bool) -> bool:
        """Count one name of one document and return whether it had to be earned.

        earned: whether a proof pays for it, if need be. Raises ProofNeeded, or LimitReached at the
        ceiling.
        """
        limit = self._rates.names
        verdict = self._names.admits(attempt, limit)
        if verdict == ADMITTED:
            return False
        if verdict != FULL and earned:
            verdict = self._names.admits(attempt, limit, earned=True)
            if verdict == ADMITTED:
                return True
        window_ends = limit.seconds - now % limit.seconds
        if verdict == FULL:
            raise LimitReached(window_ends, LimitKind.DOCUMENT)
        pressure = limit.pressure(verdict)
        raise ProofNeeded(window_ends, Purpose.DOCUMENT, pressure, attempt.everywhere)
