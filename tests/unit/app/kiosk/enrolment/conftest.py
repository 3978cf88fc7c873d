"""On SQLite; test_both_engines has what the engines do each in their own manner."""

import pytest


@pytest.fixture
def database_url() -> None:
    return None
