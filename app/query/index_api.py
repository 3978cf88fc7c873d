"""GET /api/v1/index: the manifests, as signed, so that anyone can check them."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response
from pydantic import BaseModel

from app.openapi.operations import Operation, described
from app.service import service

bp = Blueprint("index_api", __name__)


class Manifests(BaseModel):
    """One manifest for each authority answered from, as it was signed."""

    manifests: list[dict[str, Any]]


@bp.get("/api/v1/index")
@described(
    Operation(
        "Read the signed manifests",
        answer=Manifests,
        refusals=(HTTPStatus.SERVICE_UNAVAILABLE,),
    )
)
def list_manifests() -> Response:
    """Return one manifest for each authority answered from."""
    manifests = service().index.serving().manifests
    body = json.dumps({"manifests": [dict(m.document) for m in manifests]}, ensure_ascii=False)
    return Response(body, content_type="application/json")
