"""Leases: which process does what now, and how the others see that it died.

A lease ends by its time. A process of this machine that is gone frees its own at once: its owner
names machine, process and when that process began. So the time is long: it is for other machines,
and a worker that yields to checks may take minutes over a piece.
"""

import os
import socket
import time
from functools import cache
from pathlib import Path

PIECE_SECONDS = 300
READING_SECONDS = 600
"""A large workbook is opened in one go, and is silent meanwhile."""


@cache
def lease_owner() -> str:
    """Return what this process writes into its leases; of a forked child another."""
    return f"{socket.gethostname()}:{os.getpid()}:{_began(os.getpid())}"[-96:]


def is_free(lease: str, until: int, owner: str, now: float | None = None) -> bool:
    """Return whether a lease may be had: run out, one's own, or of a process that is gone."""
    if until <= (time.time() if now is None else now):
        return True
    if not lease:
        return False  # nobody's: whoever wrote it asks to wait
    return lease == owner or is_of_dead_process(lease)


def is_of_dead_process(lease: str) -> bool:
    """Return whether a lease is of a process of this machine that is gone."""
    machine, _, rest = lease.rpartition(":")
    machine, _, pid = machine.rpartition(":")
    if machine != socket.gethostname()[-80:] or not pid.isdigit():
        return False
    return _began(int(pid)) != rest


def _began(pid: int) -> str:
    """Return when a process began, in the kernel's ticks; "" where there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
