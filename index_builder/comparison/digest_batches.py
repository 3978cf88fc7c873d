"""Makes digests of stored rows, in a worker process: imported there without any engine."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from exposure_index.crypto.primed_hmac import PrimedHmac

DIGEST_BYTES = 16
DIGEST_SCHEMA = pa.schema(
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
_REPEATED = ["mode", "rule", "tier", "open"]


def write_digests(key: bytes, texts: Path, file: Path, schema: pa.Schema) -> None:
    """Write the digests of stored rows; schema: DIGEST_SCHEMA and what the file says of itself."""
    with (
        pa.memory_map(str(texts)) as source,
        pq.ParquetWriter(file, schema, compression="zstd", use_dictionary=_REPEATED) as writer,
    ):
        batches = pa.ipc.open_file(source)
        for number in range(batches.num_record_batches):
            batch = _with_digests(key, batches.get_batch(number))
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))


def _with_digests(key: bytes, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch with digests in the place of persons and documents, each made once."""
    rows = batch.num_rows
    texts = pa.concat_arrays([batch.column("person"), batch.column("document")]).dictionary_encode()
    distinct = texts.dictionary.cast(pa.binary()).to_pylist()
    macs = PrimedHmac(key, "sha256").macs(b"document\0" + text for text in distinct)
    made = [mac[:DIGEST_BYTES] for mac in macs]
    digests = pa.array(made, pa.binary(DIGEST_BYTES)).take(texts.indices)
    others = [batch.column(name).cast(DIGEST_SCHEMA.field(name).type) for name in _REPEATED]
    return pa.record_batch([digests[:rows], digests[rows:], *others], schema=DIGEST_SCHEMA)
