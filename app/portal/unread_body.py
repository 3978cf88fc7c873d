"""The rest of a body that is refused, read on within bounds: else a browser shows no page."""

import time

from flask import Request

BLOCK_BYTES = 1 << 16
ANY_LENGTH = 1 << 62
DRAIN_BYTES = 16 << 20
DRAIN_SECONDS = 20.0


def drain(request: Request) -> None:
    """Read on what a browser still sends, to 16 MiB or for 20 seconds."""
    request.max_content_length = ANY_LENGTH
    left, until = DRAIN_BYTES, time.monotonic() + DRAIN_SECONDS
    while left > 0 and time.monotonic() < until:
        try:
            block = request.stream.read(BLOCK_BYTES)
        except Exception:  # each server has its own for a client that went away
            return
        if not block:
            return
        left -= len(block)
