"""Offer a challenge and a wait ticket, and judge the proof that comes back; nothing else does."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from redis import Redis

from app.limits.outcomes import NO_PROOF, AdmissionProof, ProofKind, ProofNeeded, Purpose
from app.limits.windows import WindowTable
from app.proofs.binding import Binding, ProofRefused, network_pseudonym
from app.proofs.replay_guard import ReplayGuard
from app.proofs.tickets import PREFIX, Ticket, WaitTickets
from app.proofs.work import WorkChallenges
from app.settings import Settings

HEADER = "X-Gauge-Proof"  # of the API


@dataclass(frozen=True, slots=True)
class Offer:
    """What a client may choose from: a challenge to solve, or a ticket and how long it waits.

    names: how many either pays for.
    """

    purpose: Purpose
    names: int
    challenge: dict[str, Any]
    ticket: str
    wait_seconds: int


class ProofIssuer:
    """Offers and judges; key: the key ``altcha``, the same for all workers and machines."""

    def __init__(
        self,
        key: bytes,
        settings: Settings,
        redis: Redis | None,
        clock: Callable[[], float] = time.time,
        claims: WindowTable | None = None,
    ) -> None:
        """claims: proofs used, of all workers of this machine; None: of this one alone."""
        self._key = key
        self._work = WorkChallenges(key, settings.proof_hashes, settings.proof_seconds, clock)
        self._tickets = WaitTickets(key, settings.wait_seconds, clock)
        self._replay_guard = ReplayGuard(redis, clock, claims)

    def offer(self, needed: ProofNeeded, network: bytes, text: str = "") -> Offer:
        """Return what earns the names that ``network`` asks about; text: the proof sent in vain.

        A ticket sent too soon stays what it is: sending it again does not begin the wait anew.
        """
        binding = Binding.of(needed, network, self._key)
        ticket = self._waiting_ticket(text, binding)
        ticket = ticket or self._tickets.make(binding, needed.pressure)
        return Offer(
            needed.purpose,
            needed.names,
            self._work.make(binding, needed.pressure),
            ticket,
            self._tickets.remaining(self._tickets.read(ticket)),
        )

    def judge(self, text: str, network: bytes) -> AdmissionProof:
        """Return the admission proof that ``text`` is, once; none for "". Raises ProofRefused."""
        if not text:
            return NO_PROOF
        if text.startswith(PREFIX):
            ticket = self._tickets.read(text)
            remaining = self._tickets.remaining(ticket)
            if remaining:
                raise ProofRefused("too_soon", remaining)
            use = ticket.proof_id, ticket.until
            return self._claim(ticket.binding, ProofKind.WAIT, use, network)
        work = self._work.judge(text)
        return self._claim(work.binding, ProofKind.WORK, (work.proof_id, work.until), network)

    def admission_proof(self, text: str, network: bytes) -> AdmissionProof:
        """Judge ``text``; where it is refused there is no proof, and the limits decide alone."""
        try:
            return self.judge(text, network)
        except ProofRefused:
            return NO_PROOF

    def _claim(
        self, binding: Binding, kind: ProofKind, use: tuple[bytes, int], network: bytes
    ) -> AdmissionProof:
        if binding.network != network_pseudonym(self._key, network):
            raise ProofRefused("elsewhere")
        if not self._replay_guard.claim(*use):
            raise ProofRefused("used")
        return binding.admission_proof(kind)

    def _waiting_ticket(self, text: str, binding: Binding) -> str:
        """Return ``text`` where it is a ticket for this very thing whose time is still to come."""
        if not text.startswith(PREFIX):
            return ""
        try:
            ticket: Ticket = self._tickets.read(text)
            waiting = self._tickets.remaining(ticket) > 0
        except ProofRefused:
            return ""
        return text if waiting and ticket.binding == binding else ""
