"""Seals what is said of each person under every spelling of each document, in worker processes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache, partial
from itertools import chain
from typing import Any

import pyarrow as pa

from exposure_index.label import (
    CARRIAGE_NONE,
    CARRIAGE_OTHER,
    DAY_ZERO,
    EXPOSURES_MAX,
    TOTAL_OR_MORE,
    Exposure,
    Label,
    Mode,
    Relation,
    Tier,
)
from exposure_index.sealing import SealedBlock, Sealing, packed_listed
from exposure_index.spellings import entries_of_person
from index_builder.normalise.documents import document_kind
from index_builder.people.labels import EXPOSURE_PARTS, TOLD_COLUMNS, ListedPeople
from index_builder.workers import each_batch
from index_builder.workspace import Workspace

_BATCH_ROWS = 20_000
_LABELS_KEPT = 1 << 16


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
        seen = 0
        tables = (people.plain, people.manifold)
        batches = chain.from_iterable(work.stream(table, _BATCH_ROWS) for table in tables)
        for count, block in each_batch(partial(_sealed, sealing), batches, people.count):
            seen += count
            yield block
        if seen != people.count:
            message = f"{seen} of {people.count} people came out of the engine"
            raise PeopleLost(message)

    return blocks


def _sealed(sealing: Sealing, batch: pa.RecordBatch) -> tuple[int, SealedBlock]:
    """Return how many people a batch holds, and their sealed entries."""
    told = zip(*(batch.column(name).to_pylist() for name in TOLD_COLUMNS), strict=True)
    return batch.num_rows, sealing.block(_entries(zip(_documents(batch), told, strict=True)))


def _entries(
    people: Iterable[tuple[list[tuple[str, str, frozenset[str]]], Sequence[Any]]],
) -> Iterator[tuple[bytes, bytes]]:
    for documents, told in people:
        label = _label(*told)
        found = entries_of_person(documents)
        if not found:
            raise PeopleLost("a person without a document")
        for encoded in found:
            yield encoded, label


def _documents(batch: pa.RecordBatch) -> Iterator[list[tuple[str, str, frozenset[str]]]]:
    """Yield the documents of each person: id_type, number, names as written."""
    if "documents" not in batch.schema.names:
        columns = (batch.column(name).to_pylist() for name in ("id_type", "document", "name"))
        for id_type, document, name in zip(*columns, strict=True):
            yield (
                [] if document is None else [(document_kind(id_type), document, frozenset((name,)))]
            )
        return
    for rows in batch.column("documents").to_pylist():
        names: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            key = (document_kind(row["id_type"]), row["document"])
            names.setdefault(key, set()).add(row["name"])
        yield [(kind, document, frozenset(found)) for (kind, document), found in names.items()]


@lru_cache(_LABELS_KEPT)
def _label(total: int, until: int | None, *parts: Any) -> bytes:  # noqa: ANN401 - cells of a row
    """Return the packed label of TOLD_COLUMNS; contacts of one case share most of it."""
    size = len(EXPOSURE_PARTS)
    trips = [parts[place * size : (place + 1) * size] for place in range(EXPOSURES_MAX)]
    return packed_listed(
        Label(
            exposures=tuple(_exposure(*trip) for trip in trips if trip[0] is not None),
            total=min(total, TOTAL_OR_MORE),
            observe_until=None if until is None else DAY_ZERO + timedelta(days=until),
        )
    )


def _exposure(  # noqa: PLR0913, PLR0917 - EXPOSURE_PARTS, one by one
    mode: str, tier: int, rule: int, relation: int, day: int, carriage: str | None, trip: str
) -> Exposure:
    return Exposure(
        mode=Mode[mode.upper()],
        tier=Tier(tier),
        rule=rule,
        relation=Relation(relation),
        day=DAY_ZERO + timedelta(days=day),
        carriage=carriage_byte(carriage),
        trip=trip,
    )


def carriage_byte(carriage: str | None) -> int:
    """Return a carriage as the label holds it: its number, 0 for none, 255 for any other."""
    if not carriage:
        return CARRIAGE_NONE
    numbered = carriage.isascii() and carriage.isdigit()
    if numbered and CARRIAGE_NONE < int(carriage) < CARRIAGE_OTHER:
        return int(carriage)
    return CARRIAGE_OTHER
