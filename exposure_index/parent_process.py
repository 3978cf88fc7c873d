"""A process that ends with the one that started it, however that one ends.

Threat: a server that is killed leaves workers behind that hold its port, its keys and its locks.
Limit: on Linux the kernel kills them with it; elsewhere they look from time to time.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # of prctl(2)


def end_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; end now where that has ended.

    parent: its number, which is 1 in a container. Not inherited by a fork.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(0)
