"""What every test of the service needs: log lines that go where this test's output goes."""

import pytest

from app.logs import configure_logs


@pytest.fixture(autouse=True)
def _logs_to_the_output_of_this_test():
    """An earlier test's standard error, captured, is closed by now."""
    configure_logs("info")
