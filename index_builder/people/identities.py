"""Identities as they stand in the sources, canonical, and joined to persons."""

from collections.abc import Iterable

import ibis

from index_builder.people.identity_batches import (
    IDENTITY_SCHEMA,
    IDENTITY_TEXTS,
    NAMES_SCHEMA,
    canonical_batch,
    names_batch,
)
from index_builder.runtime.workers import each_batch
from index_builder.runtime.workspace import Workspace

_BATCH_ROWS = 20_000


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
    with work.parquet_writer(name, IDENTITY_SCHEMA) as writer:
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
    with work.parquet_writer(name, NAMES_SCHEMA) as writer:
        for batch in each_batch(names_batch, work.stream(distinct, _BATCH_ROWS), expected):
            writer.write_batch(batch)
    return work.parquet(name)
