"""What tests of the service share: log lines that go where a test's output goes, and records."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import make_url

from app.logs import configure_logs
from app.records import engines
from app.records.database import Records, records_url
from exposure_index.files.manifest import Manifest
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.open_buckets import private_index
from tests.fixtures.patience import PATIENCE_SECONDS

EVALUATIONS = "/api/v1/private/evaluations"
RECORDS_KEY = bytes(range(32))


@pytest.fixture(scope="session", autouse=True)
def _records_that_wait_for_no_disk() -> Iterator[None]:
    """Half of what a test of records took was waiting for the disk; see `_power_that_stays`."""
    waiting, own = "PRAGMA synchronous=FULL", "PRAGMA synchronous=OFF"
    assert waiting in engines.SQLITE_PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        pragmas = tuple(own if one == waiting else one for one in engines.SQLITE_PRAGMAS)
        patch.setattr(engines, "SQLITE_PRAGMAS", pragmas)
        yield


@pytest.fixture(autouse=True)
def _logs_to_the_output_of_this_test():
    """An earlier test's standard error, captured, is closed by now."""
    configure_logs("info")


class PrivateClient:
    """Asks as a browser does."""

    def __init__(self, client):
        self.http = client

    def manifests(self):
        documents = self.http.get("/api/v1/index").get_json()["manifests"]
        return [Manifest.from_document(document) for document in documents]

    def manifest(self):
        return self.manifests()[0]

    def evaluation(self, body, **kwargs):
        return self.http.post(
            EVALUATIONS, data=body, content_type="application/octet-stream", **kwargs
        )

    def blinded(self, person, manifest=None):
        identity = parse_identity(*person.as_form().values())
        return BlindedIdentity.blind(identity, (manifest or self.manifest()).private.key_id)

    def bucket_path(self, manifest, number):
        return f"/b/{manifest.build_id}/{number:08x}"

    def labels(self, person):
        """Return what whole private checks find, one of each authority."""
        return [label for manifest in self.manifests() for label in self._labels(person, manifest)]

    def _labels(self, person, manifest):
        blinded = self.blinded(person, manifest)
        answer = self.evaluation(blinded.request)
        assert (200, 169) == (answer.status_code, len(answer.data))
        outputs = blinded.finalize(answer.data, manifest.private.public_key)
        index = private_index(manifest)
        bucket = self.http.get(self.bucket_path(manifest, outputs.bucket(index)))
        assert 200 == bucket.status_code
        return outputs.labels(index, bucket.data)


@pytest.fixture
def private_app(app_of, published_privately):
    return lambda **settings: app_of(published_privately, **settings)


@pytest.fixture
def private_checker(private_app):
    return PrivateClient(private_app().test_client())


@pytest.fixture
def private_checker_of():
    return lambda app: PrivateClient(app.test_client())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str | None:
    """Both engines, one after the other."""
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def open_records(database_url, tmp_path, monkeypatch) -> Iterator[Callable[[], Records]]:
    """Open the same records as another process would, which waits for others on a slow disk."""
    patience = int(PATIENCE_SECONDS)
    for name, limit in {
        "SQLITE_BUSY_MILLISECONDS": patience * 1_000,
        "POSTGRES_CONNECT_SECONDS": patience,
        "POSTGRES_STATEMENT_MILLISECONDS": patience * 1_000,
        "POOL_WAIT_SECONDS": patience,
    }.items():
        monkeypatch.setattr(engines, name, limit)
    processes = []

    def make() -> Records:
        records = Records(records_url(database_url, tmp_path / "state"), RECORDS_KEY)
        processes.append(records)
        return records

    yield make
    for records in processes:
        records.close()


@pytest.fixture
def records(open_records) -> Records:
    """Empty records."""
    return open_records()


@pytest.fixture
def nowhere() -> Records:
    """Records on a PostgreSQL that does not answer."""
    return Records(make_url("postgresql+psycopg://nobody@127.0.0.1:9/nothing"), RECORDS_KEY)


@pytest.fixture
def today() -> date:
    return date(2020, 2, 1)
