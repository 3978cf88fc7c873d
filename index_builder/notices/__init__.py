"""Reads exposure notices, as authorities and newspapers published them, into one table of trips."""

from index_builder.notices.decoding import NoticesUnreadable
from index_builder.notices.notice_reader import (
    OUTPUT_COLUMNS,
    NoticeOptions,
    NoticesOutcome,
    read_notices,
)
from index_builder.notices.notice_rejects import REASONS

__all__ = [
    "OUTPUT_COLUMNS",
    "REASONS",
    "NoticeOptions",
    "NoticesOutcome",
    "NoticesUnreadable",
    "read_notices",
]
