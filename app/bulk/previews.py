"""Previews: the first rows of a list as they were read, and what of it is looked up and how."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.bulk.jobs.folder import RESULTS, UPLOAD, JobFolder
from app.bulk.jobs.job_rows import JobRow
from app.bulk.jobs.piece_files import PieceFiles, read_claims
from app.bulk.jobs.stages import READ_UNCLEAR, READ_WHOLE
from app.bulk.jobs.unread_rows import (
    Spans,
    ended_doubts,
    merged_spans,
    read_doubts,
    read_spans,
    spans_past_quota,
    spans_without,
)
from app.bulk.jobs.views import (
    PREVIEW_ROWS,
    QUOTA,
    ColumnQuestion,
    ListPreview,
    PreviewRow,
    UnreadRows,
)
from app.bulk.turns.open_readings import QUESTION, SUMMARY
from app.bulk.uploads.encrypted_files import FileDamaged
from app.bulk.uploads.key_files import KeyGone
from tables.staff_lists.staff_list import Remark


def list_preview(row: JobRow, folder: JobFolder) -> ListPreview:
    """Return how a list was read. Raises KeyGone, FileDamaged or another OSError."""
    if row.reading == READ_UNCLEAR:
        return ListPreview(False, _question(folder))
    if row.reading != READ_WHOLE:
        return ListPreview(False)
    summary = folder.read_json(RESULTS, SUMMARY)
    doubts = read_doubts(folder)
    unread = Counter(json.loads(row.reasons))
    unread.subtract(doubts.counts)
    not_checked, in_doubt = unread.total(), sum(doubts.counts.values())
    repeated = sum(len(PieceFiles(folder, number).duplicates()) for number in range(row.pieces))
    return ListPreview(
        True,
        None,
        tuple(summary["headings"]),
        summary["columns"],
        _first_rows(folder),
        {
            "to_check": row.rows - in_doubt - not_checked - repeated,
            "in_doubt": in_doubt,
            "not_checked": not_checked,
            "duplicate": repeated,
        },
        _by_count(unread, read_spans(folder)),
        _by_count(doubts.counts, doubts.spans),
        _remarks(summary),
    )


def unread_rows(row: JobRow, folder: JobFolder) -> tuple[UnreadRows, ...]:
    """Return which rows are not checked and why, the most frequent reason first.

    Raises KeyGone, FileDamaged or another OSError.
    """
    counts: dict[str, int] = json.loads(row.reasons)
    spans = merged_spans(read_spans(folder), read_doubts(folder).spans)
    if counts:
        for reason, ended in ended_doubts(folder, row.pieces).items():
            counts[reason] -= len(ended)
            spans[reason] = spans_without(spans[reason], ended)
    past_quota = row.not_checked - sum(counts.values())
    if past_quota > 0:
        counts[QUOTA] = past_quota
        spans[QUOTA] = spans_past_quota(folder, row.pieces)
    return _by_count(counts, spans)


def remarks_of(folder: JobFolder) -> tuple[Remark, ...]:
    """Return the remarks on a list; none where it is not read, or gone."""
    try:
        return _remarks(folder.read_json(RESULTS, SUMMARY))
    except (KeyGone, FileDamaged, OSError):
        return ()


def _by_count(counts: Mapping[str, int], spans: Spans) -> tuple[UnreadRows, ...]:
    """Return the reasons that occur, the most frequent first."""
    unread = (UnreadRows(reason, count, spans.get(reason, ())) for reason, count in counts.items())
    return tuple(sorted((each for each in unread if each.count), key=lambda each: -each.count))


def _remarks(summary: dict[str, Any]) -> tuple[Remark, ...]:
    return tuple(Remark(code, tuple(places), count) for code, places, count in summary["remarks"])


def _question(folder: JobFolder) -> ColumnQuestion:
    value = folder.read_json(UPLOAD, QUESTION)
    return ColumnQuestion(
        value["code"],
        value.get("header_row", 0),
        tuple(value.get("headings", ())),
        tuple(tuple(each) for each in value.get("samples", ())),
        value.get("suggestion", {}),
        tuple(value.get("choices", ())),
    )


def _first_rows(folder: JobFolder) -> tuple[PreviewRow, ...]:
    piece = PieceFiles(folder, 0)
    duplicates, claims, rows = piece.duplicates(), piece.claims(), piece.rows()
    first = []
    for place, of_row in enumerate(claims[:PREVIEW_ROWS]):
        reason, guesses = read_claims(of_row)
        cells = tuple(rows.cells[place])
        first.append(
            PreviewRow(rows.numbers[place], cells, reason, bool(guesses), duplicates.get(place))
        )
    return tuple(first)
