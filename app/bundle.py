"""The style sheet and icon that `make setup` builds from frontend/, by their hashed names."""

import json
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for

BUNDLE = Path(__file__).parent / "static" / "bundle"
A_YEAR_SECONDS = 31_536_000

bp = Blueprint("bundle", __name__)


class BundleMissing(Exception):
    """The browser bundle was not built: ``make setup`` does it."""


def bundle_names(folder: Path = BUNDLE) -> dict[str, str]:
    """Return name → hashed name of each file. Raises BundleMissing."""
    try:
        names: dict[str, str] = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        message = "the browser bundle is not built; run: make setup"
        raise BundleMissing(message) from None
    return names


@bp.get("/bundle/<name>")
def bundle_file(name: str) -> Response:
    """Return a file whose name changes with its content."""
    response = send_from_directory(BUNDLE, name, max_age=A_YEAR_SECONDS)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_SECONDS}, immutable"
    return response


def bundle_url(name: str, names: dict[str, str]) -> str:
    """Return the address of one file; it carries no language."""
    return url_for("bundle.bundle_file", name=names[name], lang=None)
