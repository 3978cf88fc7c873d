"""How often one may try to sign in, and for how long one is locked out.

From one network a name may be tried five times a minute, ten an hour, thirty a day, until somebody
signs in; from everywhere 200 times a day; and a network may try 100 times an hour. Attempts that
are refused count too.

Threat: passwords are tried. Limit: a policy that is asked before anything is looked at and told
how the attempt ended; counts are kept for the name as typed, whether or not there is such an
account, and for the audience's name with it.
"""

from dataclasses import dataclass
from typing import Protocol

from app.limits.actions import ActionLimits, Allowance
from app.limits.outcomes import LimitKind
from app.records.accounts import AccountName

# of one name from one network; success forgets them
BACKOFF = (
    Allowance("sign-in-minute", 5, 60, LimitKind.SIGN_IN),
    Allowance("sign-in-hour", 10, 3_600, LimitKind.SIGN_IN),
    Allowance("sign-in-day", 30, 86_400, LimitKind.SIGN_IN),
)
# of one name from everywhere; success does not forget them, since another may be guessing
NAME_EVERYWHERE = Allowance("sign-in-name", 200, 86_400, LimitKind.SIGN_IN)
NETWORK = Allowance("sign-in-network", 100, 3_600, LimitKind.SIGN_IN)


@dataclass(frozen=True, slots=True)
class AttemptSource:
    """Whose account is tried, as typed, and the network from which."""

    account: AccountName
    network: bytes


class LockoutPolicy(Protocol):
    """Decides who may try to sign in, and when again."""

    def admit(self, limits: ActionLimits, source: AttemptSource) -> None:
        """Let an attempt be looked at, or raise LimitReached."""

    def settle(self, limits: ActionLimits, source: AttemptSource, *, proved: bool) -> None:
        """Note how an attempt that was admitted ended."""


class CountedAttempts:
    """Counts every attempt, refused ones too, in windows of a minute, an hour and a day.

    Whoever knows a name can lock it out for a day, from one network even: a policy that nobody can
    turn against somebody else takes the place of this one here, for all audiences or one.
    """

    def admit(self, limits: ActionLimits, source: AttemptSource) -> None:
        """Count an attempt of the network, the name, and the name from the network."""
        limits.admit_network(NETWORK, source.network, source.account.audience.encode() + b"\x00")
        limits.admit(NAME_EVERYWHERE, _key(source, of_name=True))
        for allowance in BACKOFF:
            limits.admit(allowance, _key(source, of_network=True, of_name=True))

    def settle(self, limits: ActionLimits, source: AttemptSource, *, proved: bool) -> None:
        """Begin the waits of the name from the network anew where somebody signed in."""
        if proved:
            for allowance in BACKOFF:
                limits.forget(allowance, _key(source, of_network=True, of_name=True))


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
