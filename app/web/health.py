"""GET /healthz and /readyz: sign of life and readiness, for supervisors and load balancers."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Response

from app.services import current_services

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Answer that the process lives."""
    return _json({"status": "ok"})


@bp.get("/readyz")
def ready() -> Response:
    """Answer whether checks are answered, after looking up every index's canary."""
    services = current_services()
    state = services.readiness()
    details: dict[str, object] = {
        "reasons": list(state.all_reasons),
        "limits": _limits_state(services.settings.limits, state.limits_faults),
        "records": "unavailable" if state.records_faults else "on",
    }
    if state.missing:
        details["missing"] = [
            {"authority": one.authority, "reason": one.why} for one in state.missing
        ]
    if not state.ready:
        return _json({"status": "cannot_answer", **details}, HTTPStatus.SERVICE_UNAVAILABLE)
    return _json({"status": "ready" if state.whole else "degraded", **details})


def _limits_state(setting: str, faults: Sequence[str]) -> str:
    return "local" if faults and setting == "on" else setting


def _json(body: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")
