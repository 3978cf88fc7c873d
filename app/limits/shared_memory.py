"""What the workers of a machine share to limit together, made before they are forked.

Counts of windows, names tried, proofs used, and the keys that none was given for. A worker that
crashes or is replaced leaves everything as it was; the memory goes with the process that made it.
"""

import secrets
from dataclasses import dataclass

from app.limits.name_table import NameTable
from app.limits.windows import WindowTable

KEY_BYTES = 32
CLAIM_BUCKETS, CLAIM_PLACES = 8_192, 64  # half a million proofs, each of which was earned
PHONE_BUCKETS = 32  # of a partition: 131,072 entries


@dataclass(frozen=True, slots=True, repr=False)  # some fields are keys
class SharedLimits:
    """checks, pages, actions: windows; names, phone_names: tried for documents, from telephones;
    claims: proofs and one-time codes used; limits_key, altcha_key: 32 random bytes each.
    """

    checks: WindowTable
    pages: WindowTable
    actions: WindowTable
    claims: WindowTable
    names: NameTable
    phone_names: NameTable
    limits_key: bytes
    altcha_key: bytes


def shared_limits() -> SharedLimits:
    """Return memory in which nothing was counted: for this process and those it then forks."""
    return SharedLimits(
        checks=WindowTable(),
        pages=WindowTable(),
        actions=WindowTable(),
        claims=WindowTable(CLAIM_BUCKETS, CLAIM_PLACES),
        names=NameTable(),
        phone_names=NameTable(buckets=PHONE_BUCKETS),
        limits_key=random_key(),
        altcha_key=random_key(),
    )


def random_key() -> bytes:
    """Return a key that stands for one that was not given."""
    return secrets.token_bytes(KEY_BYTES)
