"""Distinct names counted in memory that all workers of a machine share (``name_table``).

For each document, and each document and network, an entry counts the names that were tried; further
ones tell which.

Threat: a flood of other documents makes the service forget the names tried for one, which are then
free again. Limit: of counts that were let go it is still known how many names they held, or more:
their names are no repeats any more, and the next ones are earned no later than before.
"""

import time
from collections.abc import Callable

from app.limits.distinct_names import (
    ADMITTED,
    FULL,
    NAME_PSEUDONYM_BYTES,
    NAMES_KEPT,
    NameAttempt,
    NamesLimit,
)
from app.limits.name_table import COUNT_MASK, KNOWN_SHIFT, NameTable


class NamesInMemory:
    """Counts of all workers of a machine; all are forgotten when the window ends."""

    def __init__(
        self, clock: Callable[[], float] = time.time, table: NameTable | None = None
    ) -> None:
        """table: None for one of this process alone."""
        self._clock = clock
        self._table = NameTable() if table is None else table

    def admits(self, attempt: NameAttempt, limit: NamesLimit, *, earned: bool = False) -> int:
        """Return ADMITTED, FULL, or how many names were tried everywhere."""
        table, (here, document, name, wider) = self._table, attempt
        partition = table.enter(document, int(self._clock()) // limit.seconds)
        name = name[:NAME_PSEUDONYM_BYTES]
        try:
            everywhere = table.counts(partition, document)
            if everywhere and table.first_name(partition, here) == name:
                return ADMITTED  # asked again
            if everywhere or wider:
                return self._judge(partition, attempt, everywhere, limit, earned=earned)
            # most people are checked once a day: nobody asked about this one
            table.count(partition, document, name, 0)
            table.count(partition, here, name, 0)
            return ADMITTED
        finally:
            table.leave(partition)

    def _judge(
        self,
        partition: int,
        attempt: NameAttempt,
        everywhere: int,
        limit: NamesLimit,
        *,
        earned: bool,
    ) -> int:
        """Judge a name; everywhere: the counts of its document."""
        table, name = self._table, attempt.name[:NAME_PSEUDONYM_BYTES]
        if everywhere and table.has(partition, attempt.here, name):
            return ADMITTED
        here = table.counts(partition, attempt.here) if everywhere else 0
        tried = everywhere & COUNT_MASK
        needs_proof = here & COUNT_MASK >= limit.here or tried >= limit.free_everywhere(
            attempt.everywhere
        )
        if here >> KNOWN_SHIFT >= limit.ceiling:
            return FULL
        around = [table.counts(partition, key) for key in attempt.wider]
        for counts, times in zip(around, limit.wider_times, strict=False):
            needs_proof = needs_proof or counts & COUNT_MASK >= limit.here * times
            if counts >> KNOWN_SHIFT >= limit.ceiling * times:
                return FULL
        if needs_proof and not earned:
            return max(1, tried)
        table.count(partition, attempt.here, name, here)
        if tried < limit.everywhere * NAMES_KEPT:
            self._count_once(partition, attempt.everywhere, name, everywhere)
        for key, counts in zip(attempt.wider, around, strict=True):
            self._count_once(partition, key, name, counts)
        return ADMITTED

    def _count_once(self, partition: int, key: bytes, name: bytes, counts: int) -> None:
        if not (counts and self._table.has(partition, key, name)):
            self._table.count(partition, key, name, counts)
