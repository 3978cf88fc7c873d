"""Audit of the manifest log: follows it from the present manifest back to an earlier copy.

Each manifest names the SHA-256 of the one before, and all are signed: whoever kept a copy sees
whether the authority has since taken back, replaced or hidden what it had signed then.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from exposure_index.crypto.trust import Trust
from exposure_index.errors import Refused, SignatureRefused
from exposure_index.files.manifest import Manifest


class LogBroken(Refused):
    """The present manifest does not lead back to the earlier copy."""

    reason = "chain"


@dataclass(frozen=True, slots=True)
class LogAudit:
    """Result of an audit: a log that holds.

    reached: the oldest manifest seen; key_changes: seqs with a new key of the private check;
    other_signers: seqs that are signed otherwise than trust.json asks for today, as before signers
    changed: the signed present one vouches for them by their SHA-256.
    """

    present: Manifest
    reached: Manifest
    length: int
    key_changes: tuple[int, ...]
    other_signers: tuple[int, ...]


def audit_log(
    present: Manifest,
    trust: Trust,
    fetch: Callable[[str], bytes],
    earlier: Manifest | None = None,
) -> LogAudit:
    """Follow the log back to an earlier copy, else to the first manifest.

    fetch: returns the manifest's file of a SHA-256 in hex.
    Raises LogBroken, SignatureRefused for the present one, Malformed, or what fetch raises.
    """
    if earlier is not None and earlier.authority != present.authority:
        raise LogBroken("the earlier copy is of another authority")
    least = 1 if earlier is None else min(earlier.seq, present.seq)
    passed: list[Manifest] = []
    for manifest in _back(present, trust, fetch):
        passed.append(manifest)
        if manifest.seq == least:
            break
    if earlier is not None and passed[-1].digest() != earlier.digest():
        raise LogBroken(f"seq {earlier.seq} is not the manifest of the earlier copy")
    changes = [newer.seq for newer, older in pairwise(passed) if _key(newer) != _key(older)]
    others = [each.seq for each in passed if not _signed(each, trust)]
    return LogAudit(
        present=present,
        reached=passed[-1],
        length=len(passed),
        key_changes=tuple(reversed(changes)),
        other_signers=tuple(reversed(others)),
    )


def _back(present: Manifest, trust: Trust, fetch: Callable[[str], bytes]) -> Iterator[Manifest]:
    manifest = present
    trust.check(manifest.signed_bytes(), manifest.signatures)
    yield manifest
    while manifest.previous:
        data = fetch(manifest.previous)
        if sha256(data).hexdigest() != manifest.previous:
            raise LogBroken(f"what stands before seq {manifest.seq} is not what it names")
        before = Manifest.parse(data)
        if (before.authority, before.seq) != (manifest.authority, manifest.seq - 1):
            raise LogBroken(f"seq {manifest.seq} follows no seq {manifest.seq - 1}")
        manifest = before
        yield manifest
    if manifest.seq != 1:
        raise LogBroken(f"the chain begins with seq {manifest.seq}")


def _signed(manifest: Manifest, trust: Trust) -> bool:
    try:
        return trust.check(manifest.signed_bytes(), manifest.signatures) > 0
    except SignatureRefused:
        return False


def _key(manifest: Manifest) -> bytes | None:
    return None if manifest.private is None else manifest.private.public_key
