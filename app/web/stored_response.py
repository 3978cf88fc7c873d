"""A stored response: the same for everybody, in each encoding, with an ETag for each."""

import hashlib
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from app.api_response import ApiResponse
from app.web.content_encoding import IDENTITY, choose_encoding

OK, NOT_MODIFIED = HTTPStatus.OK.value, HTTPStatus.NOT_MODIFIED.value
ETAG_LETTERS = 22
OF_A_BODY = frozenset({"content-type", "content-length", "content-encoding"})

Headers = list[tuple[str, str]]


class StoredResponse:
    """Answers GET and HEAD from memory; a client that has the bytes is told so (304)."""

    def __init__(self, headers: Sequence[tuple[str, str]], bodies: Mapping[str, bytes]) -> None:
        """headers: without length, encoding and ETag; bodies: by encoding, one under ""."""
        self.body = bodies[IDENTITY]
        digest = hashlib.sha256(self.body).hexdigest()[:ETAG_LETTERS]
        self._by_encoding = {
            encoding: _Representation(headers, encoding, body, digest)
            for encoding, body in bodies.items()
        }

    def respond(self, method: str, headers: Mapping[str, str]) -> ApiResponse:
        """Return the response to a GET or HEAD; headers: of the request, names in lower case."""
        encoding = choose_encoding(headers.get("accept-encoding", ""))
        stored = self._by_encoding.get(encoding) or self._by_encoding[IDENTITY]
        known = headers.get("if-none-match")
        if known is not None and stored.is_known(known):
            return ApiResponse(NOT_MODIFIED, stored.headers_not_modified.copy(), b"")
        body = b"" if method == "HEAD" else stored.body
        return ApiResponse(OK, stored.headers.copy(), body)


class _Representation:
    """The bytes of one encoding and their headers."""

    def __init__(
        self, headers: Sequence[tuple[str, str]], encoding: str, body: bytes, digest: str
    ) -> None:
        self.body = body
        self._etag = f'"{digest}{"-" if encoding else ""}{encoding}"'
        own = [("Content-Length", str(len(body))), ("ETag", self._etag)]
        if encoding:
            own.append(("Content-Encoding", encoding))
        self.headers: Headers = [*headers, *own]
        self.headers_not_modified: Headers = [
            header for header in self.headers if header[0].lower() not in OF_A_BODY
        ]

    def is_known(self, if_none_match: str) -> bool:
        """Return whether a list of ETags names this one, compared weakly (RFC 9110)."""
        tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
        return if_none_match.strip() == "*" or self._etag in tags
