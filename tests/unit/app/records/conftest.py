"""Records on both engines."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import make_url

from app.records.database import Records, records_url

KEY = bytes(range(32))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str | None:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def open_records(database_url, tmp_path) -> Iterator[Callable[[], Records]]:
    """Open the same records as another process would."""
    opened = []

    def make() -> Records:
        records = Records(records_url(database_url, tmp_path / "state"), KEY)
        opened.append(records)
        return records

    yield make
    for records in opened:
        records.close()


@pytest.fixture
def records(open_records) -> Records:
    return open_records()


@pytest.fixture
def nowhere() -> Records:
    """Records on a PostgreSQL that does not answer."""
    return Records(make_url("postgresql+psycopg://nobody@127.0.0.1:9/nothing"), KEY)


@pytest.fixture
def today() -> date:
    return date(2020, 2, 1)
