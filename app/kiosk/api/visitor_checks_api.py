"""POST /api/v1/kiosk/checks: the word for one visitor, whose identity comes sealed.

Threat: a kiosk, or whoever took its key, tries names by the thousand; or who sees only sizes on the
way learns the word. Limit: checks of a kiosk are counted each minute; each distinct person counts
in the organisation's quota of a fortnight, and where kiosks may not see exposures nobody is looked
up at all; every answer has one length.
"""

from typing import cast

from flask import Blueprint, Response, request

from app.kiosk.api.authentication import MINUTE_SECONDS, SignedKiosk, signed_kiosk
from app.kiosk.api.bodies import bytes_of, invalid_field, json_response, parse_body
from app.kiosk.api.problems import register_problems
from app.kiosk.api.schema import CheckAnswer, CheckRequest
from app.kiosk.checkins.content import CheckinRefused, Reason, Word, read_person
from app.kiosk.checks import check_person
from app.kiosk.keys.hpke import SealPurpose, Unsealable, open_sealed, private_key_of
from app.kiosk.keys.organisation_keypairs import checkin_key
from app.kiosk.moments import now_ms
from app.limits.actions import Allowance
from app.openapi.operations import Operation, described
from app.services import AppServices, current_services

PATH = "/api/v1/kiosk/checks"
BODY_MAX_BYTES = 4_096
ANSWER_BYTES = 128  # more than the longest word with the longest reason takes

bp = Blueprint("kiosk_checks_api", __name__)
register_problems(bp)


@bp.post(PATH)
@described(Operation("Ask about a visitor", body=CheckRequest, answer=CheckAnswer, signed=True))
def check_visitor() -> Response:
    """Answer with the word for a visitor; keep nothing, log no identity."""
    services = current_services()
    signer = signed_kiosk(services, request, BODY_MAX_BYTES)
    question = parse_body(CheckRequest, signer.body)
    checks = Allowance("kiosk_checks", services.settings.kiosk_checks_per_minute, MINUTE_SECONDS)
    services.action_limits.admit(checks, signer.kiosk.id.encode())
    fields = _person(services, signer, bytes_of("sealed", question.sealed))
    decision = check_person(services, signer.organisation, fields)
    answer = CheckAnswer(
        id=question.id,
        word=cast("Word", decision.word.value),
        reason=cast("Reason | None", decision.reason and decision.reason.value),
    )
    return json_response(answer, padded_bytes=ANSWER_BYTES)


def _person(services: AppServices, signer: SignedKiosk, sealed: bytes) -> dict[str, str]:
    """Return what a visitor stated. Raises BadInput, which quotes nothing of it."""
    key = checkin_key(services.records, signer.organisation.id, now_ms())
    try:
        plaintext = open_sealed(private_key_of(key.private_key), SealPurpose.CHECK, sealed)
        return read_person(plaintext).model_dump()
    except Unsealable:
        raise invalid_field("sealed", "unreadable") from None
    except CheckinRefused as refused:
        raise invalid_field("sealed", refused.reason.value) from None
