"""Checks of a network beyond the free ones: so many against a proof of work, so many for waiting.

Threat: whoever solves or waits without end tries every number. Limit: a hard ceiling for each
means, network and window; it lies far above what thousands of phones behind one address need.
"""

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from app.limits.admission_proof import Means, Shown
from app.limits.outcomes import Limited, LimitReached, ProofNeeded, Purpose
from app.settings import Settings


class EarnedChecks:
    """Counts what was earned, in one store; far from the hot path."""

    def __init__(self, storage: Storage, settings: Settings, divisor: int = 1) -> None:
        seconds = settings.network_checks_seconds
        self._storage = storage
        self._windows = FixedWindowRateLimiter(storage)
        self._ceilings = {
            means: RateLimitItemPerSecond(
                max(1, number // divisor), seconds, f"network-{means.value}"
            )
            for means, number in (
                (Means.WORK, settings.network_checks_proven),
                (Means.WAIT, settings.network_checks_waited),
            )
        }

    def count(self, shown: Shown, network: str, now: float) -> None:
        """Count one earned check of a network; raises LimitReached at the ceiling."""
        ceiling = self._ceilings[shown.means]
        if not self._windows.hit(ceiling, network):
            left = self._storage.get_expiry(ceiling.key_for(network)) - now
            raise LimitReached(left, Limited.NETWORK)

    def demand(self, network: str, retry_after: float) -> ProofNeeded:
        """Return the demand to earn a check, by how much of the ceiling is used."""
        ceiling = self._ceilings[Means.WORK]
        left = self._windows.get_window_stats(ceiling, network).remaining
        pressure = 1 - left / ceiling.amount
        return ProofNeeded(retry_after, Purpose.NETWORK, pressure)
