"""The file of a form as a stream: no part of it is written anywhere on its way.

Threat: the framework's own form parser writes a file of more than 500 kB to a temporary file in
clear. Limit: the body is taken apart as it comes; fields before the file are kept in memory to a
limit, the file is handed on piece by piece, and what stands behind it is read and thrown away.
"""

from typing import Protocol

from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

from app.uploads.refusals import UploadRefused

PIECE_BYTES = 1 << 14
FIELDS_MAX_BYTES = 1 << 16
PARTS_MAX = 20


class ReadableStream(Protocol):
    """The body of a request."""

    def read(self, size: int, /) -> bytes:
        """Return up to that many bytes, b"" at the end."""


class MultipartFile:
    """The first file of a form, as a stream; ``fields`` holds those that come before it."""

    def __init__(self, stream: ReadableStream, content_type: str) -> None:
        """Read the form up to its file.

        content_type: of the request. Raises UploadRefused: 400 `cut_off`, 413 `too_large` of the
        fields, 415 `media_type` where it is no form with a boundary, 422 `no_file`.
        """
        kind, options = parse_options_header(content_type)
        boundary = options.get("boundary", "")
        if kind.lower() != "multipart/form-data" or not boundary:
            raise UploadRefused(415, "media_type")
        self._stream = stream
        self._decoder = MultipartDecoder(
            boundary.encode("latin-1", "replace"), FIELDS_MAX_BYTES, max_parts=PARTS_MAX
        )
        self._pending = b""
        self._ended = False
        self.fields: dict[str, str] = {}
        head = self._read_to_the_file()
        self.file_name = head.filename
        self.media_type = head.headers.get("content-type", "")

    def read(self, size: int, /) -> bytes:
        """Return up to that many bytes of the file, b"" at its end. Raises UploadRefused."""
        while not self._pending and not self._ended:
            event = self._next_event()
            if isinstance(event, Data):
                self._pending = bytes(event.data)
                self._ended = not event.more_data
                if self._ended:
                    self._skip_the_rest()
        piece, self._pending = self._pending[:size], self._pending[size:]
        return piece

    def _read_to_the_file(self) -> File:
        name, value = "", b""
        while True:
            event = self._next_event()
            if isinstance(event, File) and event.filename:
                return event
            if isinstance(event, Field | File):  # a file without a name: none was chosen
                name, value = event.name, b""
            elif isinstance(event, Data):
                value += event.data
                if sum(map(len, self.fields.values())) + len(value) > FIELDS_MAX_BYTES:
                    raise UploadRefused(413, "too_large")
                if not event.more_data:
                    self.fields[name] = value.decode("utf-8", "replace")
            elif isinstance(event, Epilogue):
                raise UploadRefused(422, "no_file")

    def _skip_the_rest(self) -> None:
        while not isinstance(self._next_event(), Epilogue):
            pass

    def _next_event(self) -> Event:
        """Return the next part of the form. Raises UploadRefused (400) where it is none, or cut."""
        try:
            while isinstance(event := self._decoder.next_event(), NeedData):
                data = self._stream.read(PIECE_BYTES)
                self._decoder.receive_data(data or None)
        except (ValueError, HTTPException, OSError) as error:
            raise UploadRefused(400, "cut_off") from error
        return event
