import pytest


@pytest.fixture(scope="session", autouse=True)
def _compiled_queries(compiled_queries: None) -> None:
    """Many tests of commands and reports make a build."""
