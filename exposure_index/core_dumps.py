"""Core dumps forbidden: no process that holds keys or identities leaves its memory on a disk.

Threat: a process that crashes, or that somebody makes crash, writes what it holds into a file, or
hands it to the machine's crash reporter, which may send it away. Limit: the size of a core file is
nought, which every program started from here inherits, and on Linux the process is not dumpable:
that keeps a crash reporter out too, and other programs of the same user from reading its memory.
"""

import ctypes
import resource
import sys

PR_GET_DUMPABLE = 3  # of prctl(2)
PR_SET_DUMPABLE = 4


def forbid_core_dumps() -> None:
    """Let this process dump no core, nor the processes that it forks.

    A program that it starts is dumpable again until it calls this too; its core file stays empty.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(PR_SET_DUMPABLE, 0)


def dumpable() -> bool | None:
    """Return whether the kernel would dump this process's memory; None where it cannot be asked."""
    answer = _prctl(PR_GET_DUMPABLE)
    return None if answer is None else answer != 0


def _prctl(option: int, value: int = 0) -> int | None:
    """Return what prctl(2) returns; None on systems without it."""
    if not sys.platform.startswith("linux"):
        return None
    zero = ctypes.c_ulong(0)
    library = ctypes.CDLL(None)
    return int(library.prctl(option, ctypes.c_ulong(value), zero, zero, zero))
