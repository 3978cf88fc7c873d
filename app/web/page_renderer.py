"""Makes a page for the page cache: by a request of our own that holds nothing of any client's."""

import io
import re
import sys
from collections.abc import Callable
from typing import Any, NamedTuple
from wsgiref.types import WSGIApplication, WSGIEnvironment

from app.i18n import LANGUAGE_PARAMETER
from app.languages import languages
from app.limits.pages import UNCOUNTED_VARIABLE
from app.web.text_size import LARGE_QUERY, TEXT_PARAMETER

Headers = list[tuple[str, str]]
OK = "200"
# made anew for each encoding, and the one that says that a response is of one client
OWN_HEADERS = frozenset({"content-length", "etag", "vary"})
READ_PARAMETERS = (LANGUAGE_PARAMETER, TEXT_PARAMETER)
QUERY_MAX_CHARACTERS = 512
_PLAIN_NAME = re.compile(r"[\w.~-]*", re.ASCII)


class PageKey(NamedTuple):
    """One page in one language; query: "", or language and text size as the address has them."""

    path: str
    query: str
    language: str


def languages_of_query() -> dict[str, str | None]:
    """Return each query that a page may have, with the language that it names; None for none.

    In the order in which every link has language and size of the text.
    """
    named = {f"{LANGUAGE_PARAMETER}={tag}": tag for tag in languages()}
    large = {f"{query}&{LARGE_QUERY}": tag for query, tag in named.items()}
    return {"": None, LARGE_QUERY: None, **named, **large}


def read_query(query: str) -> str | None:
    """Return what of a query any page reads: language and size of the text, in that order.

    Applications in which an address is shared append theirs, as from=singlemessage. None where it
    takes the framework to tell: a long query, names written otherwise than as they are, or twice.
    """
    if len(query) > QUERY_MAX_CHARACTERS:
        return None
    found: dict[str, str] = {}
    for part in query.split("&"):
        name, _, _ = part.partition("=")
        if not _PLAIN_NAME.fullmatch(name):
            return None
        if name in READ_PARAMETERS:
            if name in found:
                return None
            found[name] = part
    return "&".join(found[name] for name in READ_PARAMETERS if name in found)


class Rendering(NamedTuple):
    """A page as the framework makes it, without length, ETag and Vary."""

    headers: Headers
    body: bytes


class PageRenderer:
    """Renders pages by the framework's own views; call it from a thread, not from a loop."""

    def __init__(self, wsgi: WSGIApplication) -> None:
        self._wsgi = wsgi

    def __call__(self, key: PageKey) -> Rendering | None:
        """Return the page; None where it is no page for everybody: an error, a cookie, a stream."""
        started: list[tuple[str, Headers]] = []

        def start(
            status: str,
            headers: Headers,
            error: Any = None,  # noqa: ANN401 - as WSGI gives it
            /,
        ) -> Callable[[bytes], object]:
            started.append((status, headers))
            return lambda _: None

        result = self._wsgi(_environ(key), start)
        try:
            body = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        status, headers = started[-1]
        names = {name.lower() for name, _ in headers}
        if status[:3] != OK or "set-cookie" in names or "content-encoding" in names:
            return None
        return Rendering([item for item in headers if item[0].lower() not in OWN_HEADERS], body)


def _environ(key: PageKey) -> WSGIEnvironment:
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_LANGUAGE": key.language,
        UNCOUNTED_VARIABLE: True,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
