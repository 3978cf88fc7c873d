"""gunicorn's parser of requests, with its tests of single bytes as compiled expressions.

Why: it walks through the bytes of every name and value in Python, and through every header line by
line, which costs more than all else that it does with a browser's headers. A head that has come
whole, each of whose lines is in order, is judged and taken apart at once; whatever is not goes to
gunicorn's own steps, which say what is wrong. What it accepts is the same; a test holds that.
"""

import re

from gunicorn.asgi.parser import InvalidHeader, PythonProtocol

_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_METHOD = re.compile(rb"[!$%&'*+\-.^_`|~0-9A-Z]{3,20}")
_FORBIDDEN_IN_VALUES = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_FIELD_LINES = re.compile(rb"(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\x00-\x08\x0a-\x1f\x7f]*\r\n)+")
_HEAD_END = b"\r\n\r\n"
BODY_STATES = frozenset({"body", "chunked"})


class RequestParser(PythonProtocol):  # type: ignore[misc]
    """Parses requests of HTTP/1.1 and 1.0, and refuses whatever could be read in two ways."""

    _header_count: int
    _headers_list: list[tuple[bytes, bytes]]
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
    def unread_bytes(self) -> int:
        """How many bytes have come that no request has yet."""
        return len(self._buffer)

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
        if self._state != "chunked" or self._chunk_state != "trailer":
            return line_end
        if line_end + 2 > limit:
            raise InvalidHeader
        if line_end > 0:
            name, colon, value = bytes(self._buffer[:line_end]).partition(b":")
            if not (colon and self._is_valid_token(name)) or self._has_invalid_header_chars(value):
                raise InvalidHeader
        return line_end

    def _is_valid_method(self, method: bytes) -> bool:
        return _METHOD.fullmatch(method) is not None

    def _is_valid_token(self, data: bytes) -> bool:
        return _TOKEN.fullmatch(data) is not None

    def _has_invalid_header_chars(self, value: bytes) -> bool:
        return _FORBIDDEN_IN_VALUES.search(value) is not None
