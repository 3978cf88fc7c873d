"""POST /api/v1/checks, answered before Flask takes the request apart.

Why here: the framework's own work on a request costs as much as the check itself. Only a request
in perfect order is answered here, by the same functions as the view's; everything else (another
type, a long or chunked body, a field that is wrong, a proof) goes on to the view untouched and
uncounted.
"""

import io
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from app.current_index import CannotAnswer
from app.limits.refusals import LimitReached, ProofNeeded
from app.problems import (
    BadInput,
    bug_problem,
    cannot_answer_problem,
    limited_problem,
    proof_problem,
)
from app.proofs.desk import HEADER
from app.query.answer_json import answer_body
from app.query.checks_api import JSON_TYPE, PATH, identity_of
from app.query.self_check import self_check
from app.service import Service
from exposure_index.answers import Answer
from exposure_index.identity import Identity

QUICK_BODY_MAX_BYTES = 4_096
PROOF_VARIABLE = f"HTTP_{HEADER.upper().replace('-', '_')}"


def answer_checks_early(app: Flask, running: Service) -> None:
    """Put the quick way in front of the app."""
    app.wsgi_app = _quick(app.wsgi_app, running)  # type: ignore[assignment,method-assign]


def _quick(inner: WSGIApplication, running: Service) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        identity = _identity_asked(environ)
        if identity is None:
            return inner(environ, start_response)
        try:
            content = answer_body(_found(environ, running, identity))
        except ProofNeeded as error:
            refused = proof_problem(error, running.proofs.offer(error, _network(environ, running)))
        except LimitReached as error:
            refused = limited_problem(error)
        except CannotAnswer:
            refused = cannot_answer_problem()
        except Exception as error:  # as the app's own error handlers would answer it
            refused = bug_problem(error)
        else:
            headers = [("Content-Type", JSON_TYPE), ("Content-Length", str(len(content)))]
            start_response("200 OK", headers)
            return (content,)
        return refused(environ, start_response)

    return answer


def _found(environ: WSGIEnvironment, running: Service, identity: Identity) -> Answer:
    network = _network(environ, running)
    running.limits.admit_network(network)
    return self_check(running.index, running.limits, network, identity)


def _network(environ: WSGIEnvironment, running: Service) -> bytes:
    return running.networks.network(environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR"))


def _identity_asked(environ: WSGIEnvironment) -> Identity | None:
    """Return whom a check in perfect order asks about, None where the view should judge."""
    if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "POST":
        return None
    body = _body(environ)
    if body is None:
        return None
    try:
        return identity_of(body)
    except BadInput:
        return None


def _body(environ: WSGIEnvironment) -> bytes | None:
    """Return the body of a plain JSON request, None where the view should judge."""
    length = environ.get("CONTENT_LENGTH") or ""
    if (
        environ.get("CONTENT_TYPE") != JSON_TYPE
        or PROOF_VARIABLE in environ
        or "HTTP_TRANSFER_ENCODING" in environ
        or not length.isascii()
        or not length.isdigit()
        or not 0 < int(length) <= QUICK_BODY_MAX_BYTES
    ):
        return None
    try:
        body: bytes = environ["wsgi.input"].read(int(length))
    except OSError:  # the client fell silent
        body = b""
    environ["wsgi.input"] = io.BytesIO(body)  # the view may want to read it
    return body if len(body) == int(length) else None
