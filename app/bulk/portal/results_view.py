"""The page of results: the states as a chart, and row by row where the policy tells of each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import JobView, ResultRow, ResultsGone, ResultTable
from app.bulk.portal.ended_page import render_ended
from app.bulk.portal.observation import LISTED, OVER, ObservationDay
from app.bulk.portal.remark_words import remark_words
from app.bulk.portal.result_page import ALL, ResultChoice, ResultPage, result_page
from app.bulk.portal.state_chart import state_chart
from app.bulk.portal.state_words import (
    STATE_WORDS,
    STATES,
    TIER_WORDS,
    reason_lines,
)
from app.organisations import policy
from app.portal.formats import number_words
from app.portal.row_reasons import reason_text
from app.services import current_services
from app.web.template_context import day_words

ALL_ROWS = lazy_gettext("All rows")


@dataclass(frozen=True, slots=True)
class StateFilter:
    """A state to see the rows of; people: how many there are."""

    state: str
    words: LazyString
    people: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as the page shows it; detail: tier and day, reason, or the row that it repeats."""

    row: int
    state: str
    words: LazyString
    detail: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """Rows to see; previous, next: numbers of pages, 0 where there is none."""

    headings: tuple[str, ...]
    rows: list[RowView]
    filters: list[StateFilter]
    state: str
    search: str
    summary: str
    previous: int
    next: int


def render_results(job: JobView, choice: ResultChoice) -> ResponseReturnValue:
    """Return the page of a job that is done; of its end where the results are gone meanwhile."""
    counts_only = not policy.tells_individuals(job.policy)
    seen, table = job, None
    jobs = BulkJobs.of(current_services())
    try:
        if not counts_only:
            results = jobs.results(job.organisation_id, job.id)
            day = ObservationDay.of(job, current_services().settings.today())
            seen = replace(job, counts=day.counts(job.counts, results.last_days()))
            table = table_view(seen, results, day, choice)
        unread = jobs.unread_rows(job.organisation_id, job.id)
    except ResultsGone:
        return render_ended(job, gone=True)
    return render_template(
        "bulk/results.html",
        job=seen,
        chart=state_chart(seen.counts),
        counts_only=counts_only,
        round_step=policy.ROUNDED_TO,
        table=table,
        remarks=[remark_words(remark) for remark in job.remarks],
        reasons=reason_lines(unread),
        not_checked=sum(each.count for each in unread),
    )


def table_view(
    job: JobView, results: ResultTable, day: ObservationDay, choice: ResultChoice
) -> TableView:
    """Return the rows that were chosen; job: with counts by state of pages. Raises ResultsGone."""
    state = first_state(job.counts) if choice.state is None else choice.state
    if state not in STATES:
        state = ALL
    choice = replace(choice, state=state)
    page = result_page(results, choice, day.state_of)
    return TableView(
        headings=results.headings,
        rows=[row_view(row, day.state_of(row)) for row in page.rows],
        filters=state_filters(job, state),
        state=state,
        search=choice.search,
        summary=summary(page, choice),
        previous=choice.page - 1,
        next=choice.page + 1 if page.has_next else 0,
    )


def first_state(counts: Mapping[str, int]) -> str:
    """Return whose rows a page begins with: under observation, else listed at all, else all."""
    return next((state for state in (LISTED, OVER) if counts.get(state)), ALL)


def state_filters(job: JobView, here: str) -> list[StateFilter]:
    """Return the states that occur, and all rows."""
    states = [StateFilter(ALL, ALL_ROWS, job.rows, here == ALL)]
    for state in STATES:
        if job.counts.get(state):
            people = job.counts[state]
            states.append(StateFilter(state, STATE_WORDS[state], people, here == state))
    return states


def row_view(row: ResultRow, state: str) -> RowView:
    """Return a row with its state in words."""
    return RowView(row.row, state, STATE_WORDS[state], row_detail(row, state), row.cells)


def row_detail(row: ResultRow, state: str) -> str:
    """Return what belongs to the state of a row."""
    if state in {LISTED, OVER}:
        tier = str(TIER_WORDS.get(row.tier, ""))
        if row.act_until is None:
            return tier
        values = {"tier": tier, "day": day_words(row.act_until)}
        if state == OVER:
            return str(gettext("%(tier)s, observed until %(day)s", **values))
        return str(gettext("%(tier)s, act until %(day)s", **values))
    if row.status == "duplicate":
        return str(gettext("same as row %(row)s", row=row.duplicate_of))
    if row.status == "not_checked":
        return str(reason_text(row.reason).title)
    return ""


def summary(page: ResultPage, choice: ResultChoice) -> str:
    """Return how many rows are to be seen, as a screen reader announces it."""
    if not page.rows:
        return str(gettext("No matching rows."))
    last = page.first + len(page.rows) - 1
    if page.first == 1 and not page.has_next:
        return str(ngettext("%(num)s row", "%(num)s rows", last))
    values = {"first": number_words(page.first), "last": number_words(last)}
    return str(gettext("Matching rows %(first)s to %(last)s", **values))
