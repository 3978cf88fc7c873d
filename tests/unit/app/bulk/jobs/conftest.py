"""Jobs on SQLite, which most of these tests are about; test_both_engines has PostgreSQL too."""

import pytest


@pytest.fixture
def database_url() -> None:
    return None
