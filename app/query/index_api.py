"""GET /api/v1/index: the manifests, as signed, so that anyone can check them."""

import json

from flask import Blueprint, Response

from app.service import service

bp = Blueprint("index_api", __name__)


@bp.get("/api/v1/index")
def list_manifests() -> Response:
    """Return one manifest for each authority answered from."""
    manifests = service().index.serving().manifests
    body = json.dumps({"manifests": [dict(m.document) for m in manifests]}, ensure_ascii=False)
    return Response(body, content_type="application/json")
