"""Receipts: what a job was and how many rows of each state, signed, for auditors; nobody's name.

A receipt outlives the results. Its key is drawn from ``records`` and signs nothing else.

Threat: an organisation shows an auditor a better receipt than it got. Limit: Ed25519 over the
canonical JSON (RFC 8785) of the rest; whoever has the public key checks it without the service.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from app.bulk.jobs.views import JobView
from app.organisations.policy import ROUNDED_TO, round_count, tells_individuals
from app.records.organisations.organisations import Organisation
from exposure_index.crypto.canonical_json import NotCanonical, canonical_bytes, parse_json
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.files.manifest import utc_text

FORMAT = "contact-gauge/bulk-receipt/1"
KEY_INFO = b"gauge/v1/bulk-receipts"


class ReceiptRefused(ForeseenError):
    """Not a receipt, signed with another key, or changed since."""

    exit_code = ExitCode.REFUSED


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a receipt names: the organisation that asked, and the authorities that answered."""

    organisation: Organisation
    authorities: tuple[str, ...]


class ReceiptSigner:
    """Signs receipts; its repr shows no key."""

    def __init__(self, records_key: bytes) -> None:
        seed = HKDFExpand(SHA256(), 32, KEY_INFO).derive(records_key)
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> bytes:
        """The key by which anyone checks a receipt, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def signed(self, document: dict[str, Any]) -> bytes:
        """Return the canonical JSON of a document with ``key_id`` and ``signature`` added."""
        whole = {**document, "key_id": key_id(self.public_key)}
        signature = self._key.sign(canonical_bytes(whole)).hex()
        return canonical_bytes({**whole, "signature": signature})


def receipt_document(job: JobView, parties: Parties, now: int) -> dict[str, Any]:
    """Return what the receipt of a job says, unsigned; now: seconds since 1970.

    Under counts only, rows and counts are rounded as everywhere, and ``rounded_to`` says so.
    """
    exact = tells_individuals(job.policy)
    return {
        "format": FORMAT,
        "job": job.id,
        "organisation": parties.organisation.slug,
        "authorities": list(parties.authorities),
        "policy": job.policy,
        "status": job.status,
        "rows": job.rows if exact else round_count(job.rows),
        "counts": dict(job.counts),
        "rounded_to": 1 if exact else ROUNDED_TO,
        "builds": list(job.builds),
        "created_at": moment_text(job.created_at),
        "started_at": moment_text(job.started_at),
        "finished_at": moment_text(job.finished_at),
        "issued_at": moment_text(now),
    }


def verify_receipt(data: bytes, public_key: bytes) -> dict[str, Any]:
    """Return what a receipt says, its signature checked. Raises ReceiptRefused."""
    try:
        document = parse_json(data)
        signature = bytes.fromhex(str(document.pop("signature", "")))
        if document.get("format") != FORMAT:
            raise ReceiptRefused("not a receipt of a job, or of another edition")
        if document.get("key_id") != key_id(public_key):
            raise ReceiptRefused("signed with another key than the one given")
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(signature, canonical_bytes(document))
    except (NotCanonical, ValueError):
        raise ReceiptRefused("not a receipt of a job") from None
    except InvalidSignature:
        raise ReceiptRefused("the signature does not fit: the receipt was changed") from None
    return document


def key_id(public_key: bytes) -> str:
    """Return by which word a receipt names its key: 16 characters of hex."""
    digest = Hash(SHA256())
    digest.update(public_key)
    return digest.finalize()[:8].hex()


def moment_text(seconds: int | None) -> str:
    """Return a time as ``2020-02-01T08:00:00Z``, "" for none."""
    return "" if seconds is None else utc_text(datetime.fromtimestamp(seconds, UTC))
