"""trust.json: whose signatures count, and how many an index needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from exposure_index.crypto.canonical_json import NotCanonical, parse_json
from exposure_index.errors import Malformed, SignatureRefused
from exposure_index.regular_files import TRUST_MAX_BYTES, read_regular

TRUST_FILE = "trust.json"
SIGNER_ID_BYTES = 8
_PUBLIC_KEY = re.compile("[0-9a-f]{64}")


def signer_id(public_key: bytes) -> str:
    """Return the hex name of a signing key: the first 8 bytes of its SHA-256."""
    return sha256(public_key).digest()[:SIGNER_ID_BYTES].hex()


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with one person's Ed25519 key."""

    seed: bytes

    def __repr__(self) -> str:
        """Return the public name only."""
        return f"Signer({self.id})"

    @property
    def public_key(self) -> bytes:
        """The 32-byte public key."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """The name of the key in trust.json and in signatures."""
        return signer_id(self.public_key)

    def signature(self, message: bytes) -> str:
        """Sign a message; return the Ed25519 signature in hex."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message).hex()


@dataclass(frozen=True, slots=True)
class Trust:
    """Public keys by their id, and how many different ones must have signed."""

    threshold: int
    keys: Mapping[str, bytes]

    @classmethod
    def load(cls, path: Path) -> "Trust":
        """Load the trust of a file, or of the directory that holds trust.json.

        Raises Malformed when the file is missing, of another shape, needs more signatures than
        it has keys, or names a key wrongly.
        """
        file = path / TRUST_FILE if path.is_dir() else path
        try:
            data = parse_json(read_regular(file, TRUST_MAX_BYTES))
        except (OSError, NotCanonical) as error:
            raise Malformed(f"{file} cannot be read") from error
        keys = data.get("keys")
        threshold = data.get("threshold")
        if not isinstance(keys, dict) or type(threshold) is not int:
            raise Malformed("trust.json has another shape")
        if not 1 <= threshold <= len(keys):
            raise Malformed("trust.json asks for a number of signatures that it cannot get")
        for name, public in keys.items():
            if not (isinstance(public, str) and _PUBLIC_KEY.fullmatch(public)):
                raise Malformed("trust.json holds something else than a public key")
            if signer_id(bytes.fromhex(public)) != name:
                raise Malformed("trust.json names a key wrongly")
        return cls(threshold, {name: bytes.fromhex(public) for name, public in keys.items()})

    def as_document(self) -> dict[str, object]:
        """Return the content of trust.json."""
        keys = {name: public.hex() for name, public in sorted(self.keys.items())}
        return {"threshold": self.threshold, "keys": keys}

    def check_each(self, message: bytes, signatures: Mapping[str, str]) -> int:
        """Verify each signature; return how many there are, all valid and of trusted keys.

        Raises SignatureRefused for any other one.
        """
        for name, signature in signatures.items():
            public = self.keys.get(name)
            if public is None:
                raise SignatureRefused("signed with a key that trust.json does not name")
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), message)
            except (InvalidSignature, ValueError) as error:
                raise SignatureRefused("a signature is wrong") from error
        return len(signatures)

    def check(self, message: bytes, signatures: Mapping[str, str]) -> int:
        """Verify the signatures; return how many. Raises SignatureRefused below the threshold."""
        count = self.check_each(message, signatures)
        if count < self.threshold:
            raise SignatureRefused(f"{count} of {self.threshold} signatures")
        return count
