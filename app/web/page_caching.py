"""Puts the page cache in front of the framework, for every page whose view allows it."""

from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from app.indexes.store import IndexStore
from app.settings import Settings
from app.web.assets import stored_assets
from app.web.cached_pages import CachedPage, cached_page_of
from app.web.page_cache import READS, PageCache
from app.web.page_renderer import PageRenderer
from app.web.stored_response import NOT_MODIFIED, OK

STATUS_LINES = {OK: "200 OK", NOT_MODIFIED: "304 NOT MODIFIED"}  # as the framework writes them
VARIABLES = {
    "HTTP_ACCEPT_ENCODING": "accept-encoding",
    "HTTP_ACCEPT_LANGUAGE": "accept-language",
    "HTTP_IF_NONE_MATCH": "if-none-match",
}


def register_page_cache(app: Flask, settings: Settings, indexes: IndexStore) -> PageCache:
    """Let the page cache answer before the app does; return it. Called when every view is there."""
    pages = dict(cached_pages(app, settings))
    cache = PageCache(pages, stored_assets(), PageRenderer(app.wsgi_app), indexes)
    app.wsgi_app = _with_cache(app.wsgi_app, cache)  # type: ignore[assignment,method-assign]
    return cache


def cached_pages(app: Flask, settings: Settings) -> Iterator[tuple[str, CachedPage]]:
    """Yield path and declaration of each page of an app that may be cached under the settings."""
    for rule in app.url_map.iter_rules():
        page = cached_page_of(app.view_functions[rule.endpoint])
        if page is not None and "GET" in (rule.methods or ()) and page.when(settings):
            yield rule.rule, page


def _with_cache(inner: WSGIApplication, cache: PageCache) -> WSGIApplication:
    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in READS:
            return inner(environ, start_response)
        headers = {name: environ[key] for key, name in VARIABLES.items() if key in environ}
        request = (method, environ["PATH_INFO"], environ.get("QUERY_STRING", ""), headers)
        response = cache.respond(*request) or cache.render_and_respond(*request)
        if response is None:
            return inner(environ, start_response)
        start_response(STATUS_LINES[response.status], response.headers)
        return (response.body,)

    return respond
