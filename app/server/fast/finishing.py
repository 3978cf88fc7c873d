"""What every answer gets that the framework has not made: security headers, and one count."""

from time import perf_counter

from app.api_response import ApiResponse
from app.metrics.request_counting import outcome_of, surface_of
from app.metrics.shared_counts import WorkerCounts
from app.web.security_headers import SecurityHeaders


class ResponseFinisher:
    """Makes answers of the front what they would be behind the framework."""

    def __init__(self, security: SecurityHeaders, counts: WorkerCounts | None) -> None:
        """counts: where requests are counted for Prometheus; None counts none."""
        self._security = security
        self._counts = counts

    def finish(self, method: str, path: str, response: ApiResponse, began: float) -> ApiResponse:
        """Return an answer with its security headers, and count it.

        began: ``perf_counter`` when the request was whole.
        """
        self._security.add_to(response.headers)
        if self._counts is not None:
            outcome = outcome_of(str(response.status))
            self._counts.count(surface_of(method, path), outcome, perf_counter() - began)
        return response
