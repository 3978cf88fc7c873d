"""POSTs of the API that are answered before Flask takes the request apart.

Why here: the framework's own work on a request costs as much as a check itself. Only a request in
perfect order is answered here, by the same functions as the view's; everything else (another type,
a long or chunked body, a field that is wrong, a proof) goes on to the view untouched and uncounted.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from app.indexes.private_builds import PrivateCheckUnavailable
from app.indexes.store import CannotAnswer
from app.limits.outcomes import LimitReached, ProofNeeded
from app.proofs.issuer import HEADER
from app.services import AppServices
from app.web.errors import (
    BadInput,
    bug_problem,
    cannot_answer_problem,
    limited_problem,
    problem,
    proof_problem,
)

EARLY_BODY_MAX_BYTES = 4_096
PROOF_VARIABLE = f"HTTP_{HEADER.upper().replace('-', '_')}"

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class EarlyWay(Generic[Asked]):
    """How one path is answered early.

    content_type: of request and answer; read: returns what a body asks, None where the view should
    judge; answer: counts the request of a network and returns the body of the answer.
    """

    content_type: str
    read: Callable[[bytes], Asked | None]
    answer: Callable[[AppServices, bytes, Asked], bytes]


def answer_early(app: Flask, services: AppServices, ways: Mapping[str, EarlyWay[Any]]) -> None:
    """Put the early ways, by path, in front of the app."""
    app.wsgi_app = _early(app.wsgi_app, services, ways)  # type: ignore[assignment,method-assign]


def _early(
    inner: WSGIApplication,
    services: AppServices,
    ways: Mapping[str, EarlyWay[Any]],
) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        way = ways.get(environ["PATH_INFO"])
        if way is None or environ["REQUEST_METHOD"] != "POST":
            return inner(environ, start_response)
        body = _body(environ, way.content_type)
        asked = None if body is None else way.read(body)
        if asked is None:
            return inner(environ, start_response)
        try:
            network = services.client_networks.network(
                environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR")
            )
            content = way.answer(services, network, asked)
        except ProofNeeded as error:
            refused = proof_problem(error, services.proof_issuer.offer(error, network))
        except LimitReached as error:
            refused = limited_problem(error)
        except BadInput as error:
            refused = problem(error.status, faults=error.faults)
        except (CannotAnswer, PrivateCheckUnavailable):
            refused = cannot_answer_problem()
        except Exception as error:  # as the app's own error handlers would answer it
            refused = bug_problem(error)
        else:
            headers = [("Content-Type", way.content_type), ("Content-Length", str(len(content)))]
            start_response("200 OK", headers)
            return (content,)
        return refused(environ, start_response)

    return answer


def _body(environ: WSGIEnvironment, content_type: str) -> bytes | None:
    """Return the body of a plain request, None where the view should judge."""
    length = environ.get("CONTENT_LENGTH") or ""
    if (
        environ.get("CONTENT_TYPE") != content_type
        or PROOF_VARIABLE in environ
        or "HTTP_TRANSFER_ENCODING" in environ
        or not length.isascii()
        or not length.isdigit()
        or not 0 < int(length) <= EARLY_BODY_MAX_BYTES
    ):
        return None
    try:
        body: bytes = environ["wsgi.input"].read(int(length))
    except OSError:  # the client fell silent
        body = b""
    environ["wsgi.input"] = io.BytesIO(body)  # the view may want to read it
    return body if len(body) == int(length) else None
