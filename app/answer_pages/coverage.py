"""The view model of the data behind an answer: their age, what they cover, what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString

from app.answer_pages.texts import PASSENGER_LISTS, disease_list, mode_words
from app.answer_pages.words import AnswerWords
from exposure_index.files.manifest import Manifest
from exposure_index.lookup.result import Missing

COVERAGE_MAX = 60
GAPS_MAX = 12
FEW_UNREAD = "1-4"


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the data of one carrier span: first and last day, runs of days without, their age.

    unread: rows of its lists that list nobody; few_unread: they are 1 to 4, and not counted.
    """

    mode: LazyString | str
    operator: str
    first: date | None
    last: date | None
    gaps: tuple[tuple[date, date], ...]
    more_gaps: int
    oldest_source: datetime | None
    unread: int
    few_unread: bool


@dataclass(frozen=True, slots=True)
class DataView:
    """One authority's data: how old, how far, and what they cover.

    unruled: diseases whose cases are not among them, in words; "" where all are.
    """

    authority: str
    built_at: datetime
    oldest_source: datetime
    valid_until: datetime
    coverage: tuple[CoverageView, ...]
    more_coverage: int
    unruled: str


@dataclass(frozen=True, slots=True)
class MissingView:
    """Whose data do not count, and why: absent, expired, stale or damaged."""

    authority: str
    why: str

    @property
    def absent(self) -> bool:
        """Whether they are not here."""
        return self.why == "absent"

    @property
    def expired(self) -> bool:
        """Whether they may be used no longer."""
        return self.why == "expired"

    @property
    def stale(self) -> bool:
        """Whether their oldest source is too old."""
        return self.why == "stale"

    @property
    def damaged(self) -> bool:
        """Whether they failed a check."""
        return self.why == "damaged"


def data_views(manifests: Sequence[Manifest]) -> tuple[DataView, ...]:
    """Return age and coverage of the data, one entry an authority."""
    return tuple(
        DataView(
            authority=manifest.authority,
            built_at=manifest.built_at,
            oldest_source=manifest.oldest_source,
            valid_until=manifest.valid_until,
            coverage=tuple(map(_coverage, manifest.coverage[:COVERAGE_MAX])),
            more_coverage=max(0, len(manifest.coverage) - COVERAGE_MAX),
            unruled=disease_list(manifest.unruled),
        )
        for manifest in manifests
    )


def missing_view(missing: Missing, words: AnswerWords) -> MissingView:
    """Return what the answer does not cover, under another name where none is known."""
    return MissingView(missing.authority or words.another_authority, missing.why)


def _coverage(item: Any) -> CoverageView:  # noqa: ANN401 - as signed, of any shape
    fields = item if isinstance(item, dict) else {}
    unread = fields.get("unread")
    gaps = _runs(day for day in map(_day, fields.get("gaps") or ()) if day)
    return CoverageView(
        mode=mode_words(str(fields.get("mode") or "")) or PASSENGER_LISTS,
        operator=str(fields.get("operator") or ""),
        first=_day(fields.get("from")),
        last=_day(fields.get("to")),
        gaps=tuple(gaps[:GAPS_MAX]),
        more_gaps=max(0, len(gaps) - GAPS_MAX),
        oldest_source=_moment(fields.get("oldest_source")),
        unread=unread if type(unread) is int and unread > 0 else 0,
        few_unread=unread == FEW_UNREAD,
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
