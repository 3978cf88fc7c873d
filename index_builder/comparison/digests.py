"""Digests of the people whom a build lists: they tell that somebody is gone, not who it is.

digest = HMAC-SHA256(K, kind ‖ 0x00 ‖ text)[:16], kind `document` also for persons, who are named by
one of theirs; K = HKDF-SHA512(root_plain, info="gauge/v1/diff", 32 bytes). They stay on the
builder's side (casework): whoever holds them and root_plain can try every document number, as
with the index itself.
"""

import hmac
import shutil
from functools import partial
from pathlib import Path

import pyarrow as pa
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from exposure_index.crypto.keyed_hash import key_id
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.primed_hmac import PrimedHmac
from index_builder.people.contacts import Contacts
from index_builder.runtime.workers import each_batch
from index_builder.runtime.workspace import Workspace

DIGEST_BYTES = 16
_BATCH_ROWS = 50_000
KEY_FIELD = b"key_id"
_SCHEMA = pa.schema(
    [
        ("person", pa.binary(DIGEST_BYTES)),
        ("document", pa.binary(DIGEST_BYTES)),
        ("mode", pa.string()),
        ("rule", pa.int16()),
        ("tier", pa.int16()),
        ("open", pa.bool_()),
    ]
)
"""One row for each document, mode, rule and state. open: no clearance ended it."""


def diff_key(keys: KeyRing) -> bytes:
    """Return the 32-byte key under which people are compared. Raises KeyFault."""
    return HKDF(SHA512(), 32, salt=None, info=b"gauge/v1/diff").derive(keys.bytes("root_plain"))


def digest_of(key: bytes, kind: str, text: str) -> bytes:
    """Return the 16-byte digest of a document or person, the same in every build of one key."""
    return hmac.digest(key, f"{kind}\0{text}".encode(), "sha256")[:DIGEST_BYTES]


def write_digests(work: Workspace, exposed: Contacts, keys: KeyRing) -> Path:
    """Write the digests of every contact; return the file in the private folder."""
    exposures = exposed.all_exposures
    worst = exposures.group_by(["person", "mode", "rule", "open"]).agg(tier=exposures.tier.min())
    rows = worst.inner_join(exposed.documents, "person")
    stored = work.keep("digest_rows", rows.select(*_SCHEMA.names))
    schema = _SCHEMA.with_metadata({KEY_FIELD: key_id(keys.bytes("root_plain"))})
    count = int(stored.count().execute())
    with_digests = partial(_with_digests, diff_key(keys))
    with work.parquet_writer("digests", schema) as writer:
        for batch in each_batch(with_digests, work.stream(stored, _BATCH_ROWS), count):
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))
    return work.folder / "digests.parquet"


def place_digests(file: Path, place: Path) -> None:
    """Copy a finished file into the casework, readable by its owner only; whole or not at all."""
    beside = place.with_name(f".{place.name}.new")
    beside.unlink(missing_ok=True)
    beside.touch(0o600, exist_ok=False)  # before any byte of it is there
    shutil.copyfile(file, beside)
    beside.replace(place)


def _with_digests(key: bytes, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch with digests in the place of persons and documents, each made once."""
    mac = PrimedHmac(key, "sha256").mac
    texts = {name: batch.column(name).to_pylist() for name in ("person", "document")}
    distinct = {*texts["person"], *texts["document"]}
    digests = {text: mac(f"document\0{text}".encode())[:DIGEST_BYTES] for text in distinct}
    arrays = [
        pa.array(map(digests.__getitem__, texts[field.name]), field.type)
        if field.name in texts
        else batch.column(field.name).cast(field.type)
        for field in _SCHEMA
    ]
    return pa.record_batch(arrays, schema=_SCHEMA)
