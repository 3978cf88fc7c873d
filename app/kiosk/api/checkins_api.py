"""POST /api/v1/kiosk/checkins: a batch of sealed check-ins, each taken exactly once."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from app.kiosk.api.authentication import signed_kiosk
from app.kiosk.api.bodies import json_response, parse_body
from app.kiosk.api.problems import register_problems
from app.kiosk.api.schema import (
    CheckinItem,
    CheckinOutcome,
    CheckinsAnswer,
    CheckinsRequest,
)
from app.kiosk.checkins.intake import take_checkins
from app.kiosk.checkins.opening import SealedCheckin
from app.kiosk.keys.encodings import NotBase64Url, from_base64url
from app.kiosk.moments import now_ms
from app.openapi.operations import Operation, described
from app.services import current_services

PATH = "/api/v1/kiosk/checkins"
BODY_MAX_BYTES = 1_048_576

bp = Blueprint("kiosk_checkins_api", __name__)
register_problems(bp)


@bp.post(PATH)
@described(
    Operation(
        "Send in check-ins", body=CheckinsRequest, answer=CheckinsAnswer, signed=True,
    )
)  # fmt: skip
def take_batch() -> Response:
    """Take a batch; a kiosk that was revoked may still send what it made before."""
    services = current_services()
    signer = signed_kiosk(services, request, BODY_MAX_BYTES, revoked_too=True)
    batch = [_sealed(one) for one in parse_body(CheckinsRequest, signer.body).checkins]
    now = now_ms()
    outcomes = take_checkins(services.records, signer.kiosk, batch, now)
    items = [
        CheckinOutcome(id=one.id, state=one.state.value, reason=one.reason) for one in outcomes
    ]
    return json_response(CheckinsAnswer(checkins=items, server_at=now), HTTPStatus.OK)


def _sealed(item: CheckinItem) -> SealedCheckin:
    try:
        sealed = from_base64url(item.sealed)
    except NotBase64Url:
        return SealedCheckin(item.id, item.sequence, None)
    return SealedCheckin(item.id, item.sequence, sealed)
