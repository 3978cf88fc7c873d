"""What those who ask about jobs are given: who asks, a job, its preview, its results."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from tables.staff_lists.staff_list import Remark

JobStatus = Literal["draft", "queued", "running", "done", "cancelled", "failed"]
RowStatus = Literal["exposed", "not_found", "incomplete", "not_checked", "duplicate"]
ROW_STATES: tuple[RowStatus, ...] = (
    "exposed",
    "not_found",
    "incomplete",
    "not_checked",
    "duplicate",
)
QUOTA = "quota"
"""The reason of a row that the quota of the organisation does not cover."""
INDEX_REASON = "index_"
"""How the reason of an incomplete row begins: index_absent, _expired, _stale or _damaged."""
PREVIEW_ROWS = 10
RowSpan = tuple[int, int]
"""Rows that follow each other: the numbers of the first and of the last."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts for an organisation; actor: name of the account, or ``key:<id>``."""

    organisation_id: int
    actor: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as it stands now.

    counts: rows by state as its policy lets them be told: exact, and then they add up to ``rows``
    once it is done, or rounded and 0 until then; builds: the build ids that every row is answered
    from; times: seconds since 1970; failure: a code of ``tables`` or of
    ``failures``; failure_row, failure_column: where, from 1 and from 0; waiting: why nothing
    happens now, "" where something does; rows_per_second and seconds_left: None while unknown;
    reading: ``waiting``, ``unclear`` (the columns must be chosen), ``rows`` or ``read``.
    """

    id: str
    organisation_id: int
    status: JobStatus
    reading: str
    rows: int
    checked: int
    counts: Mapping[str, int]
    builds: tuple[str, ...]
    created_at: int
    started_at: int | None
    finished_at: int | None
    expires_at: int | None
    failure: str
    failure_row: int | None
    failure_column: int | None
    waiting: str
    remarks: tuple[Remark, ...]
    rows_per_second: int | None
    seconds_left: int | None
    policy: str
    actor: str


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """What a person must decide before a list can be read; as ``tables`` puts it.

    code: ``columns_unclear``, or one of REFUSALS that names choices: encodings, or places of
    sheets; header_row: 0 for none; headings: as they stand, or letters of columns; samples: rows
    below them; suggestion: column name to place from 0, as far as the content shows it.
    """

    code: str
    header_row: int = 0
    headings: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    suggestion: Mapping[str, int] = field(default_factory=dict)
    choices: tuple[str, ...] = ()


class PreviewRow(NamedTuple):
    """A row as it was read; reason: why it is not read with certainty, "" where it is.

    is_looked_up: whether it is for certain or by guesses.
    """

    row: int
    cells: tuple[str, ...]
    reason: str
    is_looked_up: bool
    duplicate_of: int | None


@dataclass(frozen=True, slots=True)
class UnreadRows:
    """Rows not checked, or in doubt, for one reason; spans: which these are, the first of them."""

    reason: str
    count: int
    spans: Sequence[RowSpan]


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A list before anything of it is checked.

    ready: whether it is read to its end; until then counts tell of nothing. question: what must be
    decided first. counts: ``to_check``, ``in_doubt``, ``not_checked``, ``duplicate``; reasons: rows
    that cannot be looked up, by reason; doubts: rows that are looked up by guesses; columns: which
    column was read as what, by its place from 0.
    """

    ready: bool
    question: ColumnQuestion | None = None
    headings: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[PreviewRow, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[UnreadRows, ...] = ()
    doubts: tuple[UnreadRows, ...] = ()
    remarks: tuple[Remark, ...] = ()


class ResultRow(NamedTuple):
    """One row of the list with its answer.

    row: its number as the program shows it; tier: close, general or ""; reason: a code, "" for
    rows that are answered; duplicate_of: the number of the earlier row.
    """

    row: int
    cells: tuple[str, ...]
    status: str
    tier: str
    act_until: date | None
    reason: str
    duplicate_of: int | None


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The results of a job; rows() decrypts as it goes, in the order of the list.

    last_days(): ``act_until`` of each listed row, without reading what the rows hold.
    """

    headings: tuple[str, ...]
    rows: Callable[[], Iterator[ResultRow]]
    last_days: Callable[[], Iterator[date | None]]


class NoSuchJob(Exception):
    """There is no such job of this organisation."""


class NotDone(Exception):
    """The job is not done: there are no results yet, or never; or it cannot do this now."""


class NeverDone(NotDone):
    """The job was cancelled or has failed: there will be no results, however long one waits."""


class ResultsWithheld(Exception):
    """The organisation's policy is counts only."""


class ResultsGone(Exception):
    """The results were destroyed, by their age or by the organisation."""
