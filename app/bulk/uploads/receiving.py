"""Receiving one upload: from its stream into an encrypted file, or nothing is left of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from app.bulk.uploads.disk_space import is_full
from app.bulk.uploads.encrypted_files import EncryptedWriter
from app.bulk.uploads.refusals import UploadDiskFull
from app.uploads.media_types import SNIFF_BYTES, require_kind
from app.uploads.multipart import PIECE_BYTES, ReadableStream
from app.uploads.refusals import UploadRefused
from tables.staff_lists.staff_list import ListKind

TOUCH_SECONDS = 5.0
GRACE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Upload:
    """What a request brings: its body and what it says of it.

    length: of the body, None where nobody says; start: whether it is checked at once, else it
    waits as a draft. idempotency_key: as the client chose it; encoding: what it says the text is
    in, a name of ``tables.text_encodings.encodings.CODECS``, "" where it says nothing.
    """

    stream: ReadableStream
    media_type: str
    length: int | None = None
    idempotency_key: str | None = None
    file_name: str = ""
    start: bool = True
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What one upload may take: bytes, seconds, and how slow it may be."""

    bytes_max: int
    seconds_max: float
    bytes_per_second: float


@dataclass(frozen=True, slots=True)
class Received:
    """What was received: how many bytes, and their SHA-256."""

    length: int
    digest: bytes


def receive_file(
    upload: Upload,
    kind: ListKind,
    writer: EncryptedWriter,
    limits: UploadLimits,
    touch: Callable[[], None],
) -> Received:
    """Write the whole body into the file; touch is called every few seconds meanwhile.

    Raises UploadRefused: 400 `cut_off` and `too_slow`, 413 `too_large`, 415, 422 `empty`; and
    UploadDiskFull. Whoever calls removes the file then.
    """
    digest, started = sha256(), time.monotonic()
    touched, start = started, b""
    judged = False
    while data := read_piece(upload):
        if writer.length + len(data) > limits.bytes_max:
            raise UploadRefused(413, "too_large")
        digest.update(data)
        if not judged:
            start += data[: SNIFF_BYTES - len(start)]
            if judged := len(start) >= SNIFF_BYTES:
                require_kind(kind, start)
        _write(writer, data)
        now = time.monotonic()
        require_speed(writer.length, now - started, limits)
        if now - touched > TOUCH_SECONDS:
            touch()
            touched = now
    if upload.length is not None and writer.length < upload.length:
        raise UploadRefused(400, "cut_off")
    if writer.length == 0:
        raise UploadRefused(422, "empty")
    require_kind(kind, start)
    try:
        writer.finish()
    except OSError as error:
        raise _write_failure(error) from None
    return Received(writer.length, digest.digest())


def read_piece(upload: Upload) -> bytes:
    """Return the next bytes of a body, b"" at its end. Raises UploadRefused (400)."""
    try:
        return upload.stream.read(PIECE_BYTES)
    except Exception as error:  # each server and framework has its own for a client that went away
        raise UploadRefused(400, "cut_off") from error


def _write(writer: EncryptedWriter, data: bytes) -> None:
    try:
        writer.write(data)
    except OSError as error:
        raise _write_failure(error) from None


def _write_failure(error: OSError) -> Exception:
    return UploadDiskFull() if is_full(error) else error


def require_speed(length: int, seconds: float, limits: UploadLimits) -> None:
    """End what is too slow. Raises UploadRefused (400)."""
    slow = length < (seconds - GRACE_SECONDS) * limits.bytes_per_second
    if slow or seconds > limits.seconds_max:
        raise UploadRefused(400, "too_slow")
