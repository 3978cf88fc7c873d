"""What pages show of the data behind an answer: how old they are, what they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString

from app.answer_pages.labels import mode_words
from exposure_index.files.manifest import Manifest

COVERAGE_SHOWN_MAX = 60
GAPS_SHOWN_MAX = 12


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """What one operator's data hold: first and last day, runs of days without data, their age."""

    mode: LazyString | str
    operator: str
    first: date | None
    last: date | None
    gaps: tuple[tuple[date, date], ...]
    more_gaps: int
    oldest_source: datetime | None


@dataclass(frozen=True, slots=True)
class DataShown:
    """One authority's data: how old, how far, and what they cover."""

    authority: str
    built_at: datetime
    oldest_source: datetime
    valid_until: datetime
    coverage: tuple[CoverageShown, ...]
    more_coverage: int


def data_shown(manifests: Sequence[Manifest]) -> tuple[DataShown, ...]:
    """Return age and coverage of the data, one entry an authority."""
    return tuple(
        DataShown(
            authority=manifest.authority,
            built_at=manifest.built_at,
            oldest_source=manifest.oldest_source,
            valid_until=manifest.valid_until,
            coverage=tuple(map(_coverage, manifest.coverage[:COVERAGE_SHOWN_MAX])),
            more_coverage=max(0, len(manifest.coverage) - COVERAGE_SHOWN_MAX),
        )
        for manifest in manifests
    )


def _coverage(item: Any) -> CoverageShown:  # noqa: ANN401 - as signed, of any shape
    given = item if isinstance(item, dict) else {}
    gaps = _runs(day for day in map(_day, given.get("gaps") or ()) if day)
    return CoverageShown(
        mode=mode_words(str(given.get("mode", ""))),
        operator=str(given.get("operator") or ""),
        first=_day(given.get("from")),
        last=_day(given.get("to")),
        gaps=tuple(gaps[:GAPS_SHOWN_MAX]),
        more_gaps=max(0, len(gaps) - GAPS_SHOWN_MAX),
        oldest_source=_moment(given.get("oldest_source")),
    )


def _runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return days as first and last day of each run without a break."""
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
