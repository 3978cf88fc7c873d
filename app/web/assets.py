"""Serve assets under hashed names: styles, icon and scripts that `make setup` builds."""

import json
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory, url_for
from markupsafe import Markup

from app.web.security_headers import WASM_POLICY
from exposure_index.errors import ExitCode, ForeseenError

BUNDLE = Path(__file__).parents[1] / "static" / "bundle"
A_YEAR_SECONDS = 31_536_000
WASM_WORKERS = frozenset({"kiosk_scan"})  # a worker's policy is that of its own script
COMPRESSED = {"br": ".br", "gzip": ".gz"}  # the smaller one first

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
        message = "the browser bundle is not built; run: make setup"
        raise BundleMissing(message) from None
    return table


@bp.get("/bundle/<name>")
def asset_file(name: str) -> Response:
    """Return an asset, whose name changes with its content, compressed where the browser takes it.

    Only files that are the same for everybody are ever compressed; no answer is.
    """
    response = send_from_directory(BUNDLE, name, max_age=A_YEAR_SECONDS)
    for encoding, ending in COMPRESSED.items():
        if request.accept_encodings[encoding] and (BUNDLE / f"{name}{ending}").is_file():
            kind = response.mimetype
            response = send_from_directory(
                BUNDLE, f"{name}{ending}", mimetype=kind, max_age=A_YEAR_SECONDS
            )
            response.headers["Content-Encoding"] = encoding
            break
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_SECONDS}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if name.partition(".")[0] in WASM_WORKERS:
        response.headers["Content-Security-Policy"] = WASM_POLICY
    return response


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
