"""Rows of memory that workers share: each living worker has a number of its own.

A successor takes over the number of a worker that has ended.
"""

from typing import Any

from app.settings import Settings


def rows_needed(settings: Settings) -> int:
    """Return how many workers may live at once.

    Twice as many as serve: a reload forks the new ones before the old have ended.
    """
    return 2 * settings.processes + 1


def choose_row(server: Any, worker: Any) -> None:  # noqa: ANN401 - in the arbiter, before the fork
    """Give a new worker the first number that no living one has."""
    in_use = {getattr(other, "row", -1) for other in server.WORKERS.values()}
    rows = rows_needed(server.app.settings)
    worker.row = next((row for row in range(rows) if row not in in_use), 0)
