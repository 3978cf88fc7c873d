"""report.json: figures and facts of a build, small counts suppressed; see docs/report.md."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from exposure_index.errors import Malformed
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest, utc_text
from exposure_index.publishing.build_facts import BuildFacts
from index_builder.inquiries.inquiry_counts import InquiryCount
from index_builder.report.build_report import BuildReport
from index_builder.report.figures import COUNTS, Figures
from index_builder.report.suppression import safe_count, safe_rows

REPORT_FORMAT = "contact-gauge-report"
REPORT_VERSION = 1
REPORT_FILE = "report.json"
DECIMALS = 2
_ABOUT_ONE_PERSON = frozenset({"passenger", "holder", "number"})


def report_document(report: BuildReport, figures: Figures, facts: BuildFacts) -> dict[str, Any]:
    """Return report.json as data; counts of 1 to 4 people are null, and named in `suppressed`."""
    rule_names = {rule["number"]: name for name, rule in facts.rules.items()}
    return {
        "format": REPORT_FORMAT,
        "version": REPORT_VERSION,
        "build_id": report.build_id,
        "authority": facts.authority,
        "built_at": utc_text(facts.built_at),
        "oldest_source": utc_text(facts.oldest_source),
        "rules": [
            {"name": name, "title": rule.get("title", name), "disease": rule["disease"]}
            for name, rule in sorted(facts.rules.items())
        ],
        "not_in_force": [asdict(row) for row in report.not_in_force],
        "key_figures": _key_figures(report, figures),
        "by_exposure_day": safe_rows(_dated(figures.by_exposure_day, "day"), COUNTS),
        "by_mode_and_rule": safe_rows(
            [
                {**row, "rule": rule_names.get(row["rule"], str(row["rule"]))}
                for row in figures.by_mode_and_rule
            ],
            COUNTS,
        ),
        "by_case_day": _with_rates(_dated(figures.by_case_day, "case_date")),
        "by_reporter": _with_rates(figures.by_reporter),
        "coverage": list(facts.coverage),
        "widenings": _safe_counts(report.widenings),
        "unruled": [
            {"disease": disease, "cases": safe_count(cases)}
            for disease, cases in report.unruled.items()
        ],
        "cleared": safe_count(report.cleared),
        "unresolved": safe_count(report.unresolved),
        "nameless": _safe_counts(report.nameless),
        "tables": [_table(report, name) for name in sorted(report.rows)],
        "rejected": _reasons(report.reasons),
        "kept_with_warning": _reasons(report.warnings),
        "inquiries": None
        if report.inquiries is None
        else [_inquiries(row) for row in report.inquiries.rows],
        "remarks": list(report.remarks),
    }


def signed_report(build: Path) -> dict[str, Any] | None:
    """Return a build's report, None where there is none or it is not the one that was signed.

    build: OUT (then `current`), or one build.
    """
    try:
        folder = build_directory(build)
        manifest = Manifest.load(folder / MANIFEST_FILE)
        data = (folder / REPORT_FILE).read_bytes()
        if sha256(data).hexdigest() != manifest.files.get(REPORT_FILE):
            return None
        report: dict[str, Any] = json.loads(data)
    except (Malformed, OSError, ValueError):
        return None
    version = (report.get("format"), report.get("version"))
    return report if version == (REPORT_FORMAT, REPORT_VERSION) else None


def rates(close: int | None, became: int | None, cases: int | None) -> dict[str, float | None]:
    """Return the two indicators, None where a count is not told or nothing can be divided.

    tracking_coefficient: close contacts for each case; turn_positive_rate: the share of close
    contacts who became cases, from 0 to 1.
    """
    return {
        "tracking_coefficient": None
        if close is None or not cases
        else round(close / cases, DECIMALS),
        "turn_positive_rate": None if became is None or not close else round(became / close, 4),
    }


def _key_figures(report: BuildReport, figures: Figures) -> dict[str, Any]:
    exact = {**figures.overall, "listed": report.people}
    safe: dict[str, Any] = {name: safe_count(count) for name, count in exact.items()}
    if safe_count(exact["close"] - exact["became_cases"]) is None:
        safe["became_cases"] = None
    return {
        **safe,
        **rates(safe["close"], safe["became_cases"], safe["cases"]),
        "entries": safe_count(report.entries),
        "suppressed": [name for name in exact if safe[name] is None],
    }


def _with_rates(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**row, **rates(row["close"], row["became_cases"], row["cases"])}
        for row in safe_rows(rows, ("cases", *COUNTS))
    ]


def _dated(rows: Sequence[Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    return [{**row, key: row[key].isoformat() if row[key] else None} for row in rows]


def _safe_counts(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"kind": kind, "count": safe_count(count)} for kind, count in counts.items() if count]


def _inquiries(row: InquiryCount) -> dict[str, Any]:
    """Return one count of questions; where each is one person, suppressed like people."""
    count = safe_count(row.inquiries) if row.kind in _ABOUT_ONE_PERSON else row.inquiries
    suppressed = ["inquiries"] if count is None else []
    return {**asdict(row), "inquiries": count, "suppressed": suppressed}


def _table(report: BuildReport, name: str) -> dict[str, Any]:
    """Return one table's control total; rows less the others would tell a small `used`."""
    rejected, duplicates = report.rejected[name], report.duplicates[name]
    used = safe_count(report.rows[name] - duplicates - rejected)
    return {
        "table": name,
        "rows": None if used is None else safe_count(report.rows[name]),
        "used": used,
        "duplicates": duplicates,
        "rejected": rejected,
        "compared": safe_count(report.compared[name]),
    }


def _reasons(rows: Sequence[tuple[str, str, str, int]]) -> list[dict[str, Any]]:
    return [
        {"table": table, "column": column, "reason": reason, "rows": count}
        for table, column, reason, count in rows
    ]
