"""A fast route answers a request of the API that is in perfect order, and needs no framework.

Why: the framework's own work on a request costs as much as a check itself. Only a request in
perfect order is answered here, by the same functions as the view's; everything else (another type,
a long or chunked body, a field that is wrong, a proof) goes on to the view untouched and uncounted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from app.api_response import ApiResponse
from app.indexes.private_builds import PrivateCheckUnavailable
from app.indexes.store import CannotAnswer
from app.limits.outcomes import LimitReached, ProofNeeded, WouldWait
from app.services import AppServices
from app.web.error_types import (
    BadInput,
    bug_problem,
    cannot_answer_problem,
    limit_problem,
    problem,
    proof_problem,
)

FAST_BODY_MAX_BYTES = 4_096
OK = HTTPStatus.OK.value
_new = tuple.__new__  # half the time of a named tuple's own

Sent = TypeVar("Sent", bytes, str)
Question = TypeVar("Question")


@dataclass(frozen=True, slots=True)
class FastRoute(Generic[Sent, Question]):
    """How one path is answered.

    content_type: of the answer, and of the body that is sent; parse: returns the question of the
    body of a POST (bytes), or of the query or the whole target of a GET (str), or raises
    ``unparsable``; answer: counts the request of a network and returns the body of the answer;
    where it may not wait and would have to, it raises WouldWait with nothing counted; headers: of
    a whole answer, beside type and length.
    """

    content_type: str
    parse: Callable[[Sent], Question]
    unparsable: type[Exception]
    answer: Callable[[AppServices, bytes, Question, bool], bytes]
    headers: tuple[tuple[str, str], ...] = ()

    def respond(
        self,
        services: AppServices,
        peer: str | None,
        forwarded_for: str | None,
        sent: Sent,
        *,
        may_wait: bool = True,
    ) -> ApiResponse | None:
        """Answer what was sent whole; None, with nothing counted, where the view should judge it.

        peer: address of the connection; forwarded_for: the header X-Forwarded-For. The request
        carries this route's content type and no admission proof. Raises WouldWait, with nothing
        counted, where one may not wait and would have to.
        """
        try:
            question = self.parse(sent)
        except self.unparsable:
            return None
        try:
            network = services.client_networks.network(peer, forwarded_for)
            content = self.answer(services, network, question, may_wait)
        except WouldWait:
            raise
        except ProofNeeded as error:
            response = proof_problem(error, services.proof_issuer.offer(error, network))
        except LimitReached as error:
            response = limit_problem(error)
        except BadInput as error:
            response = problem(error.status, error.detail, error.faults)
        except (CannotAnswer, PrivateCheckUnavailable):
            response = cannot_answer_problem()
        except Exception as error:  # as the app's own error handlers would answer it
            response = bug_problem(error)
        else:
            headers = [
                ("Content-Type", self.content_type),
                ("Content-Length", str(len(content))),
                *self.headers,
            ]
            response = _new(ApiResponse, (OK, headers, content))
        return response


@dataclass(frozen=True, slots=True)
class FastReads:
    """How requests without a body are answered.

    by_path: what they parse is the query; by_segment: by the first segment of the path, and what
    they parse is path and query as they were sent.
    """

    by_path: Mapping[str, FastRoute[str, Any]]
    by_segment: Mapping[str, FastRoute[str, Any]]

    def find(self, target: str) -> tuple[FastRoute[str, Any] | None, str]:
        """Return who may answer a target, and what it parses; None where nobody may."""
        path, _, query = target.partition("?")
        read = self.by_path.get(path)
        if read is not None:
            return read, query
        return self.by_segment.get(path[1:].partition("/")[0]), target
