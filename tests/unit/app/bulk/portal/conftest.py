"""An organisation with members, their browsers, and a worker in the process of the test."""

import io
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyotp
import pytest
from flask.testing import FlaskClient

from app.bulk.jobs.check_turn import Checker
from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.pinned_indexes import PinnedIndexes
from app.bulk.jobs.worker import BulkWorker
from app.bulk.jobs.worker_indexes import WorkerIndexes
from app.bulk.organisations.directory import NewOrganisation, OrganisationDirectory
from app.bulk.organisations.members import Members, NewMember
from app.bulk.organisations.policy import Policy
from app.bulk.organisations.roles import Role
from app.records.organisations import Organisation
from app.services import EXTENSION, AppServices

PASSWORD = "four words of a clerk"  # pragma: allowlist secret
FORM_CODE = re.compile(r'name="form" value="([^"]+)"')
FORM_TYPE = "application/x-www-form-urlencoded"


Admission = Callable[[object, int, Sequence[bytes]], list[bool]]


def _everybody(_connection: object, _organisation: int, digests: Sequence[bytes]) -> list[bool]:
    return [True] * len(digests)


@dataclass
class Browser:
    """A browser at /org."""

    client: FlaskClient
    account: str
    secret: str

    def page(self, path: str = "", **options: object):
        return self.client.get(f"/org{path}", query_string={"lang": "en"}, **options)

    def sign_in(self, **changed: str):
        code = pyotp.TOTP(self.secret).at(time.time()) if self.secret else ""
        form = {"account": self.account, "password": PASSWORD, "code": code, **changed}
        return self.client.post("/org/sign-in?lang=en", data=form)

    def form_code(self) -> str:
        found = FORM_CODE.search(self.page("/help").text)
        return found[1] if found else ""

    def press(self, path: str, **fields: str):
        form = {"form": self.form_code(), **fields}
        return self.client.post(f"/org{path}?lang=en", data=form, content_type=FORM_TYPE)

    def upload(self, content: bytes, name: str = "staff.csv", **fields: str):
        """Send a list as a browser does: fields first, then the file."""
        form = {"form": self.form_code(), "upload": "", **fields}
        file = (io.BytesIO(content), name, "application/octet-stream")
        return self.client.post("/org/upload?lang=en", data={**form, "file": file})


@dataclass
class Office:
    """The services of an app with one organisation."""

    services: AppServices
    client_of: Callable[[], FlaskClient]
    organisation: Organisation

    def member(self, role: Role, name: str = "", organisation: Organisation | None = None):
        """Return the browser of a new member who is signed in."""
        of = organisation or self.organisation
        name = name or role.value
        members = Members(self.services.records, of.id, "authority")
        secret = members.add(NewMember(name, PASSWORD, role), self.services.settings.today())
        browser = Browser(self.client_of(), f"{name}@{of.slug}", secret)
        assert 303 == browser.sign_in().status_code
        return browser

    def another(self, slug: str = "other", policy: Policy = Policy.INDIVIDUALS) -> Organisation:
        directory = OrganisationDirectory(self.services.records)
        new = NewOrganisation(slug, "Another", 100, policy=policy)
        return directory.create(new, self.services.settings.today())

    def work(self, admits: Admission = _everybody) -> None:
        """Let a worker do all there is to do; admits: who is within the quota."""
        settings = self.services.settings
        store = JobStore(settings, self.services.records)
        indexes = WorkerIndexes(settings)
        indexes.reload()
        checker = Checker(store, indexes.store, PinnedIndexes(indexes.store))
        BulkWorker(store, checker, admits).work()


@pytest.fixture
def clock(monkeypatch):
    """Time stands still, so that a code stays good however slow the machine is."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


@pytest.fixture
def office(client_of, clock) -> Office:
    client = client_of()
    app = client.application
    services: AppServices = app.extensions[EXTENSION]
    services.records.upgrade()
    directory = OrganisationDirectory(services.records)
    new = NewOrganisation("works", "某某工厂", 1_000)
    organisation = directory.create(new, services.settings.today())
    return Office(services, app.test_client, organisation)


@pytest.fixture
def admin(office) -> Browser:
    return office.member(Role.ADMIN)


@pytest.fixture
def checker(office) -> Browser:
    return office.member(Role.CHECKER)


@pytest.fixture
def viewer(office) -> Browser:
    return office.member(Role.VIEWER)
