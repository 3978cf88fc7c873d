"""What holds for all tests; their fixtures stand in tests/fixtures/, a module for each subject."""

import os

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [  # each after those that it imports: pytest rewrites their assertions
    "tests.fixtures.people",
    "tests.fixtures.deployments",
    "tests.fixtures.applications",
    "tests.fixtures.services",
    "tests.fixtures.redis_server",
    "tests.fixtures.postgres_server",
    "tests.fixtures.sms_gateway",
]

# a machine that tests several things at once is slow, not wrong
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _own_environment() -> None:
    """Tests choose their settings; what the shell holds does not count."""
    for name in [name for name in os.environ if name.startswith("GAUGE_")] + ["HOST", "PORT"]:
        os.environ.pop(name, None)
