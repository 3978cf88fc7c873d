"""Authorities known to a client: of each the highest seq and the public key that it has seen.

Kept across runs, so that a service can neither roll an index back nor give one client a key of its
own unnoticed. Whoever deletes the file begins anew, as on the first day.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exposure_index.atomic_files import write_whole
from exposure_index.errors import KeyRefused, Malformed, RolledBack
from exposure_index.files.manifest import Manifest, utc_text


@dataclass(frozen=True, slots=True)
class KnownAuthority:
    """What was seen of one authority; public_key: in hex; until: its manifest is valid."""

    seq: int
    public_key: str
    until: datetime


class KnownAuthorities:
    """Remembers authorities; file: where, None for this run only."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._authorities: dict[str, KnownAuthority] = {}
        if file is not None and file.exists():
            self._authorities = _read(file)

    @property
    def by_name(self) -> Mapping[str, KnownAuthority]:
        """What was seen so far, by name of the authority."""
        return dict(self._authorities)

    def require(self, manifest: Manifest, now: datetime) -> None:
        """Raise RolledBack for a lower seq than seen, KeyRefused for another public key.

        Another key is refused while the manifest seen before is valid: a stolen key can be
        replaced, and the earlier manifest was not signed to be left so soon.
        """
        earlier = self._authorities.get(manifest.authority)
        if earlier is None or manifest.private is None:
            return
        if manifest.seq < earlier.seq:
            raise RolledBack(f"seq {manifest.seq}, but {earlier.seq} was seen before")
        if manifest.private.public_key.hex() != earlier.public_key and now < earlier.until:
            raise KeyRefused("another public key than seen before")

    def remember(self, manifests: list[Manifest]) -> None:
        """Remember verified manifests. Raises OSError where it cannot be written."""
        for manifest in manifests:
            if manifest.private is not None:
                key = manifest.private.public_key.hex()
                self._authorities[manifest.authority] = KnownAuthority(
                    manifest.seq, key, manifest.valid_until
                )
        if self._file is not None:
            document = {
                name: {
                    "seq": one.seq,
                    "public_key": one.public_key,
                    "until": utc_text(one.until),
                }
                for name, one in sorted(self._authorities.items())
            }
            text = json.dumps(document, ensure_ascii=False, indent=1)
            write_whole(self._file, text.encode(), 0o600)


def _read(file: Path) -> dict[str, KnownAuthority]:
    try:
        document = json.loads(file.read_bytes())
        return {
            str(name): KnownAuthority(
                int(one["seq"]), str(one["public_key"]), datetime.fromisoformat(one["until"])
            )
            for name, one in document.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Malformed(f"{file.name} cannot be read; delete it to begin anew") from error
