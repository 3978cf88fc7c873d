"""POST /api/v1/kiosk/enrolments: a code for a kiosk. Unsigned: the kiosk is not known before."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from app.kiosk.api.authentication import HOUR_SECONDS
from app.kiosk.api.bodies import JSON_TYPE, bytes_of, invalid_field, json_response, parse_body
from app.kiosk.api.organisations import organisation_item
from app.kiosk.api.problems import register_problems
from app.kiosk.api.schema import EnrolmentAnswer, EnrolmentRequest
from app.kiosk.enrolment.kiosk_enrolments import KioskEnrolments, KioskKeys
from app.kiosk.keys.hpke import PointInvalid, public_key_of
from app.kiosk.moments import now_ms
from app.limits.actions import Allowance
from app.openapi.operations import Operation, described
from app.services import current_services
from app.web.request_bodies import whole_body

PATH = "/api/v1/kiosk/enrolments"
BODY_MAX_BYTES = 4_096

bp = Blueprint("kiosk_enrolments_api", __name__)
register_problems(bp)


@bp.post(PATH)
@described(
    Operation(
        "Enrol a kiosk by a code",
        body=EnrolmentRequest,
        answer=EnrolmentAnswer,
        status=HTTPStatus.CREATED,
        refusals=(
            HTTPStatus.FORBIDDEN,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.SERVICE_UNAVAILABLE,
        ),
    )
)
def enrol_kiosk() -> Response:
    """Exchange a code for a kiosk with the keys that it made; the same request may come again."""
    services = current_services()
    attempts = Allowance(
        "kiosk_enrolments", services.settings.kiosk_network_enrolments, HOUR_SECONDS
    )
    services.action_limits.admit_network(attempts, services.network_of(request))
    given = parse_body(EnrolmentRequest, whole_body(request, JSON_TYPE, BODY_MAX_BYTES))
    keys = KioskKeys(
        _point("signing_key", given.signing_key),
        _point("sealing_key", given.sealing_key),
        given.software,
    )
    now = now_ms()
    kiosk = KioskEnrolments(services.records).enrol(given.code, keys, now)
    answer = EnrolmentAnswer(
        kiosk=kiosk.id,
        name=kiosk.name,
        organisation=organisation_item(services.records, kiosk.organisation),
        server_at=now,
    )
    return json_response(answer, HTTPStatus.CREATED)


def _point(field: str, text: str) -> bytes:
    """Return a public key, 65 bytes. Raises BadInput."""
    point = bytes_of(field, text)
    try:
        public_key_of(point)
    except PointInvalid:
        raise invalid_field(field, "not_a_point") from None
    return point
