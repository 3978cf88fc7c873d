"""gunicorn's parser of requests, with its tests of single bytes as compiled expressions.

Why: it walks through the bytes of every name and value in Python, and through every header line by
line, which costs more than all else that it does with a browser's headers. A head that has come
whole, each of whose lines is in order, is judged and taken apart at once: its fields here in
``_parse_headers``, the whole of an ordinary one in ``_take_ordinary``. Whatever is not goes to
gunicorn's own steps, which say what is wrong. What it accepts is the same; tests hold that.

An ordinary request that came whole and alone can also be read without being taken up
(``read_whole``): whoever answers it at once needs no state of a parser.
"""

import re
from typing import NamedTuple

from gunicorn.asgi.parser import InvalidChunkSize, InvalidHeader, PythonProtocol

_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_METHOD = re.compile(rb"[!$%&'*+\-.^_`|~0-9A-Z]{3,20}")
_FORBIDDEN_IN_VALUES = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_FIELD_LINES = re.compile(rb"(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\x00-\x08\x0a-\x1f\x7f]*\r\n)+")
_HEAD = b"HEAD "
_HEAD_END = b"\r\n\r\n"
_ORDINARY_HEAD = re.compile(
    rb"([!$%&'*+\-.^_`|~0-9A-Z]{3,20}) (/[!-~]*) HTTP/1\.1\r\n"
    rb"((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\x00-\x08\x0a-\x1f\x7f]*(?<![ \t])\r\n)*)\r\n"
)
_FIELDS = re.compile(
    rb"([^:]+):[ \t]*([^\r]*)\r\n"
)  # of lines in order, without spaces at their ends
HTTP_1_1 = (1, 1)
_REST_OF_LINE_BYTES = len(b"  HTTP/1.1")
_OUT_OF_THE_ORDINARY = frozenset({b"transfer-encoding", b"connection"})
SMALL_CHUNKS_MAX = 1_000
CHUNK_MEAN_MIN_BYTES = 16  # of a body of more chunks; programs that send line by line send more
BODY_STATES = frozenset({"body", "chunked"})
HeaderList = list[tuple[bytes, bytes]]
_new = tuple.__new__  # half the time of a named tuple's own


class OrdinaryHead(NamedTuple):
    """The head of a request of HTTP/1.1 that repeats no field and keeps its connection.

    No line of it ends with a space.

    headers: names in lower case; length: what Content-Length says, None without; end: how many
    bytes the head has.
    """

    method: bytes
    target: bytes
    headers: HeaderList
    length: int | None
    end: int


class RequestParser(PythonProtocol):  # type: ignore[misc]
    """Parses requests of HTTP/1.1 and 1.0, and refuses whatever could be read in two ways.

    It tells of the end of a head, of parts of a body, and of a whole request, and of nothing else.
    """

    has_whole_body = False
    """Whether the body of the request, if any, came with its head and nothing behind it."""
    chunks = 0
    """How many chunks of the present body, or of the last one, have begun."""
    _chunked_bytes = 0
    _chunk_size: int
    _header_count: int
    _headers_list: list[tuple[bytes, bytes]]
    _limit_request_field_size: int
    _limit_request_line: int
    _scan_from: int

    @property
    def is_between_requests(self) -> bool:
        """Whether not a byte of a request has come."""
        return self.method is None and not self._buffer

    @property
    def is_in_body(self) -> bool:
        """Whether the head of a request is whole, and its body is not."""
        return self._state in BODY_STATES

    @property
    def is_head_request(self) -> bool:
        """Whether the present request is a HEAD, as far as it has come and can be read."""
        if self.method is None:  # not a whole line has come, or it is too long
            return self._buffer.startswith(_HEAD)
        return bool(self.method == _HEAD[:-1])

    @property
    def unread_bytes(self) -> int:
        """How many bytes have come that no request has yet."""
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        """Parse more bytes of a connection; raises gunicorn's ParseError."""
        if self.method is not None or self._buffer or not self._take_ordinary(data):
            self.has_whole_body = False
            super().feed(data)

    def read_whole(self, data: bytes) -> tuple[OrdinaryHead, bytes] | None:
        """Return head and body of an ordinary request that came whole and alone; None: feed it.

        Nothing is taken up: the parser stays between requests.
        """
        if self.method is not None or self._buffer:
            return None
        head = self._ordinary_head(data)
        if head is None:
            return None
        _, _, _, length, end = head
        return (head, data[end:]) if len(data) - end == (length or 0) else None

    def _take_ordinary(self, data: bytes) -> bool:
        """Take up a request whose head is ordinary; return False, with nothing done, where not."""
        head = self._ordinary_head(data)
        if head is None:
            return False
        self.method, self.path, self.http_version = head.method, head.target, HTTP_1_1
        self.headers = self._headers_list = head.headers
        self._take_ordinary_body(data[head.end :], head.length)
        return True

    def _ordinary_head(self, data: bytes) -> OrdinaryHead | None:
        """Return the head that data begins with; None where it is another, or too long."""
        match = _ORDINARY_HEAD.match(data)
        if match is None:
            return None
        method, target, lines = match.groups()
        end = match.end()
        headers = [(name.lower(), value) for name, value in _FIELDS.findall(lines)]
        by_name = dict(headers)
        length = by_name.get(b"content-length")
        if (
            end > self._limit_request_field_size  # then each field is as short as it must be
            or len(method) + len(target) + _REST_OF_LINE_BYTES > self._limit_request_line
            or not len(by_name) == len(headers) <= self._limit_request_fields
            or not _OUT_OF_THE_ORDINARY.isdisjoint(by_name)
            or not (length is None or length.isdigit())
        ):
            return None
        size = None if length is None else int(length)
        return _new(OrdinaryHead, (method, target, headers, size, end))

    def _take_ordinary_body(self, rest: bytes, length: int | None) -> None:
        """Tell of the head, then of the body as far as it has come; rest: what is behind a head."""
        size = 0
        if length is not None:
            size = self.content_length = length
        self.has_whole_body = is_exact = len(rest) == size
        if not is_exact:
            self._buffer.extend(rest)
        if self._on_headers_complete:
            self._on_headers_complete()
        if not is_exact and size:
            self._state, self._body_remaining = "body", size
            super().feed(b"")
            return
        if size and self._on_body:
            self._on_body(rest)
        self._state, self.is_complete = "complete", True
        if self._on_message_complete:
            self._on_message_complete()

    def _parse_headers(self) -> bool:
        """Return whether the head is whole; take it up at once where it is in order."""
        end = 0 if self._header_count else self._buffer.find(_HEAD_END) + 2
        if end >= 2 and _FIELD_LINES.fullmatch(self._buffer, 0, end):
            lines = bytes(self._buffer[: end - 2]).split(b"\r\n")
            if len(lines) <= self._limit_request_fields and (
                len(max(lines, key=len)) + 2 <= self._limit_request_field_size
            ):
                fields = [line.partition(b":") for line in lines]
                self._headers_list = [
                    (name.lower(), value.strip(b" \t")) for name, _, value in fields
                ]
                self._header_count = len(fields)
                self._scan_from = 0
                del self._buffer[: end + 2]
                self._finalize_headers()
                return True
        is_whole: bool = super()._parse_headers()
        return is_whole

    def _find_line(self, limit: int, error: Exception) -> int:
        """Return where the next line ends, -1 where it has not come; a trailer must be a field.

        gunicorn skips trailers unread; what another server would refuse shall not pass here.
        """
        line_end: int = super()._find_line(limit, error)
        if self._state != "chunked":
            return line_end
        if self._chunk_state == "size":
            if line_end >= 0:
                self._count_chunk()
            return line_end
        if line_end + 2 > limit:
            raise InvalidHeader
        if line_end > 0:
            name, colon, value = bytes(self._buffer[:line_end]).partition(b":")
            if not (colon and self._is_valid_token(name)) or self._has_invalid_header_chars(value):
                raise InvalidHeader
        return line_end

    def _count_chunk(self) -> None:
        """Count a chunk that begins; raise InvalidChunkSize where a body comes in crumbs.

        Threat: a chunk takes as long to parse whatever it holds, and a megabyte of single bytes
        takes seconds. Limit: what they hold pays for them.
        """
        if self._chunk_size == 0:  # none went before
            self.chunks = self._chunked_bytes = 0
        self.chunks += 1
        self._chunked_bytes += self._chunk_size
        if self._chunked_bytes < (self.chunks - SMALL_CHUNKS_MAX) * CHUNK_MEAN_MIN_BYTES:
            raise InvalidChunkSize

    def _is_valid_method(self, method: bytes) -> bool:
        return _METHOD.fullmatch(method) is not None

    def _is_valid_token(self, data: bytes) -> bool:
        return _TOKEN.fullmatch(data) is not None

    def _has_invalid_header_chars(self, value: bytes) -> bool:
        return _FORBIDDEN_IN_VALUES.search(value) is not None
