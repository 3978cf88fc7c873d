"""The page cache: pages and files that are the same for everybody, answered from memory.

Why: a page is 12 ms of templates, and a visit is mostly pages. Each is made once for a language, a
size of the text, a state of the indexes and a minute; a request then costs microseconds, holds no
thread, may be answered within an event loop, and counts against no limit, which guards work.

Threat: a page of before shows that all is well when it is not. Limit: a page is of the snapshot
that it was made of; where builds or what is missing are not the same, it is not answered. Past its
minute it is answered while a thread makes it anew, and for AGE_MAX_MINUTES at most.
Threat: headers and addresses of anybody's making fill the memory. Limit: keys are made of known
paths, of languages and sizes of text that are offered, and of nothing else; what else an address
has is passed over where no view reads it.
"""

import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import structlog
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.api_response import ApiResponse
from app.i18n import negotiate_language
from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer, IndexStore
from app.languages import DEFAULT_LANGUAGE, languages
from app.web.cached_pages import CachedPage
from app.web.content_encoding import compress
from app.web.page_renderer import PageKey, Rendering, languages_of_query, read_query
from app.web.stored_response import StoredResponse

READS = frozenset({"GET", "HEAD"})
AGE_MAX_MINUTES = 3
MINUTE_SECONDS = 60
HEADER_MAX_CHARACTERS = 256
REMEMBERED_MAX = 512

Render = Callable[[PageKey], Rendering | None]


class _Copy(NamedTuple):
    """A page as it was made; None where the framework must answer each time."""

    generation: int
    minute: int
    rendering: Rendering | None
    response: StoredResponse | None


class PageCache:
    """Safe for several threads; ``respond`` waits for nothing and renders nothing."""

    def __init__(
        self,
        pages: Mapping[str, CachedPage],
        files: Mapping[str, StoredResponse],
        render: Render,
        indexes: IndexStore,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """pages and files: by path; render: makes a page, in a thread; clock: in seconds."""
        self._pages = dict(pages)
        self._files = dict(files)
        self._render = render
        self._state = _IndexState(indexes)
        self._clock = clock
        self._copies: dict[PageKey, _Copy] = {}
        self._rendering = {path: threading.Lock() for path in pages}
        self._refresher = _Refresher(self._make)
        self._negotiated: dict[str, str] = {}
        self._languages_of_query = languages_of_query()

    def respond(
        self, method: str, path: str, query: str, headers: Mapping[str, str]
    ) -> ApiResponse | None:
        """Answer from memory; None where the framework shall, or ``render_and_respond``.

        query: without "?"; headers: of the request, names in lower case. Waits for nothing.
        """
        if method not in READS:
            return None
        file = self._files.get(path)
        if file is not None:
            return file.respond(method, headers)  # whatever is appended to its address
        key = self._key(path, query, headers)
        if key is None:
            return None
        response = self._fresh(key)
        return None if response is None else response.respond(method, headers)

    def render_and_respond(
        self, method: str, path: str, query: str, headers: Mapping[str, str]
    ) -> ApiResponse | None:
        """Answer a page that no memory holds, after making it; None where the framework shall.

        Of several threads that want one page one makes it. May take as long as a page does.
        """
        key = self._key(path, query, headers) if method in READS else None
        if key is None:
            return None
        with self._rendering[path]:
            response = self._fresh(key)
            if response is None and not self._is_left_to_the_framework(key):
                response = self._make(key)
        return None if response is None else response.respond(method, headers)

    def warm(self) -> None:
        """Begin to make every page, in a thread, so that nobody waits for the first ones."""
        for path, page in self._pages.items():
            for tag in languages() if page.by_language else (DEFAULT_LANGUAGE,):
                self._refresher.want(PageKey(path, "", tag))

    def _key(self, path: str, query: str, headers: Mapping[str, str]) -> PageKey | None:
        page = self._pages.get(path)
        if page is None:
            return None
        read: str | None = query
        if query not in self._languages_of_query and not page.reads_query:
            read = read_query(query)
        if not page.by_language:
            return PageKey(path, "", DEFAULT_LANGUAGE) if read == "" else None
        if read not in self._languages_of_query:
            return None
        tag = self._languages_of_query[read] or self._negotiate(headers.get("accept-language", ""))
        return None if tag is None else PageKey(path, read, tag)

    def _negotiate(self, accept_language: str) -> str | None:
        """Return the language that a header leads to; None for one that is too long to keep."""
        tag = self._negotiated.get(accept_language)
        if tag is None and len(accept_language) <= HEADER_MAX_CHARACTERS:
            accepted = parse_accept_header(accept_language, LanguageAccept)
            tag = negotiate_language(languages(), None, accepted)
            if len(self._negotiated) >= REMEMBERED_MAX:
                self._negotiated.clear()
            self._negotiated[accept_language] = tag
        return tag

    def _minute(self) -> int:
        return int(self._clock() // MINUTE_SECONDS)

    def _fresh(self, key: PageKey) -> StoredResponse | None:
        copy = self._copies.get(key)
        if copy is None or copy.response is None or copy.generation != self._state.generation():
            return None
        age = self._minute() - copy.minute
        if age:
            if not 0 < age <= AGE_MAX_MINUTES:
                return None
            self._refresher.want(key)
        return copy.response

    def _is_left_to_the_framework(self, key: PageKey) -> bool:
        copy = self._copies.get(key)
        present = (self._state.generation(), self._minute())
        return copy is not None and copy.response is None and present == copy[:2]

    def _make(self, key: PageKey) -> StoredResponse | None:
        # before: a page of two states is of the former, and answered no more
        generation, minute = self._state.generation(), self._minute()
        rendering, before = self._render(key), self._copies.get(key)
        self._state.generation()  # what came while it was made is seen: a state that returns is new
        if before is not None and before.rendering == rendering:
            response = before.response  # compressed already
        else:
            response = None if rendering is None else self._stored(key, rendering)
        self._copies[key] = _Copy(generation, minute, rendering, response)
        return response

    def _stored(self, key: PageKey, rendering: Rendering) -> StoredResponse:
        page = self._pages[key.path]
        headers = list(rendering.headers)
        names = {name.lower(): value for name, value in headers}
        if "cache-control" not in names:
            headers.append(("Cache-Control", page.cache_control))
        negotiated = page.by_language and self._languages_of_query[key.query] is None
        vary = "Accept-Encoding, Accept-Language" if negotiated else "Accept-Encoding"
        headers.append(("Vary", vary))
        return StoredResponse(headers, compress(rendering.body, names.get("content-type", "")))


class _IndexState:
    """Numbers the states of the indexes, so that pages of another one are known."""

    def __init__(self, indexes: IndexStore) -> None:
        self._indexes = indexes
        self._turn = threading.Lock()
        self._last: tuple[IndexSnapshot | None, object, int] = (None, None, 0)

    def generation(self) -> int:
        """Return the number of the present state; a new one wherever builds or gaps differ."""
        try:
            snapshot = self._indexes.snapshot()
        except CannotAnswer:
            snapshot = None
        last, content, generation = self._last
        if snapshot is last and generation:
            return generation
        now = None if snapshot is None else (_builds(snapshot), snapshot.missing)
        with self._turn:
            _, content, generation = self._last
            if now != content or not generation:
                generation += 1
            self._last = (snapshot, now, generation)
        return generation


def _builds(snapshot: IndexSnapshot) -> tuple[str, ...]:
    return tuple(manifest.build_id for manifest in snapshot.manifests)


class _Refresher:
    """Makes pages anew in one thread, which ends when nothing is wanted any more."""

    def __init__(self, make: Callable[[PageKey], object]) -> None:
        self._make = make
        self._turn = threading.Lock()
        self._wanted: dict[PageKey, None] = {}
        self._is_running = False

    def want(self, key: PageKey) -> None:
        """Have a page made soon; once, however often it is wanted meanwhile."""
        with self._turn:
            self._wanted[key] = None
            if self._is_running:
                return
            self._is_running = True
        try:
            threading.Thread(target=self._run, name="page-refresher", daemon=True).start()
        except RuntimeError:  # no more threads now: the next one that is wanted tries again
            self._is_running = False

    def _run(self) -> None:
        while True:
            with self._turn:
                key = next(iter(self._wanted), None)
                if key is None:
                    self._is_running = False
                    return
            try:
                self._make(key)
            except Exception:  # the next page is another; who asks for this one is answered anew
                structlog.get_logger().error("page_not_rendered", exc_info=True)
            with self._turn:
                self._wanted.pop(key, None)
