"""Sealing of entries under the keys of one build: all that worker processes are given."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from exposure_index.crypto.keyed_hash import entry_hmac, seal_entries, seal_entry
from exposure_index.identity.canonical import document_encoding
from exposure_index.label.model import Label, Tier
from exposure_index.private.evaluation import PrivateKey
from exposure_index.private.outputs import entry_material as private_material
from exposure_index.private.outputs import place


class UnlistedLabel(ValueError):
    """An entry whose label lists no exposure: it would be answered as "not found"."""


class SealedBlock(NamedTuple):
    """Sealed entries, one after the other.

    plain: 80 bytes each; placed: of the private check, 4 bytes of place and 80 of entry each, as
    many, or nothing where the build has no private check.
    """

    plain: bytes
    placed: bytes


@dataclass(frozen=True, slots=True)
class PrivateSeed:
    """The key of the private check: its number and 32 bytes. Never written anywhere."""

    no: int
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Seals entries under the keys of one build; build_id: 16 raw bytes. Never written anywhere.

    build_key: 64 bytes; private: None where the build has no private check.
    """

    build_key: bytes = field(repr=False)
    build_id: bytes
    private: PrivateSeed | None = None

    def seal_block(self, entries: Iterable[tuple[bytes, bytes]]) -> SealedBlock:
        """Seal entries under the keys of the build.

        entries: (x0 or xd, packed label), each x once in a build.
        """
        batch = list(entries)
        plain = b"".join(seal_entries(entry_hmac(self.build_key), batch, self.build_id))
        placed = b"" if self.private is None else self._placed(self.private, batch)
        return SealedBlock(plain, placed)

    def _placed(self, seed: PrivateSeed, entries: list[tuple[bytes, bytes]]) -> bytes:
        key = _private_key(seed)
        places: dict[bytes, bytes] = {}
        parts: list[bytes] = []
        for encoded, label in entries:
            document = document_encoding(encoded)
            if document not in places:  # one document has several entries, in one bucket
                places[document] = place(key.output(document))
            material = private_material(key.output(encoded), self.build_id)
            parts += (places[document], seal_entry(material, label, self.build_id))
        return b"".join(parts)


@lru_cache(maxsize=1)
def _private_key(seed: PrivateSeed) -> PrivateKey:
    return PrivateKey.derive(seed.no, seed.seed)


def pack_listed_label(label: Label) -> bytes:
    """Pack a label that lists somebody: 48 bytes. Raises UnlistedLabel, LabelInvalid."""
    if not label.exposures or any(each.tier is Tier.NONE for each in label.exposures):
        raise UnlistedLabel("a label without a tier")
    return label.pack()
