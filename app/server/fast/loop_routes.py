"""What the event loop answers by itself, before the framework or a thread is asked.

A whole answer is made of the same parts as the framework's: status and body of the same functions,
the security headers, one count. What would wait for anything is left to a thread.
"""

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any, NamedTuple

from app.api_response import ApiResponse, FinishedResponse
from app.limits.outcomes import WouldWait
from app.proofs.issuer import HEADER
from app.server.fast.finishing import ResponseFinisher
from app.server.fast.route import FAST_BODY_MAX_BYTES, FastReads, FastRoute
from app.services import AppServices
from app.web.prepared_pages import RequestHeaders

AnswerFromMemory = Callable[[str, str, str, Mapping[str, str]], ApiResponse | None]
"""Method, path, query and headers (lower-case names) to an answer; None: the framework shall."""

BugResponse = Callable[[Exception, str, str, RequestHeaders], ApiResponse]
"""A bug, path, query and headers to what the reader gets."""

_new = tuple.__new__  # half the time of a named tuple's own
READS = frozenset({"GET", "HEAD"})
# a request that carries one is not in perfect order, or has a proof that the view must judge
LEFT_TO_THE_VIEW = frozenset(
    {HEADER.lower().encode("ascii"), b"transfer-encoding", b"expect", b"upgrade"}
)


class MemoryAnswers(NamedTuple):
    """Answers that the background has ready, and what whoever meets a bug in them gets."""

    find: AnswerFromMemory
    respond_bug: BugResponse


class LoopRequest(NamedTuple):
    """A request whose headers are in perfect order; its body may still be on its way.

    route: of a POST; None where it reads. length: of the body, in bytes. forwarded_for:
    X-Forwarded-For of what is counted by its network, None without. read: of a GET that a fast
    read may answer; question: what it parses.
    """

    method: str
    path: str
    query: str
    headers: RequestHeaders
    route: FastRoute[bytes, Any] | None
    length: int
    forwarded_for: str | None
    read: FastRoute[str, Any] | None = None
    question: str = ""


class LoopRoutes:
    """The fast routes of one worker, as the event loop asks them."""

    def __init__(
        self,
        services: AppServices,
        routes: Mapping[str, FastRoute[bytes, Any]],
        reads: FastReads,
        memory: MemoryAnswers,
        finisher: ResponseFinisher,
    ) -> None:
        """routes, by path, and reads: those that wait for nothing or say that they would."""
        self._services = services
        self._routes = dict(routes)
        self._reads = reads
        self._types = {path: route.content_type.encode() for path, route in routes.items()}
        self._answer_from_memory, self._respond_bug = memory
        self._finisher = finisher

    def match(self, method: str, target: str, headers: RequestHeaders) -> LoopRequest | None:
        """Return the request where the loop may answer it; None: the framework shall.

        target: path and query as they were sent. headers: names in lower case.
        """
        if method == "POST":
            return self._match_post(target, headers)
        if method not in READS:
            return None
        for name, value in headers:
            if name in LEFT_TO_THE_VIEW or (name == b"content-length" and value != b"0"):
                return None
        path, _, query = target.partition("?")
        read, question = self._reads.find(target) if method == "GET" else (None, "")
        forwarded_for = None if read is None else _joined(headers, b"x-forwarded-for")
        return LoopRequest(method, path, query, headers, None, 0, forwarded_for, read, question)

    def respond(
        self, request: LoopRequest, peer: str | None, body: bytes
    ) -> FinishedResponse | None:
        """Answer a request with its whole body; None, with nothing counted: the framework shall.

        peer: address of the connection.
        """
        began, services = perf_counter(), self._services
        # taken apart at once: fields of a named tuple are slow to ask for
        method, path, _, _, route, _, forwarded_for, read, question = request
        response: ApiResponse | None
        try:
            if route is not None:
                response = route.respond(services, peer, forwarded_for, body, may_wait=False)
            elif read is not None:
                response = read.respond(services, peer, forwarded_for, question, may_wait=False)
            else:
                response = self._read_from_memory(request)
        except WouldWait:
            return None
        if response is None:
            return None
        finished = self._finisher.finish(method, path, response, began)
        return finished._replace(body=b"") if method == "HEAD" else finished

    def _read_from_memory(self, request: LoopRequest) -> ApiResponse | None:
        headers = _text_headers(request.headers)
        try:
            return self._answer_from_memory(request.method, request.path, request.query, headers)
        except Exception as error:  # a bug must not end a connection in the loop's own log
            return self._respond_bug(error, request.path, request.query, request.headers)

    def _match_post(self, target: str, headers: RequestHeaders) -> LoopRequest | None:
        route = self._routes.get(target)
        if route is None:
            return None
        fields = dict(headers)
        if (
            not LEFT_TO_THE_VIEW.isdisjoint(fields)
            or fields.get(b"content-type") != self._types[target]
        ):
            return None
        digits = fields.get(b"content-length", b"")
        length = int(digits) if digits.isdigit() else 0
        if not 0 < length <= FAST_BODY_MAX_BYTES:
            return None
        has_proxy = b"x-forwarded-for" in fields
        forwarded_for = _joined(headers, b"x-forwarded-for") if has_proxy else None
        return _new(
            LoopRequest, ("POST", target, "", headers, route, length, forwarded_for, None, "")
        )


def _joined(headers: RequestHeaders, wanted: bytes) -> str | None:
    """Return the values of a header, joined where it is repeated; None without."""
    values = [value.decode("latin-1") for name, value in headers if name == wanted]
    return ",".join(values) if values else None


def _text_headers(headers: RequestHeaders) -> dict[str, str]:
    """Return headers as text; of those that are repeated the values joined."""
    texts: dict[str, str] = {}
    for name_bytes, value_bytes in headers:
        name, value = name_bytes.decode("latin-1"), value_bytes.decode("latin-1")
        texts[name] = f"{texts[name]},{value}" if name in texts else value
    return texts
