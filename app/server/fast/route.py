"""A fast route answers a POST of the API that is in perfect order, and needs no framework for it.

Why: the framework's own work on a request costs as much as a check itself. Only a request in
perfect order is answered here, by the same functions as the view's; everything else (another type,
a long or chunked body, a field that is wrong, a proof) goes on to the view untouched and uncounted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from app.indexes.private_builds import PrivateCheckUnavailable
from app.indexes.store import CannotAnswer
from app.limits.outcomes import LimitReached, ProofNeeded
from app.services import AppServices
from app.web.error_types import (
    ApiResponse,
    BadInput,
    bug_problem,
    cannot_answer_problem,
    limit_problem,
    problem,
    proof_problem,
)

FAST_BODY_MAX_BYTES = 4_096
OK = HTTPStatus.OK.value

Question = TypeVar("Question")


@dataclass(frozen=True, slots=True)
class FastRoute(Generic[Question]):
    """How one path is answered.

    content_type: of request and answer; parse: returns the question of a body, or raises
    ``unparsable``; answer: counts the request of a network and returns the body of the answer.
    """

    content_type: str
    parse: Callable[[bytes], Question]
    unparsable: type[Exception]
    answer: Callable[[AppServices, bytes, Question], bytes]

    def respond(
        self, services: AppServices, peer: str | None, forwarded_for: str | None, body: bytes
    ) -> ApiResponse | None:
        """Answer a whole body; None, with nothing counted, where the view should judge it.

        peer: address of the connection; forwarded_for: the header X-Forwarded-For. The request
        carries this route's content type and no admission proof.
        """
        try:
            question = self.parse(body)
        except self.unparsable:
            return None
        try:
            network = services.client_networks.network(peer, forwarded_for)
            content = self.answer(services, network, question)
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
            headers = [("Content-Type", self.content_type), ("Content-Length", str(len(content)))]
            response = ApiResponse(OK, headers, content)
        return response
