"""GET /api/openapi.json: the description of the API."""

import json

from flask import Blueprint, Response, current_app

from app.openapi.document import openapi_document
from app.services import current_services

PATH = "/api/openapi.json"
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
