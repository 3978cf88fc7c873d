"""Files that somebody else may have put there: opened only where they are regular, read to a limit.

Threat: whoever can write into an index directory puts a pipe in the place of a file, and whoever
opens it waits for ever; or a file of a terabyte that takes no disk, and whoever reads it has no
memory left. The looks for newer indexes then end, and who is listed since is told "not found".
Limit: no opening waits, and nothing is read whole beyond its limit.
"""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

KEY_MAX_BYTES = 64 * 1024
TRUST_MAX_BYTES = 1024 * 1024
MANIFEST_MAX_BYTES = 4 * 1024 * 1024
STATE_MAX_BYTES = 4 * 1024 * 1024


class NotRegular(OSError):
    """No regular file, or one that is longer than it may be."""


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading, without waiting. Raises OSError, or its kind NotRegular."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegular("no regular file")
    return os.fdopen(descriptor, "rb")


def read_cached(path: Path, length: int) -> bytes | None:
    """Return the bytes of a regular file of that length where the kernel has them all in memory.

    None where reading would wait for a disk, or the file system cannot tell. The file's name is
    looked up all the same, which waits where the kernel has forgotten it.
    Raises OSError, also for another length.
    """
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size != length:
            raise NotRegular("of another length")
        data = bytearray(length)
        try:
            count = os.preadv(file.fileno(), [data], 0, os.RWF_NOWAIT)
        except (BlockingIOError, AttributeError):
            return None
        except OSError as error:
            if error.errno == errno.EOPNOTSUPP:
                return None
            raise
    return bytes(data) if count == length else None


def read_regular(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a regular file. Raises OSError, also where there are more of them."""
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size > max_bytes:
            raise NotRegular("longer than it may be")
        data = file.read(max_bytes + 1)  # it may grow meanwhile
    if len(data) > max_bytes:
        raise NotRegular("longer than it may be")
    return data
