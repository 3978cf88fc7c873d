"""Who asks the API: the organisation of a key, and what the key is good for. No cookie counts.

Threat: keys are guessed, or one that was stolen is used without end. Limit: attempts with no good
key are counted by network, requests by key; a network that failed often is refused only for
attempts that fail, so that nobody is locked out by others behind the same address.
"""

from http import HTTPStatus

from flask import Request

from app.api_response import ApiResponse
from app.limits.actions import Allowance
from app.organisations.api_keys import ApiCaller, ApiKeys, KeyRefused, Scope
from app.services import AppServices
from app.web.error_types import problem

SCHEME = "Bearer"
REALM = f'{SCHEME} realm="contact-gauge"'
KEY_NEEDED = "A key of an organisation is needed: Authorization: Bearer KEY."
KEY_WRONG = "The key is unknown, expired or revoked, or its organisation is disabled."
SCOPE_NEEDED = "The key is not good for this; it lacks the scope {}."
HOUR_SECONDS = 3_600
MINUTE_SECONDS = 60


class Unauthorised(Exception):
    """No key, or one that is not good now."""

    def __init__(self, *, key_given: bool) -> None:
        super().__init__()
        self.key_given = key_given

    def response(self) -> ApiResponse:
        """Return the problem, with how to authenticate (RFC 6750)."""
        code, detail = ("key", KEY_WRONG) if self.key_given else ("key_missing", KEY_NEEDED)
        response = problem(HTTPStatus.UNAUTHORIZED, detail, code=code)
        error = ', error="invalid_token"' if self.key_given else ""
        response.headers.append(("WWW-Authenticate", REALM + error))
        return response


class ScopeMissing(Exception):
    """The key is good, but not for this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope.value)
        self.scope = scope

    def response(self) -> ApiResponse:
        """Return the problem, with the scope that is needed (RFC 6750)."""
        response = problem(
            HTTPStatus.FORBIDDEN, SCOPE_NEEDED.format(self.scope.value), code="scope"
        )
        need = f'{REALM}, error="insufficient_scope", scope="{self.scope.value}"'
        response.headers.append(("WWW-Authenticate", need))
        return response


def api_caller(services: AppServices, request: Request, scope: Scope) -> ApiCaller:
    """Return whose key a request bears.

    Raises Unauthorised, ScopeMissing, LimitReached or RecordsUnavailable.
    """
    settings, limits = services.settings, services.action_limits
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    given = scheme.lower() == SCHEME.lower() and bool(text.strip())
    try:
        if not given:
            raise KeyRefused
        caller = ApiKeys(services.records, settings).authenticate(text.strip())
    except KeyRefused:
        failed = Allowance("bulk_failed_keys", settings.bulk_network_failed_keys, HOUR_SECONDS)
        limits.admit_network(failed, services.network_of(request))
        raise Unauthorised(key_given=given) from None
    requests = Allowance("bulk_requests", settings.bulk_key_requests_per_minute, MINUTE_SECONDS)
    limits.admit(requests, caller.key_id.encode())
    if scope not in caller.scopes:
        raise ScopeMissing(scope)
    return caller
