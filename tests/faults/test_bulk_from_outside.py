"""Lists of organisations over HTTP, while keys end, disks fill up and people change their minds."""

import json
import resource
import time
from dataclasses import dataclass
from datetime import date

import pytest
import requests

from app.bulk.jobs.job_store import JobStore
from app.organisations.api_keys import ApiKeys, Scope
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.records.database import open_records
from app.records.organisations.bulk_jobs import bulk_jobs
from app.settings import read_settings
from tests.fixtures.bulk import FOUR, STATES_OF_FOUR, staff_csv
from tests.fixtures.bulk_programs import children_of, many_people
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.services import RunningService

JOBS = "/api/v1/bulk/jobs"
LIST = staff_csv(*FOUR)
FILE_BYTES_MAX = 6 << 20
LONG_LIST = LIST + "".join(f"{row},舒望,其他,Y{row:07}\n" for row in range(400_000)).encode()
"""More bytes than FILE_BYTES_MAX."""


@dataclass
class Outside:
    """A program of one organisation, and what the authority does meanwhile."""

    service: RunningService
    store: JobStore
    slug: str
    organisation: int
    key_id: str
    key: str

    def send(self, method: str, path: str, **options) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.key}", **options.pop("headers", {})}
        url = f"{self.service.url}{path}"
        return requests.request(method, url, headers=headers, timeout=PATIENCE_SECONDS, **options)

    def upload(self, content: bytes = LIST, media_type: str = "text/csv") -> requests.Response:
        return self.send("POST", JOBS, data=content, headers={"Content-Type": media_type})

    def job(self, content: bytes = LIST, media_type: str = "text/csv") -> str:
        response = self.upload(content, media_type)
        assert 202 == response.status_code, response.text
        return response.headers["Location"]

    def ended(self, path: str) -> dict[str, object]:
        wait_until(lambda: self.send("GET", path).json()["status"] in ("done", "failed"))
        return self.send("GET", path).json()

    def states(self, path: str) -> list[str]:
        headers = {"Accept": "application/json"}
        rows = self.send("GET", f"{path}/results", headers=headers).json()["rows"]
        return [row["status"] for row in rows]

    def files(self) -> list[str]:
        settings = self.store.settings
        folders = (settings.bulk_directory, settings.bulk_keys_directory)
        return [path.name for each in folders for path in each.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def service(start_module_service, published, tmp_path_factory):
    deployment = published.copied_to(tmp_path_factory.mktemp("outside") / "deployment")
    settings = read_settings(keys_dir=str(deployment.web_keys), state_dir=str(deployment.state))
    store = JobStore(settings, open_records(settings))
    yield start_module_service(deployment), store
    store.records.close()


@pytest.fixture
def outside(service, request):
    """An organisation of its own for each test."""
    running, store = service
    slug = f"works-{abs(hash(request.node.name)) % 10**8}"
    new = NewOrganisation(slug, slug, 1_000_000)
    made = OrganisationDirectory(store.records).create(new, date(2020, 2, 1))
    keys = ApiKeys(store.records, store.settings)
    key, view = keys.issue(made.id, "admin", "test", frozenset(Scope))
    return Outside(running, store, slug, made.id, view.id, key)


def test_json_lines_come_back_row_for_row(outside):
    rows = [
        {"no": at, "name": one.name, "id_type": one.id_type, "id_number": one.id_number}
        for at, one in enumerate(FOUR)
    ]
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    job = outside.job(content, "application/jsonl")
    assert "done" == outside.ended(job)["status"]
    assert STATES_OF_FOUR == outside.states(job)


def test_a_job_that_is_cancelled_while_it_is_read_leaves_nothing(outside):
    before = set(outside.files())
    job = outside.job(LONG_LIST)
    assert 204 == outside.send("DELETE", job).status_code
    assert "cancelled" == outside.send("GET", job).json()["status"]
    wait_until(lambda: set(outside.files()) <= before)
    assert "done" == outside.ended(outside.job())["status"]


def test_a_revoked_key_is_refused_at_once(outside):
    job = outside.job()
    keys = ApiKeys(outside.store.records, outside.store.settings)
    keys.revoke(outside.organisation, "authority", outside.key_id)
    answers = (outside.send("GET", job), outside.upload(), outside.send("DELETE", job))
    assert [401] * 3 == [answer.status_code for answer in answers]


def test_a_disabled_organisation_is_refused_at_once(outside):
    job = outside.job()
    outside.ended(job)
    OrganisationDirectory(outside.store.records).disable(outside.organisation)
    answers = (outside.send("GET", job), outside.send("GET", f"{job}/results"), outside.upload())
    assert [401] * 3 == [answer.status_code for answer in answers]


def test_results_past_their_time_are_gone_before_they_are_destroyed(outside):
    job = outside.job()
    outside.ended(job)
    with outside.store.records.writing() as connection:
        past = bulk_jobs.update().where(bulk_jobs.c.id == job.rpartition("/")[2])
        connection.execute(past.values(expires_at=int(time.time()) - 1))
    answer = outside.send("GET", f"{job}/results")
    assert (410, "destroyed") == (answer.status_code, answer.json()["code"])


def test_a_disk_that_is_full_refuses_a_list_and_keeps_nothing_of_it(outside):
    before = set(outside.files())
    family = [outside.service.process.pid]
    for process in family:  # which grows meanwhile
        family += children_of(process)
    usual = [resource.prlimit(process, resource.RLIMIT_FSIZE) for process in family]
    try:
        for process, (_, most) in zip(family, usual, strict=True):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (FILE_BYTES_MAX, most))
        answer = outside.upload(LONG_LIST)
    finally:
        for process, limits in zip(family, usual, strict=True):
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
    assert (507, "storage_full") == (answer.status_code, answer.json()["code"])
    assert set(outside.files()) <= before
    assert "done" == outside.ended(outside.job())["status"]


def test_a_list_that_came_twice_under_one_key_is_one_job(outside):
    content = staff_csv(*many_people(10))
    headers = {"Idempotency-Key": "monday", "Content-Type": "text/csv"}
    answers = [outside.send("POST", JOBS, data=content, headers=headers) for _ in range(2)]
    assert 1 == len({answer.headers["Location"] for answer in answers})
