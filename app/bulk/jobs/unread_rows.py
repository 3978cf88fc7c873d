"""Which rows are not checked, by reason: the first of them by number, so that pages name them.

Numbers of rows alone, never what stands in one; kept encrypted like the rows themselves.
"""

from collections.abc import Iterable, Mapping, Sequence

from app.bulk.jobs.folder import RESULTS, JobFolder
from app.bulk.jobs.piece_files import PieceFiles
from app.bulk.jobs.views import QUOTA, RowSpan

SPANS_KEPT = 10
UNREAD = "unread"

Spans = dict[str, list[RowSpan]]
"""The first spans of rows, ascending, by reason."""


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


def write_spans(folder: JobFolder, spans: Spans) -> None:
    """Keep the spans of a list. Raises KeyGone or another OSError."""
    folder.write_json(RESULTS, UNREAD, spans)


def read_spans(folder: JobFolder) -> Spans:
    """Return the spans of a list that was read. Raises KeyGone, FileDamaged or another OSError."""
    kept = folder.read_json(RESULTS, UNREAD)
    return {reason: [(first, last) for first, last in spans] for reason, spans in kept.items()}


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


def _extend(spans: list[RowSpan], span: RowSpan) -> None:
    """Add a span that follows all others, unless there are enough."""
    first, last = span
    if spans and spans[-1][1] == first - 1:
        spans[-1] = (spans[-1][0], last)
    elif len(spans) < SPANS_KEPT:
        spans.append(span)
