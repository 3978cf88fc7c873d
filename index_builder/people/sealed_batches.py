"""Seals a batch of people, in a worker process: imported there without any engine."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import starmap
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from exposure_index.identity.canonical import field_encoding, identity_encoding
from exposure_index.identity.entry_spellings import (
    READ_IN_LATIN,
    RESIDENT_SHAPE,
    entries_of_person,
    only_han,
)
from exposure_index.label.carriages import carriage_number
from exposure_index.label.codec import DAY_ZERO, EXPOSURES_MAX, TOTAL_OR_MORE
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.publishing.entry_sealing import SealedBlock, Sealing, pack_listed_label
from index_builder.people.label_columns import EXPOSURE_PARTS, LABEL_COLUMNS
from tables.document_cells import document_kind

_LABELS_CACHED = 1 << 16
_BEGINNING = identity_encoding("0" * 18, "")[:3]  # of every x0 with a number of 18 characters


class PeopleLost(RuntimeError):
    """Fewer people came out of the engine than it counted; the index would miss them."""


def sealed_batch(sealing: Sealing, batch: pa.RecordBatch) -> tuple[int, SealedBlock]:
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
    for row, (alone, label) in enumerate(zip(_only_entries(batch), labels, strict=True)):
        if alone is not None:
            yield alone, label
        else:
            cells = (batch.column(name)[row].as_py() for name in ("id_type", "document", "name"))
            id_type, document, name = cells
            if document is None:
                raise PeopleLost("a person without a document")
            yield from _entries([(document_kind(id_type), document, frozenset((name,)))], label)


def _only_entries(batch: pa.RecordBatch) -> list[bytes | None]:
    """Return what only_spelling says of each row, None too where its number is written otherwise.

    Numbers are looked at in one go, and each kind and name of a batch once.
    """
    documents = batch.column("document")
    kinds, names = (batch.column(name).dictionary_encode() for name in ("id_type", "name"))
    resident = [document_kind(kind) not in READ_IN_LATIN for kind in kinds.dictionary.to_pylist()]
    han = map(only_han, names.dictionary.to_pylist())
    fields = [field_encoding(name) if name else None for name in han]
    plain = pc.and_(
        pa.array(resident, pa.bool_()).take(kinds.indices),
        pc.match_substring_regex(documents, f"^{RESIDENT_SHAPE.pattern}$"),
    )
    numbers = pc.if_else(plain, documents, pa.scalar(None, documents.type)).cast(pa.binary())
    names = pa.array(fields, pa.binary()).take(names.indices)
    entries: list[bytes | None]
    entries = pc.binary_join_element_wise(_BEGINNING, numbers, names, b"").to_pylist()
    return entries


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
