"""GET /healthz and /readyz: sign of life and readiness, for supervisors and load balancers."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Response

from app.api_response import ApiResponse
from app.services import AppServices, current_services

ALIVE_PATH, READY_PATH = "/healthz", "/readyz"

bp = Blueprint("health", __name__)


@bp.get(ALIVE_PATH)
def alive() -> Response:
    """Answer that the process lives."""
    return _response(alive_response())


@bp.get(READY_PATH)
def ready() -> Response:
    """Answer whether checks are answered, as the last looks in the background found it."""
    return _response(readiness_response(current_services()))


def alive_response() -> ApiResponse:
    """Return the sign of life."""
    return _json({"status": "ok"})


def readiness_response(services: AppServices) -> ApiResponse:
    """Return whether checks are answered, as the last looks found it; waits for nothing."""
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


def _json(body: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> ApiResponse:
    content = json.dumps(body).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    return ApiResponse(status.value, headers, content)


def _response(response: ApiResponse) -> Response:
    return Response(response.body, response.status, response.headers)
