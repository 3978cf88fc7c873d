"""What benchmarks ask: the people and trips of the demo, among many whom nobody lists."""

import csv
import json
from pathlib import Path
from urllib.parse import urlencode

from loadtests import servers
from loadtests.http_requests import FORM, JSON, HttpRequest, get, post

PEOPLE = 20_000
ONE_OF_DEMO = 10
CHECKS = "/api/v1/checks"
DEMO = servers.ROOT / "var" / "demo"
BUNDLE = servers.ROOT / "app" / "static" / "bundle"
Fields = dict[str, str]


def people(number: int = PEOPLE, demo: Path = DEMO) -> list[Fields]:
    """Return so many people to check: each tenth one of the demo, the others nobody's number."""
    known = _rows(demo / "people.csv", ("id_type", "id_number", "name"))
    return [
        known[place // ONE_OF_DEMO % len(known)]
        if place % ONE_OF_DEMO == 0
        else {"id_type": "passport", "id_number": f"X{place:08}", "name": "ANY PERSON"}
        for place in range(number)
    ]


def trips(demo: Path = DEMO) -> list[Fields]:
    """Return number and date of published trips; each third number nobody published."""
    known = _rows(demo / "source" / "notices.csv", ("number", "date"))
    return [
        each if place % 3 else {**each, "number": f"G{place % 9_000 + 1}"}
        for place, each in enumerate(known)
    ]


def _rows(file: Path, names: tuple[str, ...]) -> list[Fields]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [{name: row[name] for name in names} for row in csv.DictReader(lines)]


def api_checks() -> list[HttpRequest]:
    """Return a check by the API of each person."""
    return [post(CHECKS, JSON, json.dumps(person).encode()) for person in people()]


def form_checks() -> list[HttpRequest]:
    """Return a check by the form of each person."""
    return [post("/check", FORM, urlencode(person).encode()) for person in people()]


def trip_lookups() -> list[HttpRequest]:
    """Return a look-up by the API of each trip."""
    return [get(f"/api/v1/trips?{urlencode(trip)}") for trip in trips()]


def asset_of_size(size: int, folder: Path = BUNDLE) -> tuple[str, int]:
    """Return the path of the file of the bundle whose size is nearest, and its size in bytes."""
    files = [each for each in folder.iterdir() if each.suffix in {".js", ".css", ".svg", ".png"}]
    nearest = min(files, key=lambda file: abs(file.stat().st_size - size))
    return f"/bundle/{nearest.name}", nearest.stat().st_size


def largest_asset(folder: Path = BUNDLE) -> str:
    """Return the path of the largest file of the bundle."""
    return f"/bundle/{max(folder.iterdir(), key=lambda file: file.stat().st_size).name}"
