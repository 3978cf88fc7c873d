"""Canonical identity: a document number with its names, and their encoding as bytes.

The rules are spelled out in docs/protocol.md. The browser follows the same ones with the same
tables and passes the same `identity_vectors.json`; a manifest names all of them by their hash.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from exposure_index.identity.tables import IDENTITY_HASH

__all__ = [
    "FIELD_MAX_BYTES",
    "IDENTITY_HASH",
    "EncodedClaim",
    "EncodedIdentity",
    "FieldTooLong",
    "Identity",
    "IdentityClaim",
    "claim_encodings",
    "document_encoding",
    "field_encoding",
    "identity_encoding",
]

FIELD_MAX_BYTES = 0xFFFF
_new = tuple.__new__  # half the time of a named tuple's own


class FieldTooLong(ValueError):
    """A canonical field passes the 65,535 bytes that its length prefix can tell."""


class EncodedIdentity(Protocol):
    """Whatever can be looked up: one document, under the names that are known of it."""

    def encode_names(self) -> tuple[bytes, ...]:
        """Encode the document with each name; return every x0. Raises FieldTooLong."""

    def encode_document(self) -> bytes:
        """Encode the document alone, "name unknown"; return xd. Raises FieldTooLong."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A canonical identity: document [A-Z0-9]+; name "" for a row without one."""

    document: str
    name: str

    def encode(self) -> bytes:
        """Encode the document and the name; return x0. Raises FieldTooLong."""
        return identity_encoding(self.document, self.name)

    def encode_names(self) -> tuple[bytes, ...]:
        """Encode the document with its one name; return x0 alone. Raises FieldTooLong."""
        return (identity_encoding(self.document, self.name),)

    def encode_document(self) -> bytes:
        """Encode the document alone, "name unknown"; return xd. Raises FieldTooLong."""
        return b"\x02" + field_encoding(self.document)


class IdentityClaim(NamedTuple):
    """What one check asks about: a canonical document under distinct canonical names.

    A form gives one or two; a cell of a list may be read as more.
    """

    document: str
    names: tuple[str, ...]

    def encode(self) -> "EncodedClaim":
        """Encode the document with each name, and alone. Raises FieldTooLong."""
        document, names = self
        head, encodings = field_encoding(document), []
        for name in names:
            encodings.append(b"\x01" + head + field_encoding(name))  # noqa: PERF401 - quicker so
        return _new(EncodedClaim, (tuple(encodings), b"\x02" + head))

    def encode_names(self) -> tuple[bytes, ...]:
        """Encode the document with each name; return every x0. Raises FieldTooLong."""
        return tuple([identity_encoding(self.document, name) for name in self.names])

    def encode_document(self) -> bytes:
        """Encode the document alone, "name unknown"; return xd. Raises FieldTooLong."""
        return b"\x02" + field_encoding(self.document)


class EncodedClaim(NamedTuple):
    """An identity claim, encoded once for limits and indexes alike: every x0, and xd."""

    names: tuple[bytes, ...]
    document: bytes

    def encode_names(self) -> tuple[bytes, ...]:
        """Return every x0."""
        return self.names

    def encode_document(self) -> bytes:
        """Return xd."""
        return self.document


def claim_encodings(document: str, names: Iterable[str]) -> list[bytes]:
    """Encode a canonical document with each name, and alone: every x0, then xd. FieldTooLong."""
    head = field_encoding(document)
    encodings = []
    for name in names:
        encodings.append(b"\x01" + head + field_encoding(name))  # noqa: PERF401 - quicker than a function
    return [*encodings, b"\x02" + head]


def document_encoding(encoded: bytes) -> bytes:
    """Return xd of the document within an encoded identity, x0 or xd."""
    length = int.from_bytes(encoded[1:3], "big")
    return b"\x02" + encoded[1 : 3 + length]


def identity_encoding(document: str, name: str) -> bytes:
    """Encode a canonical document and name; return x0. Raises FieldTooLong."""
    return b"\x01" + field_encoding(document) + field_encoding(name)


def field_encoding(text: str) -> bytes:
    """Encode one canonical field: u16be length in bytes ‖ UTF-8. Raises FieldTooLong."""
    data = text.encode()
    if len(data) > FIELD_MAX_BYTES:
        raise FieldTooLong
    return len(data).to_bytes(2, "big") + data
