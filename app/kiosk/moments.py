"""Moments of kiosks: whole milliseconds since 1970, UTC."""

import time


def now_ms() -> int:
    """Return the present moment by the server's clock."""
    return time.time_ns() // 1_000_000
