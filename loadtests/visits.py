"""Whole visits: every request that a citizen's browser sends, with the headers that it sends.

Which they are is read from the page itself: its assets, and where it finds its private check.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from loadtests import demo_requests
from loadtests.http_requests import FORM, OCTETS, SEE_OTHER, HttpRequest, answer_to, get, post
from loadtests.private_requests import EVALUATIONS, bucket, evaluation_body, private_manifest

VISITORS = 200
PAGE, TRIPS = "/check", "/trips"
INDEX = "/api/v1/index"
PLACES = "/check/private/places"  # of published trips: asked for by whoever may need them
BROWSER = {
    "Connection": "keep-alive",
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
}
NAVIGATION = {
    **BROWSER,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "*/*;q=0.8",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}
FETCH = {
    **BROWSER,
    "Accept": "*/*",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}
ASSET = {**BROWSER, "Accept": "*/*", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}
REFERENCES = {"link": "href", "script": "src", "img": "src"}
BUNDLE = "/bundle/"


@dataclass(frozen=True, slots=True)
class Visit:
    """Visits of one kind: the requests of one visitor after the other, so many of each."""

    name: str
    requests: Sequence[HttpRequest]
    length: int

    @classmethod
    def of(cls, name: str, visitors: Iterable[Sequence[HttpRequest]]) -> "Visit":
        """Return the visits of visitors who all send as many requests."""
        every = [list(each) for each in visitors]
        return cls(name, [one for each in every for one in each], len(every[0]))


@dataclass
class PageParts(HTMLParser):
    """What a browser fetches for a page: with scripts, or without; private: where its private
    check is described, empty where it has none."""

    with_scripts: list[str] = field(default_factory=list)
    without_scripts: list[str] = field(default_factory=list)
    private: str = ""
    _in_noscript: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def of(cls, page: str) -> "PageParts":
        """Return the parts of a page, each asset once."""
        parts = cls()
        parts.feed(page)
        return parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an asset, or the form's private check."""
        attributes = dict(attrs)
        if tag == "noscript":
            self._in_noscript = True
        if tag == "form":
            self.private = attributes.get("data-private") or self.private
        asset = attributes.get(REFERENCES.get(tag, "")) or ""
        if asset.startswith(BUNDLE):
            if not self._in_noscript and asset not in self.with_scripts:
                self.with_scripts.append(asset)
            if tag != "script" and asset not in self.without_scripts:
                self.without_scripts.append(asset)

    def handle_endtag(self, tag: str) -> None:
        """Leave what only browsers without scripts read."""
        if tag == "noscript":
            self._in_noscript = False


def navigate(path: str, status: int = 200) -> HttpRequest:
    """Return the request of a browser for a page."""
    return HttpRequest("GET", path, NAVIGATION, status=status)


def submit(path: str, fields: dict[str, str]) -> HttpRequest:
    """Return the request of a browser that sends a form."""
    headers = {**NAVIGATION, "Content-Type": FORM}
    return HttpRequest("POST", path, headers, urlencode(fields).encode())


def fetch(path: str, body: bytes = b"") -> HttpRequest:
    """Return the request of a script: of a body where there is one."""
    if not body:
        return HttpRequest("GET", path, FETCH)
    return HttpRequest("POST", path, {**FETCH, "Content-Type": OCTETS}, body)


def assets(paths: Iterable[str]) -> list[HttpRequest]:
    """Return the requests for the files that a page refers to."""
    return [HttpRequest("GET", path, ASSET) for path in paths]


def all_visits(address: str, code: str) -> list[Visit]:
    """Return every kind of visit to a service; code: signed, of a poster. Raises BenchFailed.

    warm: what a browser keeps for a year is in its cache, so that it does not ask for it. scanned:
    by a poster's code for the first time, everything is fetched.
    """
    parts, trip_parts = (PageParts.of(_page(path, address)) for path in (PAGE, TRIPS))
    manifest = private_manifest(address)
    scan, trip_scan = navigate(f"/q/{code}", SEE_OTHER), navigate(f"/q/{code}/trips", SEE_OTHER)
    people, trips = demo_requests.people(VISITORS), demo_requests.trips()[:VISITORS]

    def private(visitor: int) -> list[HttpRequest]:
        return [
            fetch(parts.private),
            fetch(PLACES),
            fetch(EVALUATIONS, evaluation_body(manifest, visitor)),
            fetch(bucket(manifest, visitor).path),
        ]

    visitors = [private(visitor) for visitor in range(VISITORS)]
    with_scripts, without = assets(parts.with_scripts), assets(parts.without_scripts)
    trip_assets = assets(trip_parts.with_scripts)
    return [
        Visit.of("private, warm", ([navigate(PAGE), *each] for each in visitors)),
        Visit.of(
            "private, scanned",
            ([scan, navigate(PAGE), *with_scripts, *each] for each in visitors),
        ),
        Visit.of("form, warm", ([navigate(PAGE), submit(PAGE, each)] for each in people)),
        Visit.of(
            "form, scanned",
            ([scan, navigate(PAGE), *without, submit(PAGE, each)] for each in people),
        ),
        Visit.of("trip, warm", ([navigate(TRIPS), submit(TRIPS, each)] for each in trips)),
        Visit.of(
            "trip, scanned",
            ([trip_scan, navigate(TRIPS), *trip_assets, submit(TRIPS, each)] for each in trips),
        ),
        Visit.of("API", ([get(INDEX), _api_check(each)] for each in people)),
    ]


def _page(path: str, address: str) -> str:
    return answer_to(get(path), address).decode()  # as it is: a browser would have it compressed


def _api_check(person: dict[str, str]) -> HttpRequest:
    return post(demo_requests.CHECKS, "application/json", json.dumps(person).encode())
