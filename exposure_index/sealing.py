"""Seals entries under the key of one build: what worker processes are given, and nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from exposure_index.keyed_hash import entry_material, primed, seal_entry
from exposure_index.label import Label, Tier


class UnlistedLabel(ValueError):
    """An entry whose label lists no exposure: it would be answered as "not found"."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """The key of one build, 64 bytes, and its build_id, 16 raw bytes. Never written anywhere."""

    build_key: bytes = field(repr=False)
    build_id: bytes

    def block(self, entries: Iterable[tuple[bytes, bytes]]) -> bytes:
        """Return the sealed entries, 80 bytes each, one after the other.

        entries: (x0 or xd, packed label), each x once in a build.
        """
        keyed, build_id = primed(self.build_key), self.build_id
        return b"".join(
            [
                seal_entry(entry_material(keyed, encoded), label, build_id)
                for encoded, label in entries
            ]
        )


def packed_listed(label: Label) -> bytes:
    """Return the 48 bytes of a label that lists somebody. Raises UnlistedLabel, LabelInvalid."""
    if not label.exposures or any(each.tier is Tier.NONE for each in label.exposures):
        raise UnlistedLabel("a label without a tier")
    return label.packed()
