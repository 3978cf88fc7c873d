"""Groups what many cases ask into distinct questions, in the engine, and streams them out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import ibis

from index_builder.exposures.cases import CasesRead
from index_builder.runtime.workspace import Workspace

_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Distinct:
    """One distinct question: its key, what else was found of it, and who asks it (see Question)."""

    key: tuple[str, ...]
    found: Mapping[str, str]
    requesters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What some cases ask. table: case_id, the columns of `key` and what `found` aggregates.

    name: under which the groups are stored; found: column → aggregate of `table`, the least over
    all requesters being taken, of one that ends in _to the greatest.
    """

    name: str
    table: ibis.Table
    key: tuple[str, ...]
    found: Mapping[str, Any]


def distinct_questions(work: Workspace, cases: CasesRead, asked: Asked) -> Iterator[Distinct]:
    """Yield each distinct question once, in the order of their keys."""
    grouped = asked.table.select(*asked.key, "case_id").distinct()
    if asked.found:
        grouped = asked.table.group_by([*asked.key, "case_id"]).agg(**asked.found)
    grouped = grouped.inner_join(_reporters(cases), "case_id")
    ends = {
        name: grouped[name].max() if name.endswith("_to") else grouped[name].min()
        for name in asked.found
    }
    grouped = grouped.group_by([*asked.key, "reported_by"]).agg(
        **ends, cases=grouped.case_id.nunique()
    )
    kept = work.keep(asked.name, grouped)
    rows = (
        row
        for batch in work.stream(kept.order_by([*asked.key, "reported_by"]), _BATCH_ROWS)
        for row in batch.to_pylist()
    )
    for key, same in groupby(rows, lambda row: tuple(_text(row[name]) for name in asked.key)):
        group = list(same)
        found = {name: _over_all(name, [row[name] for row in group]) for name in asked.found}
        yield Distinct(key, found, {row["reported_by"]: row["cases"] for row in group})


def _reporters(cases: CasesRead) -> ibis.Table:
    reported_by = cases.table.reported_by.fill_null("")
    return cases.table.select("case_id", reported_by=reported_by).distinct()


def _over_all(name: str, values: list[Any]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return ""
    return _text(max(known) if name.endswith("_to") else min(known))


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a column of the engine holds
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
