from datetime import date
from typing import NamedTuple

import pytest


class Row(NamedTuple):
    """A row and its result, as a job gives them."""

    cells: tuple[str, ...]
    status: str = "not_found"
    tier: str = ""
    act_until: date | None = None
    reason: str = ""
    duplicate_of: int | None = None


@pytest.fixture
def row_of():
    return Row


@pytest.fixture
def listed():
    return Row(("舒小满", "990000198001011234"), "exposed", "close", date(2020, 2, 5))
