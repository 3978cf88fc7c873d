"""Compares two builds: people, tables, coverage and rules, as data."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.label.model import Tier
from index_builder.comparison.people_comparison import PeopleComparison, compare_people
from index_builder.report.report_json import signed_report
from index_builder.runtime.casework import Casework
from index_builder.runtime.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BuildComparison:
    """What the new build would change, under the names of `diff --json`.

    people: None where there are no digests of both.

    listed: by the reports, then and now, None for 1 to 4 people or no report; tables: rows then
    and now, None where absent; lost: (mode, operator, first day, last day, days) covered before
    only; rules_gone, rules_new: names.
    """

    old: str
    new: str
    listed: tuple[int | None, int | None]
    people: PeopleComparison | None
    tables: Mapping[str, tuple[int | None, int | None]]
    lost: list[tuple[str, str, str, str, int]]
    rules_gone: list[str]
    rules_new: list[str]
    rule_names: Mapping[int, str]

    def as_json(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        document = asdict(self)
        if self.people is not None:
            document["people"]["by_kind"] = {
                kind: [
                    {
                        "mode": mode,
                        "rule": self.rule_name(rule),
                        "tier": Tier(tier).word,
                        "people": n,
                    }
                    for mode, rule, tier, n in rows
                ]
                for kind, rows in self.people.by_kind.items()
            }
        del document["rule_names"]
        return document

    def rule_name(self, number: int) -> str:
        """Return the name of a rule set of either build."""
        return self.rule_names.get(number, str(number))


def compare_builds(old: Path, new: Path, casework: Casework) -> BuildComparison:
    """Compare two build directories. Raises a Refused where they are not whole or of other keys."""
    manifests = [Manifest.load(build / MANIFEST_FILE) for build in (old, new)]
    reports = [signed_report(build) for build in (old, new)]
    figures = [None if report is None else report["key_figures"]["listed"] for report in reports]
    rules = [{name: rule["number"] for name, rule in m.rules.items()} for m in manifests]
    return BuildComparison(
        old=manifests[0].build_id,
        new=manifests[1].build_id,
        listed=(figures[0], figures[1]),
        people=_people(manifests, casework),
        tables=_tables(*reports),
        lost=_lost(manifests[0].coverage, manifests[1].coverage),
        rules_gone=sorted({*rules[0]} - {*rules[1]}),
        rules_new=sorted({*rules[1]} - {*rules[0]}),
        rule_names={number: name for names in rules for name, number in names.items()},
    )


def _people(manifests: list[Manifest], casework: Casework) -> PeopleComparison | None:
    places = [casework.digests(manifest.build_id) for manifest in manifests]
    if not all(place.exists() for place in places):
        return None
    new = manifests[1]
    with Workspace(casework.path) as work:
        numbers = {rule["number"] for rule in new.rules.values()}
        return compare_people(
            work, places[0], places[1], numbers, {row["mode"] for row in new.coverage}
        )


def _tables(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> dict[str, tuple[int | None, int | None]]:
    """Return the rows of each table then and now; 0 where the table is not there."""
    rows = [
        {row["table"]: row["rows"] for row in report["tables"]} if report else {}
        for report in (old, new)
    ]
    names = sorted({*rows[0], *rows[1]})
    return {name: (rows[0].get(name, 0), rows[1].get(name, 0)) for name in names}


def _lost(old: Iterable[Any], new: Iterable[Any]) -> list[tuple[str, str, str, str, int]]:
    covered_now = _days(new)
    losses = []
    for (mode, operator), days in sorted(_days(old).items()):
        if days_lost := sorted(days - covered_now.get((mode, operator), set())):
            losses.append(
                (
                    mode,
                    operator,
                    days_lost[0].isoformat(),
                    days_lost[-1].isoformat(),
                    len(days_lost),
                )
            )
    return losses


def _days(coverage: Iterable[Any]) -> dict[tuple[str, str], set[date]]:
    """Return the days with legs of each mode and operator."""
    covered: dict[tuple[str, str], set[date]] = {}
    for row in coverage:
        if "from" not in row:
            continue  # nothing of that carrier could be read
        first, last = (date.fromisoformat(row[end]) for end in ("from", "to"))
        days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        covered[row["mode"], row["operator"]] = days - {date.fromisoformat(g) for g in row["gaps"]}
    return covered
