"""GET /api/v1/index and /manifests/…: the signed manifests, now and before, for anyone to check."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort
from pydantic import BaseModel

from app.checks.response_body import missing_document
from app.checks.response_schema import MissingItem
from app.indexes.snapshot import IndexSnapshot
from app.openapi.operations import Operation, described
from app.services import current_services
from app.web.cached_pages import CachedPage, cached_page
from app.web.security_headers import NO_STORE

bp = Blueprint("index_api", __name__)


CACHE_SECONDS = 172_800


class Manifests(BaseModel):
    """One manifest for each authority answered from, as it was signed.

    missing: as in the answer to a check, there while something is missing; not signed, since it
    can only make an answer more careful.
    """

    manifests: list[dict[str, Any]]
    missing: list[MissingItem] | None = None


@bp.get("/api/v1/index")
@cached_page(CachedPage(NO_STORE, by_language=False))
@described(
    Operation(
        "Read the signed manifests",
        answer=Manifests,
    )
)
def list_manifests() -> Response:
    """Return the manifest of each authority answered from, and what is missing besides."""
    body = index_document(current_services().indexes.snapshot())
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/json")


def index_document(snapshot: IndexSnapshot) -> dict[str, Any]:
    """Return what is answered from and what is missing, as ``Manifests``."""
    body: dict[str, Any] = {"manifests": [dict(m.document) for m in snapshot.manifests]}
    if snapshot.missing:
        body["missing"] = [missing_document(one) for one in snapshot.missing]
    return body


@bp.get("/manifests/<digest>.json")
def show_manifest(digest: str) -> Response:
    """Return the manifest of a SHA-256, by which the next manifest names it."""
    data = current_services().manifest_archive.file_of(digest)
    if data is None:
        abort(HTTPStatus.NOT_FOUND)
    response = Response(data, content_type="application/json")
    response.headers["Cache-Control"] = f"public, immutable, max-age={CACHE_SECONDS}"
    return response
