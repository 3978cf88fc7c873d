"""Reads a batch of identities or names, in a worker process: imported there without any engine."""

import re
from collections.abc import Iterator
from functools import lru_cache

import pyarrow as pa
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.document import ANY_TYPE, canonical_document, number_fault
from exposure_index.identity.name import canonical_name
from exposure_index.identity.name_brackets import former_names
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from tables.document_cells import document_kind
from tables.document_numbers import document_numbers

_NAMES_KEPT = 1 << 16  # many people of a million are called alike
_RESIDENT = re.compile("[1-9][0-9]{16}[0-9X]")
IDENTITY_TEXTS = ("id_type", "id_number", "name")
IDENTITY_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in IDENTITY_TEXTS),
        ("document", pa.string()),
        ("long_document", pa.string()),
        ("name_key", pa.string()),
        ("fault", pa.string()),
    ]
)

NAMES_SCHEMA = pa.schema([("name", pa.string()), ("name_key", pa.string())])


def names_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch of names with the name_key of each."""
    names = batch.column("name").to_pylist()
    keys = pa.array(map(name_key, names), pa.string())
    return pa.record_batch([pa.array(names, pa.string()), keys], schema=NAMES_SCHEMA)


def canonical_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch of IDENTITY_TEXTS with what IDENTITY_SCHEMA adds, a row for each document."""
    cells = [batch.column(name).to_pylist() for name in IDENTITY_TEXTS]
    rows = [(*row, *meaning) for row in zip(*cells, strict=True) for meaning in _meanings(*row)]
    columns = zip(*rows, strict=True) if rows else [() for _ in IDENTITY_SCHEMA]
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    return pa.record_batch(arrays, schema=IDENTITY_SCHEMA)


def _meanings(
    id_type: str, id_number: str, name: str
) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield document, long_document, name_key and fault of each document of an identity."""
    if _RESIDENT.fullmatch(id_number) and calc_check_digit(id_number) == id_number[-1]:
        # A number that proves itself is its own canonical form under every kind.
        too_long = len(name) > MAX_FIELD_CHARACTERS
        yield id_number, id_number, name_key(name), "name_too_long" if too_long else None
        return
    kind = document_kind(id_type)
    numbers, unusable = document_numbers(id_number)
    # A name nobody could type is no name; the document then stands alone, which lists wider.
    key = name_key(name)
    if unusable:
        yield "", "", key, unusable
    for number in numbers:
        document = canonical_document(number, kind)
        # Beside another number the kind of the row may be that of the other one.
        fault = number_fault(document, kind if len(numbers) == 1 else ANY_TYPE)
        if fault is None and len(name) > MAX_FIELD_CHARACTERS:
            fault = "name_too_long"
        yield document, canonical_document(number), key, fault


@lru_cache(_NAMES_KEPT)
def name_key(name: str) -> str:
    """Return the canonical name, that of a former one where there is no other; "" for nobody."""
    if len(name) > MAX_FIELD_CHARACTERS:
        return ""
    usual = canonical_name(name)
    return usual or next((canonical_name(former) for former in former_names(name)), "")
