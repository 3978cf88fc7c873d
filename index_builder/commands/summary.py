"""A build's report as lines that a person reads in a minute."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from exposure_index.publishing.publication import PublishOutcome
from index_builder.inquiries.inquiry_counts import InquiryCounts
from index_builder.report.build_report import BuildReport
from index_builder.report.page_texts import WIDENINGS

NAMELESS = {"blank": "no name", "filler": "a filler or mask as name"}


def summary_lines(report: BuildReport) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield f"build      {report.build_id}"
    yield f"rules      {', '.join(report.rules)}"
    for name, rows in report.rows.items():
        yield f"table      {name}: {rows:,} rows{_losses(report, name)}"
    yield (
        f"cases      {report.cases:,} with {report.case_legs:,} trips, of which "
        f"{report.case_legs_outside_window:,} outside the infectious period"
    )
    if report.case_legs_from_manifests:
        yield f"           {report.case_legs_from_manifests:,} trips known from manifests only"
    for rule, mode, tier, people in report.exposures:
        yield f"exposed    {people:,} people by {mode}, {tier} (rule {rule})"
    yield from _not_as_usual_lines(report)
    if report.inquiries is not None:
        yield from inquiries_lines(report.inquiries)
    for name, count in report.widenings.items():
        if count:
            yield f"widened    {count:,} {WIDENINGS.get(name, (name,))[0]}"
    for table, column, reason, count in report.reasons:
        yield f"rejected   {count:,} × {table}{'.' if column else ''}{column}: {reason}"
    for table, column, reason, count in report.warnings:
        yield f"kept       {count:,} × {table}{'.' if column else ''}{column}: {reason}"
    for rules in report.not_in_force:
        yield f"note       {rules.remark}"
    for remark in report.remarks:
        yield f"note       {remark}"
    yield f"listed     {report.people:,} people under {report.entries:,} entries"
    yield f"data up to {report.oldest_source:%Y-%m-%d %H:%M} UTC (oldest source)"


def _not_as_usual_lines(report: BuildReport) -> Iterator[str]:
    for disease, count in report.unruled.items():
        cases = f"{count:,} case{'' if count == 1 else 's'} of {disease}"
        yield f"LEFT OUT   {cases}: no rule set is for it, and every answer says so"
    if report.cleared:
        yield f"cleared    {report.cleared:,} exposures ended by a clearance"
    for row in report.coverage:
        if row["unread"]:
            carrier = f"{row['mode'] or 'mode not known'} {row['operator'] or '(not named)'}"
            yield f"UNREAD     {row['unread']} rows of {carrier} list nobody, every answer says so"
    if report.unresolved:
        yield f"UNRESOLVED {report.unresolved:,} exposed legs name no usable document: not listed"
    for what, count in report.nameless.items():
        if count:
            yield f"nameless   {count:,} exposed legs with {NAMELESS[what]}: under the number alone"


def _losses(report: BuildReport, name: str) -> str:
    rejected, duplicates = report.rejected[name], report.duplicates[name]
    words = f", {rejected:,} rejected" if rejected else ""
    if duplicates:
        words += f", {duplicates:,} duplicate{'s' if duplicates > 1 else ''}"
        if name == "legs":
            words += f" among the {report.compared[name]:,} read closely"
    return words


def inquiries_lines(counts: InquiryCounts) -> Iterator[str]:
    """Yield how many inquiries are not closed, and the next command where one is to be asked."""
    states = {row.state for row in counts.rows}
    if states - {"closed"}:
        todo = "; index-builder inquiries export" if "open" in states else ""
        yield f"inquiries  {inquiries_words(counts)}{todo}"


def inquiries_words(counts: InquiryCounts) -> str:
    """Return how many inquiries are in which state, those that want something done first."""
    by_state = Counter[str]()
    for row in counts.rows:
        by_state[row.state] += row.inquiries
    words = {"open": "to hand out", "exported": "with departments", "answered": "answered"}
    return ", ".join(f"{by_state[state]:,} {word}" for state, word in words.items())


def outcome_line(out: Path, build_id: str, outcome: PublishOutcome | None) -> str:
    """Return what has become of the candidate and what to do next."""
    if outcome is None:
        return f"candidate  {out / build_id}; next: index-builder publish {out} {build_id} --keys …"
    if outcome.switched:
        return f"published  {out / 'current'} is now {build_id}, seq {outcome.seq}"
    return (
        f"signed     {outcome.signatures} of {outcome.threshold} signatures; the next signer runs "
        f"index-builder publish {out} {build_id} --keys …"
    )
