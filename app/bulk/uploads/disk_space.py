"""Room on the disk of uploads: looked at before, and told apart from other errors while writing."""

import errno
import shutil
from pathlib import Path

from app.bulk.uploads.refusals import UploadDiskFull

RESERVE_BYTES = 64 << 20  # for the records and the state of the service, and results of other jobs
GROWTH = 3  # an upload, its rows and its results stand side by side for a while
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def require_space(directory: Path, length: int | None) -> None:
    """Raise UploadDiskFull where an upload of that length would not fit."""
    if shutil.disk_usage(directory).free < RESERVE_BYTES + GROWTH * (length or 0):
        raise UploadDiskFull


def is_full(error: OSError) -> bool:
    """Return whether an error means that nothing more can be written."""
    return error.errno in FULL
