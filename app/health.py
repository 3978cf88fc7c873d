"""GET /healthz and /readyz: for supervisors and load balancers."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response

from app.service import service

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Tell that the process answers."""
    return _json({"status": "ok"})


@bp.get("/readyz")
def ready() -> Response:
    """Tell whether checks are answered, after looking up every index's canary."""
    running = service()
    state = running.index.readiness()
    limits = "local" if running.limits.degraded else running.settings.limits
    if not state.ready:
        body = {"status": "cannot_answer", "reasons": list(state.reasons), "limits": limits}
        return _json(body, HTTPStatus.SERVICE_UNAVAILABLE)
    whole = state.complete and not state.reasons and limits == "on"
    status = "ready" if whole else "degraded"
    return _json({"status": status, "reasons": list(state.reasons), "limits": limits})


def _json(body: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")
