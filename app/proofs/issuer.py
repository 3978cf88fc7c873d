"""The one place that offers a challenge and a ticket, and judges what is shown in return."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from redis import Redis

from app.limits.admission_proof import NOTHING, Means, Shown
from app.limits.outcomes import ProofNeeded, Purpose
from app.proofs.binding import Binding, network_code
from app.proofs.refused import ProofRefused
from app.proofs.replay_guard import UsedOnce
from app.proofs.tickets import PREFIX, Ticket, WaitTickets
from app.proofs.work import WorkChallenges
from app.settings import Settings

HEADER = "X-Gauge-Proof"  # of the API


@dataclass(frozen=True, slots=True)
class Offer:
    """What a client may choose from: a challenge to solve, or a ticket and how long it waits."""

    purpose: Purpose
    challenge: dict[str, Any]
    ticket: str
    wait_seconds: int


class ProofDesk:
    """Offers and judges; key: the key ``altcha``, the same for all workers and machines."""

    def __init__(
        self,
        key: bytes,
        settings: Settings,
        redis: Redis | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._key = key
        self._work = WorkChallenges(key, settings.proof_hashes, settings.proof_seconds, clock)
        self._tickets = WaitTickets(key, settings.wait_seconds, clock)
        self._used = UsedOnce(redis, clock)

    def offer(self, needed: ProofNeeded, network: bytes, given: str = "") -> Offer:
        """Return what earns a check of ``network``; given: what was shown in vain, or "".

        A ticket sent too soon stays what it is: sending it again does not begin the wait anew.
        """
        binding = Binding.of(needed, network, self._key)
        ticket = self._kept(given, binding) or self._tickets.make(binding, needed.pressure)
        return Offer(
            needed.purpose,
            self._work.make(binding, needed.pressure),
            ticket,
            self._tickets.remaining(self._tickets.read(ticket)),
        )

    def judge(self, given: str, network: bytes) -> Shown:
        """Return what ``given`` earns, once; "" earns nothing. Raises ProofRefused."""
        if not given:
            return NOTHING
        if given.startswith(PREFIX):
            ticket = self._tickets.read(given)
            remaining = self._tickets.remaining(ticket)
            if remaining:
                raise ProofRefused("too_soon", remaining)
            return self._once(ticket.binding, Means.WAIT, (ticket.code, ticket.until), network)
        solved = self._work.judge(given)
        return self._once(solved.binding, Means.WORK, (solved.code, solved.until), network)

    def earned(self, given: str, network: bytes) -> Shown:
        """Return what ``given`` earns; nothing where it is refused, and the limits decide alone."""
        try:
            return self.judge(given, network)
        except ProofRefused:
            return NOTHING

    def _once(
        self, binding: Binding, means: Means, use: tuple[bytes, int], network: bytes
    ) -> Shown:
        if binding.network != network_code(self._key, network):
            raise ProofRefused("elsewhere")
        if not self._used.first_use(*use):
            raise ProofRefused("used")
        return binding.shown(means)

    def _kept(self, given: str, binding: Binding) -> str:
        """Return ``given`` where it is a ticket for this very thing whose time is still to come."""
        if not given.startswith(PREFIX):
            return ""
        try:
            ticket: Ticket = self._tickets.read(given)
            waiting = self._tickets.remaining(ticket) > 0
        except ProofRefused:
            return ""
        return given if waiting and ticket.binding == binding else ""
