"""Digests of the people whom a build lists: they tell that somebody is gone, not who it is.

digest = HMAC-SHA256(K, kind ‖ 0x00 ‖ text)[:16], kind `document` also for persons, who are named by
one of theirs; K = HKDF-SHA512(root_plain, info="gauge/v1/diff", 32 bytes). They stay on the
builder's side (casework): whoever holds them and root_plain can try every document number, as
with the index itself.
"""

import hmac
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyarrow as pa
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from exposure_index.crypto.keyed_hash import key_id
from exposure_index.crypto.keys import KeyRing
from index_builder.comparison.digest_batches import DIGEST_BYTES, DIGEST_SCHEMA, write_digests
from index_builder.people.contacts import Contacts
from index_builder.runtime.workers import beside
from index_builder.runtime.workspace import Workspace

_BATCH_ROWS = 50_000
KEY_FIELD = b"key_id"


def diff_key(keys: KeyRing) -> bytes:
    """Return the 32-byte key under which people are compared. Raises KeyFault."""
    return HKDF(SHA512(), 32, salt=None, info=b"gauge/v1/diff").derive(keys.bytes("root_plain"))


def digest_of(key: bytes, kind: str, text: str) -> bytes:
    """Return the 16-byte digest of a document or person, the same in every build of one key."""
    return hmac.digest(key, f"{kind}\0{text}".encode(), "sha256")[:DIGEST_BYTES]


@contextmanager
def digests_beside(work: Workspace, exposed: Contacts, keys: KeyRing) -> Iterator[Path]:
    """Write the digests of every contact beside what is done within; yield where they will be.

    The file in the private folder is whole once this is left.
    """
    exposures = exposed.all_exposures
    several = exposures.filter(~exposures.alone)
    worst = several.group_by(["person", "mode", "rule", "open"]).agg(tier=several.tier.min())
    rows = worst.inner_join(exposed.documents, "person").select(*DIGEST_SCHEMA.names)
    rows = exposures.filter(exposures.alone).select(*DIGEST_SCHEMA.names).union(rows)
    stored = work.keep("digest_rows", rows)
    # The engine serves one stream at a time: what it stored waits in a file of its own.
    texts, file = work.folder / "digest_rows.arrow", work.folder / "digests.parquet"
    count = 0
    with pa.ipc.new_file(texts, stored.schema().to_pyarrow()) as writer:
        for batch in work.stream(stored, _BATCH_ROWS):
            writer.write_batch(batch)
            count += batch.num_rows
    schema = DIGEST_SCHEMA.with_metadata({KEY_FIELD: key_id(keys.bytes("root_plain"))})
    with beside(partial(write_digests, diff_key(keys), texts, file, schema), count):
        yield file


def place_digests(file: Path, place: Path) -> None:
    """Copy a finished file into the casework, readable by its owner only; whole or not at all."""
    beside = place.with_name(f".{place.name}.new")
    beside.unlink(missing_ok=True)
    beside.touch(0o600, exist_ok=False)  # before any byte of it is there
    shutil.copyfile(file, beside)
    beside.replace(place)
