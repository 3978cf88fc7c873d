"""Compares the people of two builds: who comes, who goes and why, whose tier changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq

from exposure_index.errors import KeyRefused
from index_builder.comparison.digests import KEY_FIELD
from index_builder.runtime.workspace import Workspace

KINDS = ("newly", "gone", "raised", "lowered")
REASONS = ("cleared", "rule", "mode", "other")
"""Why somebody is no longer listed: their observation ended; no rule set that listed them is used
any more; no passenger lists of the modes are there; something else (a trip, a case, a table)."""


@dataclass(frozen=True, slots=True)
class PeopleComparison:
    """Counts of people, under the names of `diff --json`.

    listed: then and now; by_kind: (mode, rule, tier, people) by KINDS; gone: by REASONS. A person
    is gone where any document that was listed is not any more.
    """

    listed: tuple[int, int]
    totals: Mapping[str, int]
    by_kind: Mapping[str, list[tuple[str, int, int, int]]]
    gone: Mapping[str, int]


def compare_people(
    work: Workspace, old: Path, new: Path, rules: Collection[int], modes: Collection[str]
) -> PeopleComparison:
    """Compare the digests of two builds.

    rules, modes: numbers of the rule sets, and modes with passenger lists, of the new one. Raises
    KeyRefused where the two were made with different keys.
    """
    if _key_of(old) != _key_of(new):
        raise KeyRefused("the digests of the two builds were made with different keys")
    then, now = (
        work.keep(name, work.read_parquet(path)) for name, path in (("then", old), ("now", new))
    )
    listed, still = then.filter(then.open), now.filter(now.open)
    lost = work.keep("lost", listed.anti_join(still, "document"))
    # Somebody is new where none of their documents was listed; another document is no news.
    listed_before = still.semi_join(listed, "document").select("person").distinct()
    newly = work.keep("newly", still.anti_join(listed_before, "person"))
    tiers = listed.group_by(["person", "document"]).agg(before=listed.tier.min())
    after = still.group_by("document").agg(tier=still.tier.min())
    moved = work.keep("moved", tiers.inner_join(after, "document"))
    by_document = still.join(moved.drop("person", "tier"), "document")
    return PeopleComparison(
        listed=(_people(listed), _people(still)),
        totals={
            "newly": _people(newly),
            "gone": _people(lost),
            "raised": _people(moved.filter(moved.tier < moved.before)),
            "lowered": _people(moved.filter(moved.tier > moved.before)),
        },
        by_kind={
            "newly": _by_kind(newly),
            "gone": _by_kind(lost),
            "raised": _by_kind(by_document.filter(by_document.tier < by_document.before)),
            "lowered": _by_kind(by_document.filter(by_document.tier > by_document.before)),
        },
        gone=_reasons(lost, now, rules, modes),
    )


def _key_of(path: Path) -> Any:  # noqa: ANN401 - bytes, or None
    return (pq.read_schema(path).metadata or {}).get(KEY_FIELD)


def _people(rows: ibis.Table) -> int:
    return int(rows.person.nunique().execute())


def _by_kind(rows: ibis.Table) -> list[tuple[str, int, int, int]]:
    counts = rows.group_by(["mode", "rule", "tier"]).agg(people=rows.person.nunique())
    rows_of_kinds = counts.order_by(["mode", "rule", "tier"]).to_pyarrow().to_pylist()
    return [(row["mode"], row["rule"], row["tier"], row["people"]) for row in rows_of_kinds]


def _reasons(
    lost: ibis.Table, now: ibis.Table, rules: Collection[int], modes: Collection[str]
) -> dict[str, int]:
    ended = now.filter(~now.open).select("document").distinct().mutate(ended=True)
    marked = lost.left_join(ended, "document").drop("document_right")
    people = marked.group_by("person").agg(
        cleared=marked.ended.fill_null(False).all(),
        rule=marked.rule.isin(sorted(rules)).any(),
        mode=marked["mode"].isin(sorted({*modes, "setting"})).any(),
    )
    reason = ibis.cases(
        (people.cleared, "cleared"),
        (~people.rule, "rule"),
        (~people["mode"], "mode"),
        else_="other",
    )
    counts = people.mutate(reason=reason).group_by("reason").agg(people=lambda t: t.count())
    people_of_reason = {row["reason"]: row["people"] for row in counts.to_pyarrow().to_pylist()}
    return {name: people_of_reason.get(name, 0) for name in REASONS}
