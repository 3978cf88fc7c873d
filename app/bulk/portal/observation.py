"""Whose observation is over: on pages these rows stand apart from those to be acted on now.

Threat: somebody is kept from work for a trip of months ago, or is taken for free while observation
goes on. Limit: over is only what has a last day before today, in a check that missed no data; the
files say `exposed` of both, with the day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.bulk.jobs.views import JobView, ResultRow

LISTED = "exposed"
OVER = "over"
"""The state, on pages alone, of a listed row whose observation is over."""


@dataclass(frozen=True, slots=True)
class ObservationDay:
    """The day that the rows of a job are looked at; sure: no data were missing when it ran.

    Of somebody who is listed, another trip may stand in the data that were missing.
    """

    today: date
    sure: bool

    @classmethod
    def of(cls, job: JobView, today: date) -> "ObservationDay":
        """Return how the rows of a job are to be seen on a day."""
        return cls(today, sure=not job.counts.get("incomplete"))

    def is_over(self, last_day: date | None) -> bool:
        """Whether an observation with this last day is over; one without a last day never is."""
        return self.sure and last_day is not None and last_day < self.today

    def state_of(self, row: ResultRow) -> str:
        """Return the state by which a page shows a row."""
        return OVER if row.status == LISTED and self.is_over(row.act_until) else row.status

    def counts(
        self, counts: Mapping[str, int], last_days: Iterable[date | None]
    ) -> Mapping[str, int]:
        """Return counts of rows by the states of pages; last_days: those of the listed rows."""
        over = sum(map(self.is_over, last_days))
        return {**counts, LISTED: counts.get(LISTED, 0) - over, OVER: over}
