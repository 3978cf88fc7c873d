"""GET /api/openapi.json and /api/docs: the description of the API, for programs and for people."""

import json

from flask import Blueprint, Response, current_app, render_template

from app.openapi.document import openapi_document
from app.openapi.reference import operation_parts, type_parts
from app.services import current_services

PATH = "/api/openapi.json"
DOCS_PATH = "/api/docs"
FRESH_SECONDS = 3_600

bp = Blueprint("openapi", __name__)


@bp.get(PATH)
def api_description() -> Response:
    """Return the OpenAPI document of this deployment."""
    document = openapi_document(current_app, current_services().settings.base_url)
    response = Response(
        json.dumps(document, ensure_ascii=False),
        content_type="application/vnd.oai.openapi+json;version=3.1",
    )
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


@bp.get(DOCS_PATH)
def api_reference() -> str:
    """Show the same document as a page, which needs no script."""
    document = openapi_document(current_app, current_services().settings.base_url)
    return render_template(
        "openapi/reference.html",
        description=document["info"]["description"],
        operations=operation_parts(document),
        types=type_parts(document),
        document_path=PATH,
    )
