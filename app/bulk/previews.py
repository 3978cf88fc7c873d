"""Previews: the first rows of a list as they were read, and what of it will not be checked."""

import json
from typing import Any

from app.bulk.jobs.folder import RESULTS, UPLOAD, JobFolder
from app.bulk.jobs.job_rows import JobRow
from app.bulk.jobs.piece_files import PieceFiles, read_claims
from app.bulk.jobs.stages import READ_UNCLEAR, READ_WHOLE
from app.bulk.jobs.unread_rows import ended_doubts, read_spans, spans_past_quota, spans_without
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
    reasons = unread_rows(row, folder)
    not_checked = sum(each.count for each in reasons)
    repeated = sum(len(PieceFiles(folder, number).duplicates()) for number in range(row.pieces))
    return ListPreview(
        True,
        None,
        tuple(summary["headings"]),
        summary["columns"],
        _first_rows(folder),
        {
            "to_check": row.rows - not_checked - repeated,
            "not_checked": not_checked,
            "duplicate": repeated,
        },
        reasons,
        _remarks(summary),
    )


def unread_rows(row: JobRow, folder: JobFolder) -> tuple[UnreadRows, ...]:
    """Return which rows are not checked and why, the most frequent reason first.

    Raises KeyGone, FileDamaged or another OSError.
    """
    counts: dict[str, int] = json.loads(row.reasons)
    spans = read_spans(folder)
    if counts:
        for reason, ended in ended_doubts(folder, row.pieces).items():
            counts[reason] -= len(ended)
            spans[reason] = spans_without(spans[reason], ended)
    past_quota = row.not_checked - sum(counts.values())
    if past_quota > 0:
        counts[QUOTA] = past_quota
        spans[QUOTA] = spans_past_quota(folder, row.pieces)
    unread = (UnreadRows(reason, count, spans.get(reason, ())) for reason, count in counts.items())
    return tuple(sorted((each for each in unread if each.count), key=lambda each: -each.count))


def remarks_of(folder: JobFolder) -> tuple[Remark, ...]:
    """Return the remarks on a list; none where it is not read, or gone."""
    try:
        return _remarks(folder.read_json(RESULTS, SUMMARY))
    except (KeyGone, FileDamaged, OSError):
        return ()


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
    return tuple(
        PreviewRow(
            rows.numbers[place],
            tuple(rows.cells[place]),
            read_claims(claims[place])[0],
            duplicates.get(place),
        )
        for place in range(min(PREVIEW_ROWS, len(claims)))
    )
