"""What the API of kiosks answers where a request is refused: problem details with a code."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response

from app.api_response import ApiResponse
from app.kiosk.api.authentication import ClockWrong, KioskRevoked
from app.kiosk.enrolment.codes import CodeMistyped
from app.kiosk.enrolment.kiosk_enrolments import CodeUsed, OrganisationDisabled, UnknownCode
from app.kiosk.moments import now_ms
from app.kiosk.signatures.http_signature import Unsigned, WrongSignature
from app.web.error_types import clock_problem, problem
from app.web.errors import api_error

SIGNATURE_NEEDED = "Sign the request by HTTP message signature, in the form of the protocol."
SIGNATURE_WRONG = "No kiosk of this id has signed this request with this body."
CLOCK_WRONG = "The request was not signed within 300 seconds of server_at. Set the clock by it."
REVOKED = "The kiosk was revoked. Check-ins of before may still be sent; destroy all else."
DISABLED = "The organisation of the kiosk is disabled."
CODE_UNKNOWN = "No such code, or it has ended. Make another one in the portal."
CODE_USED = "Another kiosk was enrolled by this code. Make another one in the portal."


def register_problems(bp: Blueprint) -> None:
    """Answer with problem details whatever a view of this blueprint raises."""

    def answer(error: type[Exception], respond: Callable[[], ApiResponse]) -> None:
        def handle(_raised: Exception) -> Response:
            return api_error(respond())

        bp.register_error_handler(error, handle)

    unauthorised, forbidden = HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN
    answer(Unsigned, lambda: problem(unauthorised, SIGNATURE_NEEDED, code="unsigned"))
    answer(WrongSignature, lambda: problem(unauthorised, SIGNATURE_WRONG, code="wrong_signature"))
    answer(ClockWrong, lambda: clock_problem(CLOCK_WRONG, now_ms()))
    answer(KioskRevoked, lambda: problem(forbidden, REVOKED, code="kiosk_revoked"))
    answer(OrganisationDisabled, lambda: problem(forbidden, DISABLED, code="organisation_disabled"))
    answer(CodeMistyped, lambda: problem(HTTPStatus.NOT_FOUND, CODE_UNKNOWN, code="unknown_code"))
    answer(UnknownCode, lambda: problem(HTTPStatus.NOT_FOUND, CODE_UNKNOWN, code="unknown_code"))
    answer(CodeUsed, lambda: problem(HTTPStatus.CONFLICT, CODE_USED, code="code_used"))
