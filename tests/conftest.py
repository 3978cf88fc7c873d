"""What holds for all tests; their fixtures stand in tests/fixtures/, a module for each subject."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

pytest_plugins = [  # each after those that it imports: pytest rewrites their assertions
    "tests.fixtures.people",
    "tests.fixtures.deployments",
    "tests.fixtures.applications",
    "tests.fixtures.compiled_queries",
    "tests.fixtures.services",
    "tests.fixtures.redis_server",
    "tests.fixtures.postgres_server",
    "tests.fixtures.sms_gateway",
    "tests.fixtures.bulk",
    "tests.fixtures.bulk_programs",
    "tests.fixtures.bulk_api",
    "tests.fixtures.organisation_pages",
    "tests.fixtures.kiosk_roster",
    "tests.fixtures.kiosk_tablets",
    "tests.fixtures.webhook_server",
    "tests.fixtures.kiosk_terminals",
    "tests.fixtures.kiosk_doors",
    "tests.fixtures.camera_films",
]

# what is drawn is the same at every run, so that a test fails with the change that breaks it; and a
# machine that tests several things at once is slow, not wrong
settings.register_profile(
    "unhurried",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "exploring", settings.get_profile("unhurried"), derandomize=False, max_examples=2_000
)
settings.load_profile("unhurried")
# it also draws words of those modules of ours that are loaded, which the order of tests decides
providers._get_local_constants = lambda: providers._local_constants

FOLDERS_FIRST = ("engine_parity", "end_to_end", "browser", "faults", "privacy", "scenarios")
"""Their files take longest: begun last, one of them would keep one worker busy, others idle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; within a file, and among other files, all stays."""

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        return FOLDERS_FIRST.index(folder) if folder in FOLDERS_FIRST else len(FOLDERS_FIRST)

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives as long as the run: a build makes it look often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _own_environment() -> None:
    """Tests choose their settings; what the shell holds does not count."""
    for name in [name for name in os.environ if name.startswith("GAUGE_")] + ["HOST", "PORT"]:
        os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def _power_that_stays() -> Iterator[None]:
    """Write files in the order of the program and do not wait for the disk: no test cuts the power.

    `fstat` refuses what `fsync` refuses. Programs that a test starts wait as ever.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield
