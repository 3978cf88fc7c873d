"""GET /api/openapi.json and /api/docs: the description of the API, for programs and for people."""

import json
from typing import Any

from flask import Blueprint, Response, current_app, render_template

from app.openapi.document import openapi_document
from app.openapi.reference import operation_parts, type_parts
from app.services import current_services
from app.web.cached_pages import OF_A_TEXT, CachedPage, cached_page

PATH = "/api/openapi.json"
DOCS_PATH = "/api/docs"
FRESH = "public, max-age=3600"
KEPT = "contact-gauge-openapi"

bp = Blueprint("openapi", __name__)


@bp.get(PATH)
@cached_page(CachedPage(FRESH, by_language=False))
def api_description() -> Response:
    """Return the OpenAPI document of this deployment."""
    document = _document()
    return Response(
        json.dumps(document, ensure_ascii=False),
        content_type="application/vnd.oai.openapi+json;version=3.1",
    )


@bp.get(DOCS_PATH)
@cached_page(CachedPage(OF_A_TEXT))
def api_reference() -> str:
    """Show the same document as a page, which needs no script."""
    document = _document()
    return render_template(
        "openapi/reference.html",
        description=document["info"]["description"],
        operations=operation_parts(document),
        types=type_parts(document),
        document_path=PATH,
    )


def _document() -> dict[str, Any]:
    """Return the document of this app, which is made once: it takes as long as 300 checks.

    Threat: a query that means nothing passes the cache of pages by, and pages are free.
    """
    kept = current_app.extensions
    if KEPT not in kept:
        kept[KEPT] = openapi_document(current_app, current_services().settings.base_url)
    document: dict[str, Any] = kept[KEPT]
    return document
