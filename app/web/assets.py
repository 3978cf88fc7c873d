"""Serve assets under hashed names: styles, icon and scripts that `make setup` builds."""

import base64
import hashlib
import json
import mimetypes
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory, url_for
from markupsafe import Markup

from app.web.content_encoding import BROTLI, GZIP, IDENTITY
from app.web.security_headers import WASM_POLICY
from app.web.stored_response import StoredResponse
from exposure_index.errors import ExitCode, ForeseenError

BUNDLE = Path(__file__).parents[1] / "static" / "bundle"
A_YEAR_SECONDS = 31_536_000
WASM_WORKERS = frozenset({"kiosk_scan"})  # a worker's policy is that of its own script
COMPRESSED = {BROTLI: ".br", GZIP: ".gz"}
IMMUTABLE = f"public, max-age={A_YEAR_SECONDS}, immutable"
# style sheets that stand in a page: its first painting waits for no other file
INLINE_STYLES = ("first_view.css", "noscript.css")
NOT_BUILT = "the browser bundle is not built; run: make setup"
PATH = "/bundle/"
TABLES = ".json"  # of names and checksums, for this program
CHARSET = "; charset=utf-8"

bp = Blueprint("bundle", __name__)


class BundleMissing(ForeseenError):
    """The browser bundle was not built: ``make setup`` does it."""

    exit_code = ExitCode.UNAVAILABLE


def asset_names(folder: Path = BUNDLE) -> dict[str, str]:
    """Return name → hashed name of each asset. Raises BundleMissing."""
    return _table(folder / "manifest.json")


def asset_integrity(folder: Path = BUNDLE) -> dict[str, str]:
    """Return name → what a browser must find in each asset (subresource integrity).

    A bundle of before there were scripts holds no such table: then it is empty.
    """
    file = folder / "integrity.json"
    return _table(file) if file.exists() else {}


def _table(file: Path) -> dict[str, str]:
    try:
        table: dict[str, str] = json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise BundleMissing(NOT_BUILT) from None
    return table


@lru_cache(maxsize=1)  # a bundle is built before the service starts
def inline_styles(folder: Path = BUNDLE) -> Mapping[str, str]:
    """Return name → text of each style sheet that stands in pages. Raises BundleMissing."""
    names = asset_names(folder)
    if not names.keys() >= set(INLINE_STYLES):
        raise BundleMissing(NOT_BUILT)
    return {name: (folder / names[name]).read_text(encoding="utf-8") for name in INLINE_STYLES}


def inline_style_sources() -> tuple[str, ...]:
    """Return what a Content-Security-Policy allows them by: the hash of each."""
    return tuple(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"
        for text in inline_styles().values()
    )


def inline_style(name: str) -> Markup:
    """Return the element that holds a style sheet, byte for byte what its hash allows."""
    return Markup("<style>{}</style>").format(Markup(inline_styles()[name]))  # noqa: S704 - our own


@bp.get("/bundle/<name>")
def asset_file(name: str) -> Response:
    """Return an asset that the page cache does not answer: one of another bundle."""
    if name.endswith((*COMPRESSED.values(), TABLES)):
        abort(HTTPStatus.NOT_FOUND)
    response = send_from_directory(BUNDLE, name, max_age=A_YEAR_SECONDS)
    for header, value in _headers(name):
        response.headers[header] = value
    return response


@lru_cache(maxsize=1)  # a bundle is built before the service starts
def stored_assets(folder: Path = BUNDLE) -> Mapping[str, StoredResponse]:
    """Return each asset by path, with the encodings that were made when it was built."""
    files = [file for file in folder.iterdir() if file.suffix not in (*COMPRESSED.values(), TABLES)]
    return {f"{PATH}{file.name}": _stored(file) for file in files}


def _stored(file: Path) -> StoredResponse:
    bodies = {IDENTITY: file.read_bytes()}
    for encoding, ending in COMPRESSED.items():
        compressed = file.with_name(file.name + ending)
        if compressed.is_file():
            bodies[encoding] = compressed.read_bytes()
    return StoredResponse(_headers(file.name), bodies)


def _headers(name: str) -> list[tuple[str, str]]:
    """Return the headers of an asset, whose name changes with its content."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("javascript", "+xml"))
    headers = [
        ("Content-Type", kind + CHARSET if is_text else kind),
        ("Cache-Control", IMMUTABLE),
        ("Vary", "Accept-Encoding"),
    ]
    if name.partition(".")[0] in WASM_WORKERS:
        headers.append(("Content-Security-Policy", WASM_POLICY))
    return headers


def asset_url(name: str, names: dict[str, str]) -> str:
    """Return the address of one asset; it carries no language."""
    return url_for("bundle.asset_file", name=names[name], lang=None)


def script_tag(name: str, names: dict[str, str], integrity: dict[str, str]) -> Markup:
    """Return the element that loads one script once the page is read.

    The browser runs it only where its content is the one that was built. Nothing where the bundle
    does not hold it: every page works without.
    """
    if name not in names or name not in integrity:
        return Markup()
    return Markup('<script defer src="{}" integrity="{}"></script>').format(
        asset_url(name, names), integrity[name]
    )
