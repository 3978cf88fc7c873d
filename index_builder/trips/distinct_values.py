"""Reads distinct values: text is parsed once a value, never once a row, then joined back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis

from index_builder.runtime.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How some columns are understood together.

    name: of the stored table of meanings. columns: compared as they are, so blanks must have been
    filled with "". meaning: called once for each distinct combination; returns the rows of
    `schema` that stand for it: one row, or several where the value names several things.
    """

    name: str
    columns: tuple[str, ...]
    schema: Mapping[str, str]
    meaning: Callable[..., Iterable[tuple[Any, ...]]]


def with_meanings(
    work: Workspace, table: ibis.Table, words: Vocabulary, values_of: ibis.Table | None = None
) -> ibis.Table:
    """Return the table joined with what the values of a vocabulary's columns mean.

    values_of: has every combination of these columns that the table has, where that is known.
    """
    values_of = table if values_of is None else values_of
    distinct = values_of.select(*words.columns).distinct().to_pyarrow()
    values = [distinct[column].to_pylist() for column in words.columns]
    rows = [
        (*combination, *row)
        for combination in zip(*values, strict=True)
        for row in words.meaning(*combination)
    ]
    if len(rows) == len(values[0]) == 1:
        # Often a column is not delivered: one value for all needs no join.
        alone = zip(words.schema.items(), rows[0][len(words.columns) :], strict=True)
        return table.mutate(**{name: _constant(value, kind) for (name, kind), value in alone})
    types = {f"{column}_is": str(table[column].type()) for column in words.columns}
    meanings = work.small(words.name, {**types, **words.schema}, rows)
    joined = table.inner_join(
        meanings, [table[column] == meanings[f"{column}_is"] for column in words.columns]
    )
    return joined.drop(*types)


def _constant(value: Any, kind: str) -> ibis.Value:  # noqa: ANN401 - a cell of any type
    return ibis.null(kind) if value is None else ibis.literal(value, kind)
