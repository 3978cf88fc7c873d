"""How often one may try to sign in, and what it costs beyond: nobody is locked out by others.

From one network a name may be tried five times a minute, ten an hour, thirty a day, until somebody
signs in; from everywhere 200 times a day; and a network may try 100 times an hour. What comes
beyond is not refused: each further attempt is earned by a proof of work, or by waiting. A browser
in which the account has signed in before has a count of its own, which no others reach.

Threat: passwords are tried; or somebody uses up an account's attempts so that its owner cannot sign
in. Limit: a policy that is asked before anything is looked at and told how the attempt ended;
counts are kept for the name as it was entered, whether or not there is such an account, and for the
audience's name with it. Attempts that are refused are not counted, so that they prolong nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.limits.actions import ActionLimits, Allowance
from app.limits.outcomes import (
    NO_PROOF,
    AdmissionProof,
    LimitKind,
    LimitReached,
    ProofKind,
    ProofNeeded,
    Purpose,
)
from app.records.accounts.accounts import AccountName

# of one name from one network, or from one known device; success forgets them
BACKOFF = (
    Allowance("sign-in-minute", 5, 60, LimitKind.SIGN_IN),
    Allowance("sign-in-hour", 10, 3_600, LimitKind.SIGN_IN),
    Allowance("sign-in-day", 30, 86_400, LimitKind.SIGN_IN),
)
# of one name from everywhere; success does not forget them, since another may be guessing
NAME_EVERYWHERE = Allowance("sign-in-name", 200, 86_400, LimitKind.SIGN_IN)
NETWORK = Allowance("sign-in-network", 100, 3_600, LimitKind.SIGN_IN)
# waiting costs nothing, so a network may do so many times only what else takes a calculation
WAITED = Allowance("sign-in-waited", 30, 3_600, LimitKind.SIGN_IN)
# right passwords with wrong codes, of one account from all unknown devices: only whoever has the
# password can use them up; past them a code alone proves nothing (sign_in.py)
CODE_GUESSES = Allowance("sign-in-code", 10, 86_400, LimitKind.SIGN_IN)
HARDEST = 1.0
STRANGER = b""  # number of no device

Counts = Sequence[tuple[Allowance, bytes]]


@dataclass(frozen=True, slots=True)
class AttemptSource:
    """Whose account is tried, as it was entered, and from where.

    device: number of the known device, STRANGER for any other; proof: what was presented with it.
    """

    account: AccountName
    network: bytes
    device: bytes = STRANGER
    proof: AdmissionProof = NO_PROOF


class LockoutPolicy(Protocol):
    """Decides who may try to sign in, and what a further attempt costs."""

    def admit(self, limits: ActionLimits, source: AttemptSource) -> None:
        """Let an attempt be looked at, or raise ProofNeeded or LimitReached."""

    def settle(self, limits: ActionLimits, source: AttemptSource, *, proved: bool) -> None:
        """Note how an attempt that was admitted ended."""


class EarnedAttempts:
    """Free up to a count; earned past it; of a known device counted apart."""

    def admit(self, limits: ActionLimits, source: AttemptSource) -> None:
        """Count an attempt where it is free, else take the proof for it, else raise ProofNeeded."""
        if source.device != STRANGER and not _wait(limits, _of_device(source)):
            _count(limits, _of_device(source))
        elif not self._is_earned(limits, source):
            self._count_stranger(limits, source)

    def settle(self, limits: ActionLimits, source: AttemptSource, *, proved: bool) -> None:
        """Begin the waits of the name from the network and the device anew after a sign-in."""
        if proved:
            for allowance, who in (*_of_device(source), *_of_name_and_network(source)):
                limits.forget(allowance, who)

    def _is_earned(self, limits: ActionLimits, source: AttemptSource) -> bool:
        if not source.proof.covers_sign_in(_pseudonym(limits, source)):
            return False
        if source.proof.kind is ProofKind.WORK:
            return True
        waited = [(WAITED, _key(source, of_network=True))]
        if _wait(limits, waited):
            return False
        _count(limits, waited)
        return True

    def _count_stranger(self, limits: ActionLimits, source: AttemptSource) -> None:
        about = source.account.audience.encode() + b"\x00"
        counts = [(NAME_EVERYWHERE, account_key(source.account)), *_of_name_and_network(source)]
        wait = max(_wait(limits, counts), limits.network_wait(NETWORK, source.network, about))
        if wait:
            raise self._proof_needed(limits, source, wait)
        try:
            limits.admit_network(NETWORK, source.network, about)
            _count(limits, counts)
        except LimitReached as error:  # others came in between
            raise self._proof_needed(limits, source, error.retry_after) from None

    def _proof_needed(
        self, limits: ActionLimits, source: AttemptSource, wait: float
    ) -> ProofNeeded:
        return ProofNeeded(wait, Purpose.SIGN_IN, HARDEST, _pseudonym(limits, source))


def _wait(limits: ActionLimits, counts: Counts) -> float:
    return max(limits.wait(allowance, who) for allowance, who in counts)


def _count(limits: ActionLimits, counts: Counts) -> None:
    for allowance, who in counts:
        limits.admit(allowance, who)


def _pseudonym(limits: ActionLimits, source: AttemptSource) -> bytes:
    """Return by what a proof is bound to the account that it was earned for."""
    return limits.pseudonym(NAME_EVERYWHERE, account_key(source.account))


def _of_name_and_network(source: AttemptSource) -> Counts:
    return [(each, _key(source, of_network=True, of_name=True)) for each in BACKOFF]


def _of_device(source: AttemptSource) -> Counts:
    key = b"device\x00" + source.device + account_key(source.account)
    return [(each, key) for each in BACKOFF]


def account_key(account: AccountName) -> bytes:
    """Return what is counted under of an account from everywhere."""
    return _key(AttemptSource(account, b""), of_name=True)


def _key(source: AttemptSource, *, of_network: bool = False, of_name: bool = False) -> bytes:
    """Return what is counted under; the name comes last, for it may hold anything."""
    account = source.account
    parts = [account.audience.encode()]
    if of_network:
        parts.append(source.network.hex().encode())
    if of_name:
        organisation = "" if account.organisation is None else str(account.organisation)
        parts += [organisation.encode(), account.name.encode()]
    return b"\x00".join(parts)
