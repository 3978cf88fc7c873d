"""Which rows are not read with certainty, by reason: the first by number, so that pages name them.

Numbers of rows alone, never what stands in one; kept encrypted like the rows themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.bulk.jobs.folder import RESULTS, JobFolder
from app.bulk.jobs.piece_files import PieceFiles
from app.bulk.jobs.views import QUOTA, RowSpan

SPANS_KEPT = 10
UNREAD = "unread"
DOUBTS = "doubts"

Spans = dict[str, list[RowSpan]]
"""The first spans of rows, ascending, by reason."""


class RowsInDoubt(NamedTuple):
    """Rows that are looked up by guesses: how many and which, by reason.

    Whoever is not found under a guess is not known to be not listed.
    """

    counts: Mapping[str, int]
    spans: Spans


def spans_of(rows: Iterable[tuple[int, str]]) -> Spans:
    """Return the spans of rows, which come ascending, each with its reason."""
    spans: Spans = {}
    for row, reason in rows:
        _extend(spans.setdefault(reason, []), (row, row))
    return spans


def join_spans(pieces: Iterable[Mapping[str, Sequence[RowSpan]]]) -> Spans:
    """Return the spans of a list, whose pieces come in order."""
    whole: Spans = {}
    for piece in pieces:
        for reason, spans in piece.items():
            for first, last in spans:
                _extend(whole.setdefault(reason, []), (first, last))
    return whole


def merged_spans(one: Spans, other: Spans) -> Spans:
    """Return the spans of rows that are in either, by reason."""
    whole: Spans = {}
    for reason in {**one, **other}:
        for span in sorted((*one.get(reason, ()), *other.get(reason, ()))):
            _extend(whole.setdefault(reason, []), span)
    return whole


def write_spans(folder: JobFolder, spans: Spans) -> None:
    """Keep which rows of a list are not looked up. Raises KeyGone or another OSError."""
    folder.write_json(RESULTS, UNREAD, spans)


def read_spans(folder: JobFolder) -> Spans:
    """Return which rows of a list are not looked up.

    Raises KeyGone, FileDamaged or another OSError.
    """
    return _as_spans(folder.read_json(RESULTS, UNREAD))


def write_doubts(folder: JobFolder, doubts: RowsInDoubt) -> None:
    """Keep which rows of a list are in doubt. Raises KeyGone or another OSError."""
    folder.write_json(RESULTS, DOUBTS, doubts)


def read_doubts(folder: JobFolder) -> RowsInDoubt:
    """Return which rows of a list are in doubt.

    Of a list that was read before these were kept, none: ``read_spans`` has them all. Raises as
    that does.
    """
    if not folder.has(DOUBTS):
        return RowsInDoubt({}, {})
    counts, spans = folder.read_json(RESULTS, DOUBTS)
    return RowsInDoubt(counts, _as_spans(spans))


def ended_doubts(folder: JobFolder, pieces: int) -> dict[str, list[int]]:
    """Return the numbers of rows in doubt that are told as something else, by their doubt.

    They were found all the same, or are past the quota and were not looked up. Raises as
    ``read_spans`` does.
    """
    rows: dict[str, list[int]] = {}
    for number in range(pieces):
        for reason, ended in PieceFiles(folder, number).ended_doubts().items():
            rows.setdefault(reason, []).extend(ended)
    return rows


def spans_without(spans: Iterable[RowSpan], rows: Iterable[int]) -> list[RowSpan]:
    """Return spans without some rows, each of which may part one in two."""
    left = list(spans)
    for row in rows:
        parts = (
            (((first, row - 1), (row + 1, last)) if first <= row <= last else ((first, last),))
            for first, last in left
        )
        left = [(first, last) for part in parts for first, last in part if first <= last]
    return left


def spans_past_quota(folder: JobFolder, pieces: int) -> list[RowSpan]:
    """Return the first spans of rows past the quota. Raises as ``read_spans`` does."""
    spans: list[RowSpan] = []
    for number in range(pieces):
        files = PieceFiles(folder, number)
        places = files.refused()
        if places:
            numbers = files.rows().numbers
            found = spans_of((numbers[place], QUOTA) for place in sorted(places))
            for span in found[QUOTA]:
                _extend(spans, span)
        if len(spans) == SPANS_KEPT:
            break
    return spans


def _as_spans(kept: Mapping[str, Sequence[Sequence[int]]]) -> Spans:
    return {reason: [(first, last) for first, last in spans] for reason, spans in kept.items()}


def _extend(spans: list[RowSpan], span: RowSpan) -> None:
    """Add a span that follows all others, unless there are enough."""
    first, last = span
    if spans and spans[-1][1] == first - 1:
        spans[-1] = (spans[-1][0], last)
    elif len(spans) < SPANS_KEPT:
        spans.append(span)
