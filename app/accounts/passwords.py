"""Passwords: argon2id over a digest under the key ``records``, for one audience.

Threat: a copy of the database is searched for passwords. Limit: without the key there is nothing
to compare with. Parameters: OWASP's first choice, 19 MiB and two passes; at most two at a time,
so that sign-ins cannot take the memory or the processors of checks.

Threat: whoever earns attempts faster than they can be judged makes everybody wait. Limit: strangers
share one of the two places, and are sent away when it is busy for long; whoever comes from a
browser that is known has the other one.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError, VerifyMismatchError

from app.accounts.audience import Audience
from app.limits.outcomes import LimitKind, LimitReached
from app.records.encrypted_fields import FieldCipher

PASSWORD_MIN_CHARACTERS = 12
PASSWORD_MAX_CHARACTERS = 200

_KNOWN, _STRANGERS = BoundedSemaphore(1), BoundedSemaphore(1)
STRANGERS_WAIT_SECONDS = 5.0
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(audience: Audience, cipher: FieldCipher, password: str) -> str:
    """Return what is kept of a password."""
    with _KNOWN:
        return _HASHER.hash(_digest(audience, cipher, password))


def password_matches(
    audience: Audience,
    cipher: FieldCipher,
    password_hash: str | None,
    password: str,
    *,
    stranger: bool = False,
) -> bool:
    """Return whether a password is the one kept; None takes as long, and is False.

    Raises LimitReached where too many strangers wait.
    """
    against = password_hash if password_hash is not None else _nobodys_hash()
    with _place(stranger=stranger):
        try:
            digest = _digest(audience, cipher, password[:PASSWORD_MAX_CHARACTERS])
            _HASHER.verify(against, digest)
        except (VerifyMismatchError, VerificationError):
            return False
    return password_hash is not None


@contextmanager
def _place(*, stranger: bool) -> Iterator[None]:
    semaphore = _STRANGERS if stranger else _KNOWN
    if not semaphore.acquire(timeout=STRANGERS_WAIT_SECONDS if stranger else None):
        raise LimitReached(STRANGERS_WAIT_SECONDS, LimitKind.EVERYWHERE)
    try:
        yield
    finally:
        semaphore.release()


def _digest(audience: Audience, cipher: FieldCipher, password: str) -> bytes:
    normalized = unicodedata.normalize("NFKC", password).encode()
    return cipher.digest(audience.purposes.passwords, normalized)


@lru_cache
def _nobodys_hash() -> str:
    return _HASHER.hash(bytes(32))
