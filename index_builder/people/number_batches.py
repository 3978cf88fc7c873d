"""Reads a batch of cells of numbers, in a worker process: imported there without any engine."""

import pyarrow as pa

from tables.document_numbers import document_numbers

NUMBERS_SCHEMA = pa.schema([("untidy_cell", pa.string()), ("plain_number", pa.string())])


def numbers_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the cells of a batch with each number that they hold, "" for one without any."""
    found = [
        (cell, number)
        for cell in batch.column("untidy_cell").to_pylist()
        for number in document_numbers(cell).numbers or ("",)
    ]
    columns = zip(*found, strict=True) if found else [() for _ in NUMBERS_SCHEMA]
    return pa.record_batch([pa.array(list(c), pa.string()) for c in columns], schema=NUMBERS_SCHEMA)
