"""Facts of a build, and the unsigned manifest that tells them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from exposure_index.files.manifest import size_class, utc_text
from exposure_index.files.plain_index import Header
from exposure_index.identity.canonical import IDENTITY_HASH
from exposure_index.private.bucket import PrivateIndex
from exposure_index.private.evaluation import PrivateKey
from exposure_index.publishing.entry_sealing import PrivateSeed
from exposure_index.trip_text.reading import READING_HASH


@dataclass(frozen=True)
class BuildFacts:
    """What a manifest tells of a build. Times are aware; valid_for is 48 hours by default.

    documents: called, once the entries are written, for the files to lie beside the index, by
    name: given the build_id and the number of entries, returns the content of each, or where it
    was written. Their checksums are signed with the rest.
    private: whether the build offers the private check, under the newest key private_<no>.
    unruled: diseases whose cases were left out, since no rule set is for them.
    """

    authority: str
    built_at: datetime
    valid_for: timedelta
    oldest_source: datetime
    rules: dict[str, Any]
    coverage: list[dict[str, Any]]
    documents: Callable[[str, int], Mapping[str, bytes | Path]] | None = None
    private: bool = False
    unruled: Sequence[str] = ()


def manifest_document(
    facts: BuildFacts, header: Header, seq: int, previous: str, files: dict[str, str]
) -> dict[str, Any]:
    """Return an unsigned manifest, without `private`; previous: SHA-256 of the one before."""
    return {
        "authority": facts.authority,
        "seq": seq,
        "build_id": header.build_id.hex(),
        "built_at": utc_text(facts.built_at),
        "valid_until": utc_text(facts.built_at + facts.valid_for),
        "oldest_source": utc_text(facts.oldest_source),
        "rules": facts.rules,
        "coverage": facts.coverage,
        **({"unruled": list(facts.unruled)} if facts.unruled else {}),
        "size_class": size_class(header.count),
        "identity": IDENTITY_HASH,
        "reading": READING_HASH,
        "key_id": header.key_id.hex(),
        "files": files,
        "previous": previous,
        "signatures": {},
    }


def private_document(seed: PrivateSeed, index: PrivateIndex) -> dict[str, Any]:
    """Return the field `private` of a manifest."""
    key = PrivateKey.derive(seed.no, seed.seed)
    return {
        "key_id": key.key_id.hex(),
        "public_key": key.public_key.hex(),
        "log2_buckets": index.parameters.log2_buckets,
        "bucket_entries": index.parameters.bucket_entries,
        "root": index.root.hex(),
    }
