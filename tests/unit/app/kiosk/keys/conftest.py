"""On SQLite: what is written here the tests of the records write on both engines."""

import pytest


@pytest.fixture
def database_url() -> None:
    return None
