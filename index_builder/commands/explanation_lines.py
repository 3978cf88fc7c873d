"""An explanation as lines for the one who must answer a caller, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from exposure_index.label.model import Relation, Tier
from index_builder.explaining.explanation import Explanation
from index_builder.explaining.findings import Finding, Row
from index_builder.report.page_texts import WIDENINGS

_VERDICTS = {
    "listed": "LISTED",
    "cleared": "not listed: a clearance ended it",
    "own": "not listed: the person is the case itself",
    "outside_period": "not listed: outside the infectious period of the case",
    "apart": "not listed: stops or times prove that they were not aboard together",
    "no_rule": "not listed: the rule set has no rule for this trip",
    "outside_zone": "not listed: outside the zone of the rule",
}
_ORDER = list(_VERDICTS)


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """Yield the lines: what the index says, whether it agrees, then every finding."""
    if explanation.index_trips is None:
        yield "index      none is published; only the source was asked"
    elif explanation.index_trips:
        yield f"index      {explanation.build_id} lists this person:"
        for trip in explanation.index_trips:
            journey = f"{trip.mode.word} {trip.number}, {trip.service_date}"
            until = f", observed until {trip.observe_until}" if trip.observe_until else ""
            yield f"           {trip.tier.word}, {journey}{until}"
    else:
        yield f"index      {explanation.build_id} does not list this person"
    yield f"source     {_source_says(explanation)}"
    if not explanation.agrees:
        changed = ", ".join(explanation.changed_since) or "none is newer: other rules, perhaps?"
        yield f"DIFFERENT  the index says otherwise; tables changed since it was built: {changed}"
    if explanation.documents > 1:
        yield f"documents  {explanation.documents} are known to be this person's"
    for finding in sorted(explanation.findings, key=lambda one: _ORDER.index(one.verdict)):
        yield from _finding(explanation, finding)


def _source_says(explanation: Explanation) -> str:
    if explanation.listed_now:
        return "as it is now lists this person"
    if any(one.verdict == "listed" for one in explanation.findings):
        return "knows this document under another name: it is listed, this name is not"
    if explanation.findings:
        return "as it is now does not list this person"
    doubtful = (
        f"; {explanation.doubtful_rows:,} of legs are left out or doubtful and may be of one: "
        "see the list of rejects of the build"
    )
    no_row = "has no row of this person on a trip with a case"
    return no_row + (doubtful if explanation.doubtful_rows else "")


def _finding(explanation: Explanation, finding: Finding) -> Iterator[str]:
    yield ""
    trip = f"{finding.mode} {finding.trip}".strip()
    case = finding.case_id or "not told"
    yield f"{_VERDICTS[finding.verdict]}: {trip}, {finding.day}, case {case}"
    if finding.tier:
        relation = Relation(finding.relation).word.replace("_", " ")
        yield f"  tier     {Tier(finding.tier).word} ({relation})"
    rule = explanation.rules.get(finding.rule)
    if rule is not None:
        words = rule.words.get(finding.mode, {}).get("en", "")
        yield f"  rule     {rule.name}{': ' if words else ''}{words}"
    if finding.rows:
        yield f"  person   {_rows(finding.rows)}"
    if finding.case_rows:
        yield f"  case     {_rows(finding.case_rows)}"
    for kind in finding.widenings:
        yield f"  widened  {WIDENINGS.get(kind, (kind,))[0]}"


def _rows(rows: tuple[Row, ...]) -> str:
    return ", ".join(f"{table} row {row}" for table, row in rows)


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON can hold it; no identity is in it."""
    trips = explanation.index_trips
    return {
        "build_id": explanation.build_id,
        "index": None
        if trips is None
        else [
            {
                "tier": trip.tier.word,
                "mode": trip.mode.word,
                "number": trip.number,
                "service_date": trip.service_date.isoformat(),
                "rule": trip.rule,
                "observe_until": trip.observe_until and trip.observe_until.isoformat(),
            }
            for trip in trips
        ],
        "listed_now": explanation.listed_now,
        "agrees": explanation.agrees,
        "changed_since": explanation.changed_since,
        "doubtful_rows": explanation.doubtful_rows,
        "findings": [_finding_json(explanation, finding) for finding in explanation.findings],
    }


def _finding_json(explanation: Explanation, finding: Finding) -> dict[str, Any]:
    rule = explanation.rules.get(finding.rule)
    document = asdict(finding) | {
        "day": finding.day.isoformat(),
        "rule": rule.name if rule else None,
        "tier": Tier(finding.tier).word,
        "relation": Relation(finding.relation).word,
    }
    del document["person"]  # a document number
    return document
