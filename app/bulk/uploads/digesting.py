"""The SHA-256 of a body that was sent before: read to its end, kept nowhere."""

from hashlib import sha256
from time import monotonic

from app.bulk.uploads.receiving import (
    Received,
    Upload,
    UploadLimits,
    read_piece,
    require_speed,
)
from app.uploads.refusals import UploadRefused


def digest_body(upload: Upload, limits: UploadLimits) -> Received:
    """Read a body to its end. Raises UploadRefused as ``receive_file`` does."""
    digest, length, started = sha256(), 0, monotonic()
    while data := read_piece(upload):
        length += len(data)
        if length > limits.bytes_max:
            raise UploadRefused(413, "too_large")
        digest.update(data)
        require_speed(length, monotonic() - started, limits)
    if upload.length is not None and length < upload.length:
        raise UploadRefused(400, "cut_off")
    return Received(length, digest.digest())
