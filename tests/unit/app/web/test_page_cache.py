"""Pages from memory: the very bytes of the framework, of the present state, for anybody alike."""

import threading

import pytest

from app.indexes.store import CannotAnswer
from app.languages import DEFAULT_LANGUAGE, languages
from app.web.cached_pages import CachedPage
from app.web.page_cache import AGE_MAX_MINUTES, HEADER_MAX_CHARACTERS, REMEMBERED_MAX, PageCache
from app.web.page_renderer import QUERY_MAX_CHARACTERS, PageKey, PageRenderer, Rendering
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

PAGE = "/page"
HTML = ("Content-Type", "text/html; charset=utf-8")


class Indexes:
    """The state of indexes as a test sets it."""

    def __init__(self):
        self.builds, self.missing = ("one",), ()

    def snapshot(self):
        if self.builds is None:
            raise CannotAnswer(("missing",))
        return Snapshot(self.builds, self.missing)


class Snapshot:
    def __init__(self, builds, missing):
        self.manifests = [type("Manifest", (), {"build_id": build}) for build in builds]
        self.missing = missing


class Cache:
    """A cache over pages that say how often they were rendered, and a clock that a test sets."""

    def __init__(self, page=None):
        self.indexes, self.seconds = Indexes(), 0.0
        self.renderings = []
        self.rendering = lambda key: Rendering(
            [HTML], f"{key.language} {len(self.renderings)}".encode()
        )
        pages = {PAGE: page or CachedPage("no-cache")}
        self.cache = PageCache(pages, {}, self._render, self.indexes, lambda: self.seconds)

    def _render(self, key):
        self.renderings.append(key)
        return self.rendering(key)

    def get(self, query="", **headers):
        """Return what is answered at once, or after rendering."""
        return self._body("respond", query, headers) or self._body(
            "render_and_respond", query, headers
        )

    def get_at_once(self, query="", **headers):
        return self._body("respond", query, headers)

    def _body(self, method, query, headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = getattr(self.cache, method)("GET", PAGE, query, named)
        return None if response is None else response.body.decode()


@pytest.fixture
def pages():
    return Cache()


def test_a_page_is_rendered_once(pages):
    assert "zh-Hans 1" == pages.get() == pages.get() == pages.get_at_once()
    assert [PageKey(PAGE, "", "zh-Hans")] == pages.renderings


def test_nothing_is_rendered_for_whoever_must_not_wait(pages):
    assert (None, []) == (pages.get_at_once(), pages.renderings)


@pytest.mark.parametrize(
    ("language", "query", "accepted"),
    [
        ("en", "", "en-GB,en;q=0.9"),
        ("zh-Hant", "", "zh-TW"),
        ("en", "lang=en", "zh-TW"),
        (DEFAULT_LANGUAGE, "", ""),
        ("en", "", "tlh, *;q=0.5"),
        (DEFAULT_LANGUAGE, "from=singlemessage&isappinstalled=0", ""),
        ("en", "from=timeline&text=large&lang=en", ""),
        ("en", "lang=en&utm_source=%E5%BE%AE%E4%BF%A1+1&&=", "zh"),
        ("en", "LANG=zh-Hant", "en"),
    ],
)
def test_a_page_is_of_the_language_that_the_reader_chose(pages, language, query, accepted):
    assert f"{language} 1" == pages.get(query, accept_language=accepted)


@pytest.mark.parametrize(
    "query",
    [
        "lang=xx",
        "text=small",
        "lang=en&lang=en",
        "lang=%65n",
        "l%61ng=en",
        "+lang=en",
        "x=1&\xe4=2",
        f"x={'x' * QUERY_MAX_CHARACTERS}",
        "lang",
    ],
)
def test_a_query_that_takes_reading_is_left_to_the_framework(pages, query):
    assert (None, []) == (pages.get(query), pages.renderings)


@pytest.mark.parametrize("query", ["number=G1", "from=timeline", "lang=en&x=1"])
def test_a_page_that_reads_its_query_is_left_to_the_framework(query):
    pages = Cache(CachedPage("no-cache", reads_query=True))
    assert (None, []) == (pages.get(query), pages.renderings)
    assert "en 1" == pages.get("lang=en")


def test_what_is_appended_to_an_address_takes_no_more_memory(pages):
    for number in range(99):
        pages.get(f"from={number}")
    assert [PageKey(PAGE, "", DEFAULT_LANGUAGE)] == pages.renderings


def test_a_page_of_one_language_is_made_once_for_all():
    pages = Cache(CachedPage("no-cache", by_language=False))
    assert pages.get(accept_language="en") == pages.get(accept_language="zh-TW")
    assert pages.get("lang=en") is None
    assert pages.get("from=timeline") == pages.get()


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "get"])
def test_only_reading_is_answered(pages, method):
    pages.get()
    for respond in (pages.cache.respond, pages.cache.render_and_respond):
        assert respond(method, PAGE, "", {}) is None


def change_build(indexes):
    indexes.builds = ("two",)


def quarantine(indexes):
    indexes.builds = None


def lose_an_authority(indexes):
    indexes.missing = ("authority",)


@pytest.mark.parametrize("change", [change_build, quarantine, lose_an_authority])
def test_a_page_of_another_state_is_answered_no_more(pages, change):
    pages.get()
    change(pages.indexes)
    assert pages.get_at_once() is None
    assert "zh-Hans 2" == pages.get() == pages.get_at_once()


def test_a_state_that_comes_back_is_another_one(pages):
    pages.get()
    quarantine(pages.indexes)
    pages.get()
    pages.indexes.builds = ("one",)
    assert "zh-Hans 3" == pages.get()


def test_a_page_during_whose_making_the_state_changed_is_made_again(pages):
    def slow(key):
        change_build(pages.indexes)
        return Rendering([HTML], b"of both")

    pages.rendering = slow
    assert "of both" == pages.get()
    assert pages.get_at_once() is None


def test_past_its_minute_a_page_is_answered_while_one_thread_makes_it_anew(pages):
    pages.get()
    reached, go_on = threading.Event(), threading.Event()

    def waiting(key):
        reached.set()
        go_on.wait(PATIENCE_SECONDS)
        return Rendering([HTML], b"anew")

    pages.rendering = waiting
    pages.seconds = 60.0
    assert ["zh-Hans 1"] * 3 == [pages.get_at_once() for _ in range(3)]
    assert reached.wait(PATIENCE_SECONDS)
    assert "zh-Hans 1" == pages.get_at_once()
    go_on.set()
    wait_until(lambda: pages.get_at_once() == "anew")
    assert 2 == len(pages.renderings)


@pytest.mark.parametrize("minutes", [AGE_MAX_MINUTES + 1, 1_000, -1])
def test_a_page_that_is_too_old_is_not_answered(pages, minutes):
    pages.get()
    pages.seconds = 60.0 * minutes
    assert pages.get_at_once() is None
    assert "zh-Hans 2" == pages.get()


def test_of_several_threads_that_want_a_page_one_makes_it(pages):
    begun, go_on = threading.Barrier(4), threading.Event()

    def slow(key):
        go_on.wait(PATIENCE_SECONDS)
        return Rendering([HTML], b"page")

    def visit():
        begun.wait(PATIENCE_SECONDS)
        bodies.append(pages.get())

    pages.rendering, bodies = slow, []
    threads = [threading.Thread(target=visit) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait(PATIENCE_SECONDS)
    go_on.set()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert (["page"] * 3, 1) == (bodies, len(pages.renderings))


def test_a_page_that_fails_to_render_in_the_background_is_tried_again(pages):
    def fails(key):
        raise RuntimeError

    pages.get()
    pages.rendering, pages.seconds = fails, 60.0
    assert "zh-Hans 1" == pages.get_at_once()
    wait_until(lambda: len(pages.renderings) == 2 and not pages.cache._refresher._is_running)
    pages.rendering = lambda key: Rendering([HTML], b"anew")
    pages.get_at_once()
    wait_until(lambda: pages.get_at_once() == "anew")


def test_what_is_no_page_for_everybody_is_tried_once_a_minute(pages):
    pages.rendering = lambda key: None
    assert ([None] * 3, 1) == ([pages.get() for _ in range(3)], len(pages.renderings))
    pages.seconds = 60.0
    assert (None, 2) == (pages.get(), len(pages.renderings))


def test_every_page_is_made_before_the_first_visitor(pages):
    pages.cache.warm()
    wait_until(lambda: len(pages.renderings) == len(languages()))
    wait_until(lambda: all(pages.get_at_once(accept_language=tag) for tag in languages()))


def test_headers_of_anybody_s_making_take_no_more_memory_than_some(pages):
    for number in range(3 * REMEMBERED_MAX):
        pages.get(accept_language=f"en;q=0.{number:03}, x-{number}")
    assert len(pages.cache._negotiated) <= REMEMBERED_MAX
    assert pages.get(accept_language="en," * HEADER_MAX_CHARACTERS) is None
    assert len(pages.cache._copies) <= 2 * len(languages())


def respond_with(status, headers):
    def wsgi(environ, start_response):
        start_response(status, headers)
        return [b"page"]

    return PageRenderer(wsgi)(PageKey(PAGE, "", "en"))


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("503 SERVICE UNAVAILABLE", []),
        ("303 SEE OTHER", []),
        ("204 NO CONTENT", []),
        ("200 OK", [("set-cookie", "a=b")]),
        ("200 OK", [("Content-Encoding", "gzip")]),
    ],
)
def test_an_error_a_cookie_and_compressed_bytes_are_no_page_for_everybody(status, headers):
    assert respond_with(status, headers) is None
    assert respond_with("200 OK", []) == Rendering([], b"page")
