"""Which pages the page cache may hold: those whose view says that they are the same for everybody.

Threat: a page with something of one reader is shown to the next. Limit: a view that says nothing is
never cached; and a page is made for the cache from its path and language alone, without anything
that a client sent (``page_renderer``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.settings import Settings
from app.web.security_headers import NO_STORE

View = TypeVar("View", bound=Callable[..., Any])

# a form is not left in a browser's memory: whoever has the phone next would see what was typed
OF_A_FORM = NO_STORE
# of texts that change with the program alone; what is shown of the data is asked for each time
OF_A_TEXT = "public, max-age=300"
REVALIDATED = "no-cache"

_ATTRIBUTE = "_gauge_cached_page"


def _always(_settings: Settings) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CachedPage:
    """How a page is cached here and elsewhere.

    cache_control: for browsers and proxies, where the view says nothing itself; by_language:
    whether it differs between languages; reads_query: whether the view reads more of an address
    than language and size of the text; when: whether it is the same for everybody under some
    settings.
    """

    cache_control: str
    by_language: bool = True
    reads_query: bool = False
    when: Callable[[Settings], bool] = _always


def cached_page(page: CachedPage) -> Callable[[View], View]:
    """Return a decorator that notes at a view that its page may be cached."""

    def note(view: View) -> View:
        setattr(view, _ATTRIBUTE, page)
        return view

    return note


def cached_page_of(view: Callable[..., object]) -> CachedPage | None:
    """Return what was noted at a view, None where it must not be cached."""
    page: CachedPage | None = getattr(view, _ATTRIBUTE, None)
    return page
