"""What a client has seen of each authority: the highest seq and the public key.

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
class Seen:
    """Of one authority; public_key: in hex; until: how long that manifest may be used."""

    seq: int
    public_key: str
    until: datetime


class SeenAuthorities:
    """By authority; file: where it is kept, None for this run only."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._seen: dict[str, Seen] = {}
        if file is not None and file.exists():
            self._seen = _read(file)

    @property
    def known(self) -> Mapping[str, Seen]:
        """What was seen so far."""
        return dict(self._seen)

    def require(self, manifest: Manifest, now: datetime) -> None:
        """Raise RolledBack for a lower seq than seen, KeyRefused for another public key.

        Another key is refused while the manifest seen before is valid: a stolen key can be
        replaced, and the earlier manifest was not signed to be left so soon.
        """
        seen = self._seen.get(manifest.authority)
        if seen is None or manifest.private is None:
            return
        if manifest.seq < seen.seq:
            raise RolledBack(f"seq {manifest.seq}, but {seen.seq} was seen before")
        if manifest.private.public_key.hex() != seen.public_key and now < seen.until:
            raise KeyRefused("another public key than seen before")

    def remember(self, manifests: list[Manifest]) -> None:
        """Keep what was verified; raises OSError where it cannot be written."""
        for manifest in manifests:
            if manifest.private is not None:
                key = manifest.private.public_key.hex()
                self._seen[manifest.authority] = Seen(manifest.seq, key, manifest.valid_until)
        if self._file is not None:
            document = {
                name: {
                    "seq": seen.seq,
                    "public_key": seen.public_key,
                    "until": utc_text(seen.until),
                }
                for name, seen in sorted(self._seen.items())
            }
            text = json.dumps(document, ensure_ascii=False, indent=1)
            write_whole(self._file, text.encode(), 0o600)


def _read(file: Path) -> dict[str, Seen]:
    try:
        document = json.loads(file.read_bytes())
        return {
            str(name): Seen(
                int(seen["seq"]), str(seen["public_key"]), datetime.fromisoformat(seen["until"])
            )
            for name, seen in document.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Malformed(f"{file.name} cannot be read; delete it to begin anew") from error
