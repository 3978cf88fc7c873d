"""Stages of a job, of its reading and of its pieces, as the records spell them.

A job: receiving → draft → queued → running → done, or cancelled or failed. Its reading: waiting →
rows → read, or unclear where somebody must choose. A piece: rows → ready → admitted →
checked.
"""

RECEIVING, DRAFT, QUEUED, RUNNING = "receiving", "draft", "queued", "running"
DONE, CANCELLED, FAILED = "done", "cancelled", "failed"
ALIVE = (DRAFT, QUEUED, RUNNING)
STARTED = (QUEUED, RUNNING)
ENDED = (DONE, CANCELLED, FAILED)

READ_WAITING = "waiting"  # nothing, or not all, of the list is read
READ_UNCLEAR = "unclear"  # somebody must choose what its columns are
READ_ROWS = "rows"  # every row is read; not yet whom each asks about
READ_WHOLE = "read"  # duplicates are known: it can be checked

PIECE_ROWS = "rows"  # read
PIECE_READY = "ready"  # whom its rows ask about is known
PIECE_ADMITTED = "admitted"  # those of its rows that the quota does not cover are known
PIECE_CHECKED = "checked"

INTERNAL = "internal"
"""The failure of a job that met a bug, or that no worker outlived."""
