"""Which part of the service a request is counted under, and with which outcome."""

import pytest

from app.metrics.request_counting import outcome_of, surface_of


@pytest.mark.parametrize(
    ("surface", "method", "path"),
    [
        ("check_api", "POST", "/api/v1/checks"),
        ("other", "GET", "/api/v1/checks"),
        ("check_page", "POST", "/check"),
        ("other", "GET", "/check"),
        ("private", "GET", "/b/00/00000000"),
        ("other", "GET", "/q/990000198001011234"),
    ],
)
def test_a_request_is_counted_under_a_part_of_the_service(surface, method, path):
    assert surface == surface_of(method, path)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("answered", 200),
        ("answered", 302),
        ("refused", 422),
        ("limited", 429),
        ("cannot_answer", 503),
        ("failed", 500),
    ],
)
def test_a_status_is_counted_as_an_outcome(outcome, status):
    assert outcome == outcome_of(status)
