"""What a new build would change, as lines that a health officer reads in a minute."""

from collections.abc import Iterator

from exposure_index.label.model import Tier
from index_builder.comparison.build_comparison import BuildComparison

_ROWS_MAX = 6
"""How many lines of one kind are shown: everything must fit one screen."""

_KINDS = {
    "gone": "NO LONGER",
    "newly": "newly",
    "raised": "raised",
    "lowered": "lowered",
}
_WORDS = {
    "gone": "people would no longer be listed",
    "newly": "people would be newly listed",
    "raised": "people would be close instead of general",
    "lowered": "people would be general instead of close",
}
_REASONS = {
    "cleared": "their observation ended (cleared)",
    "rule": "the rule set that listed them is not used any more",
    "mode": "there are no manifests of their mode any more",
    "other": "a trip, a case or a row is gone or changed: ask `index-builder why`",
}


def difference_lines(changed: BuildComparison) -> Iterator[str]:
    """Yield the lines, the dangerous ones first."""
    yield f"from       {changed.old}"
    yield f"to         {changed.new}"
    if changed.people is None:
        then, now = (_count(count) for count in changed.listed)
        yield f"listed     {then} people then, {now} now"
        yield "people     not compared: the casework has no digests of both builds (see --casework)"
    else:
        yield "listed     {:,} people then, {:,} now".format(*changed.people.listed)
        if not any(changed.people.totals.values()):
            yield "people     nobody comes or goes, and nobody's tier changes"
        for kind, label in _KINDS.items():
            yield from _people(changed, kind, label)
    for mode, operator, first, last, days in changed.lost[:_ROWS_MAX]:
        days_told = first if first == last else f"{first} to {last} ({days} days)"
        yield f"UNCOVERED  {mode} {operator or '(operator not named)'}: {days_told}"
    if len(changed.lost) > _ROWS_MAX:
        yield f"           and {len(changed.lost) - _ROWS_MAX} more; see --json"
    for label, names in (("rule gone", changed.rules_gone), ("rule new", changed.rules_new)):
        for name in names:
            yield f"{label:<10} {name}"
    for table, (then_rows, now_rows) in changed.tables.items():
        if then_rows != now_rows:
            yield f"table      {table}: {_count(then_rows)} rows then, {_count(now_rows)} now"


def _people(changed: BuildComparison, kind: str, label: str) -> Iterator[str]:
    people = changed.people
    if people is None or not people.totals[kind]:
        return
    yield f"{label:<10} {people.totals[kind]:,} {_WORDS[kind]}"
    if kind == "gone":
        for reason, count in people.gone.items():
            if count:
                yield f"           {count:,}: {_REASONS[reason]}"
    rows = sorted(people.by_kind[kind], key=lambda row: -row[-1])
    for mode, rule, tier, count in rows[:_ROWS_MAX]:
        yield f"           {count:,} by {mode}, {Tier(tier).word}, {changed.rule_name(rule)}"
    if len(rows) > _ROWS_MAX:
        yield f"           and {len(rows) - _ROWS_MAX} more kinds; see --json"


def _count(count: int | None) -> str:
    return "1 to 4, or unknown," if count is None else f"{count:,}"
