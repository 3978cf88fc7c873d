"""Groups the questions of many cases into distinct ones, in the engine, and streams them out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import ibis

from index_builder.exposures.cases import Cases
from index_builder.runtime.workspace import Workspace

_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class DistinctQuestion:
    """One distinct question: its key, further details, and its requesters (see Question)."""

    key: tuple[str, ...]
    details: Mapping[str, str]
    requesters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QuestionGroups:
    """Questions of one kind to be grouped. table: case_id, the columns of `key` and of `details`.

    name: under which the groups are stored; details: column → aggregate of `table`, the least over
    all requesters being taken, of one that ends in _to the greatest.
    """

    name: str
    table: ibis.Table
    key: tuple[str, ...]
    details: Mapping[str, Any]


def distinct_questions(
    work: Workspace, cases: Cases, groups: QuestionGroups
) -> Iterator[DistinctQuestion]:
    """Yield each distinct question once, in the order of their keys."""
    grouped = groups.table.select(*groups.key, "case_id").distinct()
    if groups.details:
        grouped = groups.table.group_by([*groups.key, "case_id"]).agg(**groups.details)
    grouped = grouped.inner_join(_reporters(cases), "case_id")
    ends = {
        name: grouped[name].max() if name.endswith("_to") else grouped[name].min()
        for name in groups.details
    }
    grouped = grouped.group_by([*groups.key, "reported_by"]).agg(
        **ends, cases=grouped.case_id.nunique()
    )
    stored = work.keep(groups.name, grouped)
    rows = (
        row
        for batch in work.stream(stored.order_by([*groups.key, "reported_by"]), _BATCH_ROWS)
        for row in batch.to_pylist()
    )
    for key, same in groupby(rows, lambda row: tuple(_text(row[name]) for name in groups.key)):
        group = list(same)
        details = {name: _over_all(name, [row[name] for row in group]) for name in groups.details}
        yield DistinctQuestion(key, details, {row["reported_by"]: row["cases"] for row in group})


def _reporters(cases: Cases) -> ibis.Table:
    reported_by = cases.table.reported_by.fill_null("")
    return cases.table.select("case_id", reported_by=reported_by).distinct()


def _over_all(name: str, values: list[Any]) -> str:
    present = [value for value in values if value is not None]
    if not present:
        return ""
    return _text(max(present) if name.endswith("_to") else min(present))


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a column of the engine holds
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
