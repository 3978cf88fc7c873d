"""What differs between those who sign in: the counter, organisations, officers of kiosks.

Each audience declares itself in its own package, as `app/counter/audience.py` does.

Threat: a cookie, password or one-time code of one audience opens what is another's. Limit: the
audience's name is bound into everything that is digested, signed, encrypted or counted.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypedDict

from sqlalchemy import Connection

from app.accounts.lockout import LockoutPolicy
from app.records.accounts.accounts import AccountName
from app.records.accounts.sessions import SessionLength
from app.records.encrypted_fields import FieldCipher
from app.settings import Settings

NAME = re.compile("[a-z]{1,16}", re.ASCII)


class AccountEvent(StrEnum):
    """What happens to accounts of every audience; each has further events of its own."""

    ADDED = "added"
    RESET = "reset"
    DISABLED = "disabled"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"  # a wrong sign-in


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """account: None where there is no such one; at: seconds since 1970."""

    account: AccountName | None
    event: AccountEvent
    at: int


AuditSink = Callable[[Connection, FieldCipher, AuditEntry], None]


@dataclass(frozen=True, slots=True)
class Purposes:
    """What passwords are digested for, and sessions digested and signed for."""

    passwords: str
    sessions: str


class CookieAttributes(TypedDict):
    """What a browser is told of a cookie, as arguments of ``set_cookie`` and ``delete_cookie``."""

    path: str
    httponly: bool
    samesite: Literal["Strict"]
    secure: bool


@dataclass(frozen=True, slots=True)
class AudienceCookie:
    """Where a session's token, or what a device is known by, stands in the browser."""

    name: str
    attributes: CookieAttributes


@dataclass(frozen=True, slots=True)
class Audience:
    """One audience that signs in.

    name: small letters, bound into what is kept. path: of all its pages, and of its cookie.
    append_audit: writes one entry in the transaction of what it tells of. legacy_purposes: those
    that secrets were digested for before there were audiences; of the counter only.
    """

    name: str
    path: str
    session_length: Callable[[Settings], SessionLength]
    lockout: LockoutPolicy
    append_audit: AuditSink
    legacy_purposes: Purposes | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a name that could be taken for another's."""
        if not NAME.fullmatch(self.name):
            raise ValueError(self.name)

    @property
    def purposes(self) -> Purposes:
        """The purposes of its digests and signatures, no other audience's."""
        own = Purposes(f"{self.name} account password", f"{self.name} account session")
        return self.legacy_purposes or own

    def account(self, name: str, organisation: int | None = None) -> AccountName:
        """Return the full name of one of its accounts."""
        return AccountName(self.name, name, organisation)

    def cookie(self, *, https: bool) -> AudienceCookie:
        """Return its cookie; behind https one that a browser takes over https only."""
        name = f"__Secure-{self.name}" if https else self.name
        return AudienceCookie(
            name, {"path": self.path, "httponly": True, "samesite": "Strict", "secure": https}
        )

    def device_cookie(self, *, https: bool) -> AudienceCookie:
        """Return the cookie by which a browser is known that an account signed in from."""
        session = self.cookie(https=https)
        return AudienceCookie(f"{session.name}-device", session.attributes)
