"""Results as one JSON document, written row by row; each cell exactly as it came."""

import json
from collections.abc import Iterable, Iterator, Sequence

from app.bulk.results.columns import RowResult, own_cells, result_columns

BLOCK_CHARACTERS = 65_536
ENCODER = json.JSONEncoder(ensure_ascii=False)


def json_document(
    job_id: str, builds: Sequence[str], headings: Sequence[str], rows: Iterable[RowResult]
) -> Iterator[bytes]:
    """Yield ``{"id", "builds", "columns", "rows": [{column: value}]}`` in UTF-8, 64 KiB at a time.

    Own cells are texts, as they came; what is added is null where there is nothing to say, else a
    text, or a number in duplicate_of.
    """
    columns = result_columns(headings)
    head = ENCODER.encode({"id": job_id, "builds": list(builds), "columns": columns})
    pending = [head[:-1], ', "rows": [']
    size, separator, width = 0, "\n", len(headings)
    for row in rows:
        values = (*own_cells(row, width), *_values(row))
        text = ENCODER.encode(dict(zip(columns, values, strict=True)))
        pending.append(separator + text)
        separator = ",\n"
        size += len(text)
        if size >= BLOCK_CHARACTERS:
            yield _bytes(pending)
            pending, size = [], 0
    yield _bytes([*pending, "\n]}\n"])


def _values(row: RowResult) -> tuple[str | int | None, ...]:
    return (
        row.status,
        row.tier or None,
        row.act_until.isoformat() if row.act_until else None,
        row.reason or None,
        row.duplicate_of,
    )


def _bytes(parts: list[str]) -> bytes:
    return "".join(parts).encode(errors="replace")
