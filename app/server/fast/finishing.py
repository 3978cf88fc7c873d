"""What every answer gets that the framework has not made: security headers, and one count."""

from functools import lru_cache
from time import perf_counter

from app.api_response import ApiResponse, FinishedResponse
from app.metrics.request_counting import outcome_of, surface_of
from app.metrics.shared_counts import WorkerCounts
from app.web.security_headers import SecurityHeaders

HEADS_KEPT = 256  # most answers of a kind have the same
Headers = tuple[tuple[str, str], ...]
HeaderBytes = tuple[tuple[bytes, bytes], ...]
_new = tuple.__new__  # half the time of a named tuple's own


class ResponseFinisher:
    """Makes answers of the front what they would be behind the framework."""

    def __init__(self, security: SecurityHeaders, counts: WorkerCounts | None) -> None:
        """counts: where requests are counted for Prometheus; None counts none."""
        self._security = security
        self._counts = counts
        self._complete = lru_cache(HEADS_KEPT)(self._completed)

    def finish(
        self, method: str, path: str, response: ApiResponse, began: float
    ) -> FinishedResponse:
        """Return an answer with its security headers, and count it.

        began: ``perf_counter`` when the request was whole.
        """
        status, headers, body = response
        if self._counts is not None:
            seconds = perf_counter() - began
            self._counts.count(surface_of(method, path), outcome_of(status), seconds)
        return _new(FinishedResponse, (status, *self._complete(tuple(headers)), body))

    def _completed(self, headers: Headers) -> tuple[HeaderBytes, bytes]:
        """Return headers with the security headers behind them, and all of them as lines."""
        texts = list(headers)
        self._security.add_to(texts)
        every = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in texts]
        lines = b"".join([b"%b: %b\r\n" % header for header in every])
        return tuple(every), lines + b"\r\n"
