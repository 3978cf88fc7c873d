"""Passwords of clerks: argon2id over a digest under the key ``records``.

Threat: a copy of the database is searched for passwords. Limit: without the key there is nothing
to compare with. Parameters: OWASP's first choice, 19 MiB and two passes; at most two at a time,
so that sign-ins cannot take the memory or the processors of checks.
"""

import unicodedata
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError, VerifyMismatchError

from app.records.encrypted_fields import FieldCipher

PURPOSE = "clerk password"
PASSWORD_MIN_CHARACTERS = 12
PASSWORD_MAX_CHARACTERS = 200

_AT_A_TIME = BoundedSemaphore(2)
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def password_hash(cipher: FieldCipher, password: str) -> str:
    """Return what is kept of a password."""
    with _AT_A_TIME:
        return _HASHER.hash(_keyed(cipher, password))


def password_fits(cipher: FieldCipher, kept: str | None, password: str) -> bool:
    """Return whether a password is the one kept; None takes as long, and is False."""
    against = kept if kept is not None else _nobodys()
    with _AT_A_TIME:
        try:
            _HASHER.verify(against, _keyed(cipher, password[:PASSWORD_MAX_CHARACTERS]))
        except (VerifyMismatchError, VerificationError):
            return False
    return kept is not None


def _keyed(cipher: FieldCipher, password: str) -> bytes:
    return cipher.digest(PURPOSE, unicodedata.normalize("NFKC", password).encode())


@lru_cache
def _nobodys() -> str:
    return _HASHER.hash(bytes(32))
