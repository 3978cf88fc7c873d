"""Identities as they stand in the sources, canonical, and joined to persons."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import ibis
import pyarrow as pa
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.document import ANY_TYPE, canonical_document, number_fault
from exposure_index.identity.name import canonical_name
from exposure_index.identity.name_brackets import former_names
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from index_builder.runtime.workers import each_batch
from index_builder.runtime.workspace import Workspace
from tables.document_cells import document_kind
from tables.document_numbers import document_numbers

_BATCH_ROWS = 20_000
_NAMES_KEPT = 1 << 16  # many people of a million are called alike
_RESIDENT = re.compile("[1-9][0-9]{16}[0-9X]")
IDENTITY_TEXTS = ("id_type", "id_number", "name")
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in IDENTITY_TEXTS),
        ("document", pa.string()),
        ("long_document", pa.string()),
        ("name_key", pa.string()),
        ("fault", pa.string()),
    ]
)

_NAMES_SCHEMA = pa.schema([("name", pa.string()), ("name_key", pa.string())])


def identity_texts(table: ibis.Table) -> ibis.Table:
    """Return the three identity cells of a table, blank cells as ""."""
    return table.select(**{name: table[name].fill_null("") for name in IDENTITY_TEXTS})


def canonical_identities(work: Workspace, name: str, tables: Iterable[ibis.Table]) -> ibis.Table:
    """Return the distinct identities of some tables with their canonical form, stored.

    Columns: id_type, id_number, name as written; document and name_key, "" where nothing usable
    remains, as for fillers and masks; long_document: with the digits that count renewals, as a
    check under another kind keeps them; fault: blank, destroyed, not_understood (all three: no
    document), length, check_digit, name_too_long, or null. A cell of several numbers has a row for
    each.
    """
    texts = [identity_texts(table) for table in tables]
    distinct = ibis.union(*texts, distinct=True) if len(texts) > 1 else texts[0].distinct()
    distinct = work.keep(f"{name}_texts", distinct)
    expected = int(distinct.count().execute())
    with work.parquet_writer(name, _SCHEMA) as writer:
        # Whoever were lost here would be left out of every join that follows.
        for batch in each_batch(canonical_batch, work.stream(distinct, _BATCH_ROWS), expected):
            writer.write_batch(batch)
    return work.parquet(name)


def named_residents(work: Workspace, name: str, residents: ibis.Table) -> ibis.Table:
    """Return rows of people whose number is its own canonical form, with what else that adds.

    residents: as with_proven_residents tells them; name: of what is stored on the way. Of them only
    the names are read, once each.
    """
    names = canonical_names(work, name, residents)
    joined = residents.inner_join(names, "name")
    return joined.mutate(
        document=joined.id_number,
        long_document=joined.id_number,
        fault=ibis.null("string"),
    )


def canonical_names(work: Workspace, name: str, rows: ibis.Table) -> ibis.Table:
    """Return the distinct names of some rows, as `name`, with their name_key, stored."""
    distinct = work.keep(f"{name}_texts", rows.select("name").distinct())
    expected = int(distinct.count().execute())
    with work.parquet_writer(name, _NAMES_SCHEMA) as writer:
        for batch in each_batch(names_batch, work.stream(distinct, _BATCH_ROWS), expected):
            writer.write_batch(batch)
    return work.parquet(name)


def names_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch of names with the name_key of each."""
    names = batch.column("name").to_pylist()
    keys = pa.array(map(name_key, names), pa.string())
    return pa.record_batch([pa.array(names, pa.string()), keys], schema=_NAMES_SCHEMA)


def canonical_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch of IDENTITY_TEXTS with what _SCHEMA adds, a row for each document."""
    cells = [batch.column(name).to_pylist() for name in IDENTITY_TEXTS]
    rows = [(*row, *meaning) for row in zip(*cells, strict=True) for meaning in _meanings(*row)]
    columns = zip(*rows, strict=True) if rows else [() for _ in _SCHEMA]
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    return pa.record_batch(arrays, schema=_SCHEMA)


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
