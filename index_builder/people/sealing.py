"""Seals the label of each person under every spelling of each document, in worker processes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import lru_cache, partial
from itertools import chain, starmap
from typing import Any

import pyarrow as pa

from exposure_index.identity.entry_spellings import entries_of_person, only_spelling
from exposure_index.label.carriages import carriage_number
from exposure_index.label.codec import DAY_ZERO, EXPOSURES_MAX, TOTAL_OR_MORE
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.publishing.entry_sealing import SealedBlock, Sealing, pack_listed_label
from index_builder.people.contact_labels import EXPOSURE_PARTS, LABEL_COLUMNS, ListedPeople
from index_builder.runtime.workers import each_batch
from index_builder.runtime.workspace import Workspace
from tables.document_cells import document_kind

_BATCH_ROWS = 20_000
_LABELS_CACHED = 1 << 16


class PeopleLost(RuntimeError):
    """Fewer people came out of the engine than it counted; the index would miss them."""


def sealed_people(
    work: Workspace, people: ListedPeople
) -> Callable[[Sealing], Iterator[SealedBlock]]:
    """Return what yields, given a build's key, every entry of every person, in blocks.

    That raises PeopleLost where a person has no document, RowsLost where a stream ends early:
    whoever is missing would be told "not found".
    """

    def blocks(sealing: Sealing) -> Iterator[SealedBlock]:
        people_out = 0
        tables = (people.plain, people.manifold)
        batches = chain.from_iterable(work.stream(table, _BATCH_ROWS) for table in tables)
        for count, block in each_batch(partial(_sealed, sealing), batches, people.count):
            people_out += count
            yield block
        if people_out != people.count:
            message = f"{people_out} of {people.count} people came out of the engine"
            raise PeopleLost(message)

    return blocks


def _sealed(sealing: Sealing, batch: pa.RecordBatch) -> tuple[int, SealedBlock]:
    """Return how many people a batch holds, and their sealed entries."""
    labels = _labels(batch)
    manifold = "documents" in batch.schema.names
    entries = _entries_of_manifold(batch, labels) if manifold else _entries_of_plain(batch, labels)
    return batch.num_rows, sealing.seal_block(entries)


def _labels(batch: pa.RecordBatch) -> Iterator[bytes]:
    return starmap(_label, zip(*_cells(batch, LABEL_COLUMNS), strict=True))


def _cells(batch: pa.RecordBatch, names: Iterable[str]) -> list[list[Any]]:
    return [batch.column(name).to_pylist() for name in names]


def _entries_of_plain(
    batch: pa.RecordBatch, labels: Iterable[bytes]
) -> Iterator[tuple[bytes, bytes]]:
    """Yield (identity, label) of people with one document and one name: most have one entry."""
    columns = _cells(batch, ("id_type", "document", "name"))
    for id_type, document, name, label in zip(*columns, labels, strict=True):
        if document is None:
            raise PeopleLost("a person without a document")
        kind = document_kind(id_type)
        alone = only_spelling(kind, document, name)
        if alone is not None:
            yield alone, label
        else:
            yield from _entries([(kind, document, frozenset((name,)))], label)


def _entries_of_manifold(
    batch: pa.RecordBatch, labels: Iterable[bytes]
) -> Iterator[tuple[bytes, bytes]]:
    """Yield (identity, label) of people with several documents or names."""
    for rows, label in zip(batch.column("documents").to_pylist(), labels, strict=True):
        names: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            key = (document_kind(row["id_type"]), row["document"])
            names.setdefault(key, set()).add(row["name"])
        documents = [(kind, document, frozenset(own)) for (kind, document), own in names.items()]
        yield from _entries(documents, label)


def _entries(
    documents: Iterable[tuple[str, str, frozenset[str]]], label: bytes
) -> Iterator[tuple[bytes, bytes]]:
    identities = entries_of_person(documents)
    if not identities:
        raise PeopleLost("a person without a document")
    for encoded in identities:
        yield encoded, label


@lru_cache(_LABELS_CACHED)
def _label(total: int, *parts: Any) -> bytes:  # noqa: ANN401 - cells of a row
    """Return the packed label of LABEL_COLUMNS; contacts of one case share most of it."""
    size = len(EXPOSURE_PARTS)
    trips = [parts[place * size : (place + 1) * size] for place in range(EXPOSURES_MAX)]
    return pack_listed_label(
        Label(
            exposures=tuple(_exposure(*trip) for trip in trips if trip[0] is not None),
            total=min(total, TOTAL_OR_MORE),
        )
    )


def _exposure(  # noqa: PLR0913, PLR0917 - EXPOSURE_PARTS, one by one
    mode: str,
    tier: int,
    rule: int,
    relation: int,
    day: int,
    until: int | None,
    carriage: str | None,
    trip: str,
) -> Exposure:
    return Exposure(
        mode=Mode[mode.upper()],
        tier=Tier(tier),
        rule=rule,
        relation=Relation(relation),
        day=DAY_ZERO + timedelta(days=day),
        carriage=carriage_number(carriage),
        trip=trip,
        observe_until=None if until is None else DAY_ZERO + timedelta(days=until),
    )
