"""Somebody rewrites the files of an index while it is served: nobody listed is told "not found".

They know every format, set times back, spare the canary's pages, and have no key. Each forgery is
played against one running service, which is whole again after it.
"""

import http.client
import json
import os
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from exposure_index.errors import IndexDamaged
from exposure_index.identity.parsing import parse_identity
from exposure_index.label.model import Label
from exposure_index.lookup.check import NoIndex
from exposure_index.remote.remote_index import CannotAnswer
from exposure_index.remote.service import PrivateService, ServiceTrust
from tests.fixtures.attacked_index import Attacked, label
from tests.fixtures.deployments import new_deployment
from tests.fixtures.forgeries import Forger
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.people import Person

PEOPLE = [Person("passport", f"X9{number:07}", "Ana Silva") for number in range(160)]
TRIP = {"mode": "train", "number": "G1234", "date": "2020-01-22"}
WORKERS = 2
SETTINGS = {
    "GAUGE_INDEX_RELOAD_SECONDS": "0.2",
    "GAUGE_NETWORK_CHECKS": "1000000",
    "GAUGE_CHECKS_PER_SECOND": "1000000",
    "GAUGE_NETWORK_PAGES": "1000000",
    "GAUGE_WORKERS": str(WORKERS),
}
TRUE_ANSWERS = {"exposed", "incomplete", 503}
TRUE_OF_THE_TRIP = {"listed", "incomplete", 503}


def entries_of(people: list[Person]) -> list[tuple[bytes, Label]]:
    identities = [parse_identity(*person.as_form().values()) for person in people]
    return [(identity.encode_names()[0], label()) for identity in identities]


class AttackedService:
    """A service, the index that somebody writes to, and how its files were."""

    def __init__(self, service, attacked: Attacked) -> None:
        self.service = service
        self.attacked = attacked
        digest = attacked.digest("without a key")
        self._forgers = {way: attacked.forger(digest, in_place=way) for way in (True, False)}
        self._whole = {file.name: file.read_bytes() for file in attacked.build.iterdir()}
        self._connection = http.client.HTTPConnection(
            urlsplit(service.url).netloc, timeout=PATIENCE_SECONDS
        )

    def forge(self, forgery, *, in_place: bool) -> None:
        forgery(self._forgers[in_place])

    def mend(self) -> None:
        """Write every file as it was, and point `current` to the build."""
        for file in self.attacked.build.iterdir():
            file.unlink()
        for name, data in self._whole.items():
            (self.attacked.build / name).write_bytes(data)
        self.point_to(self.attacked.build)
        wait_until(lambda: self.readiness() == "ready")

    def point_to(self, build: Path) -> None:
        link = self.attacked.out / "beside"
        link.symlink_to(build.name)
        link.replace(self.attacked.out / "current")

    def readiness(self) -> str:
        return str(self._asked("GET", "/readyz")["status"])

    def answers(self) -> set[str | int]:
        """Ask about everybody, once; return what they were told, or the status instead."""
        return {
            self._asked("POST", "/api/v1/checks", json.dumps(person.as_form())).get("status")
            for person in PEOPLE
        }

    def answers_about_the_trip(self) -> set[str | int]:
        path = f"/api/v1/trips?{urlencode(TRIP)}"
        return {self._asked("GET", path).get("status") for _ in range(2 * WORKERS)}

    def worker_ids(self) -> set[str]:
        tasks = Path(f"/proc/{self.service.process.pid}/task").iterdir()
        return {pid for task in tasks for pid in (task / "children").read_text().split()}

    def _asked(self, method: str, path: str, body: str | None = None):
        headers = {"Content-Type": "application/json"} if body else {}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        return json.loads(response.read())  # problem details have a status too


@pytest.fixture(scope="module")
def attacked_service(start_module_service, start_redis, tmp_path_factory):
    deployment = new_deployment(tmp_path_factory.mktemp("attacked-service"))
    deployment.index = deployment.root / "out"
    stranger = [Person("passport", "X80000001", "Ana Silva")]
    before = deployment.publish(entries=entries_of(stranger))
    current = deployment.publish(entries=entries_of(PEOPLE))
    redis = {"GAUGE_REDIS_URL": start_redis().url}
    service = start_module_service(deployment, {**SETTINGS, **redis})
    return AttackedService(service, Attacked(deployment.root, before, current))


@pytest.fixture
def attacked(attacked_service):
    assert {"exposed"} == attacked_service.answers()
    yield attacked_service
    attacked_service.mend()


FORGERIES = (
    Forger.empty_pages,
    Forger.empty_pages_wide,
    Forger.sign_what_was_forged,
    Forger.turn_pages,
    Forger.take_the_file_of_another_build,
    Forger.take_everything_of_another_build,
    Forger.cut_short,
    Forger.cut_to_nothing,
    Forger.empty_the_trips,
)


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "renamed over"])
@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_a_forgery_makes_nobody_not_found_and_is_noticed(attacked, forgery, in_place):
    attacked.forge(forgery, in_place=in_place)
    at_once = attacked.answers()
    trips_at_once = attacked.answers_about_the_trip()
    wait_until(lambda: attacked.readiness() != "ready")
    afterwards = attacked.answers()
    assert set() == (at_once | afterwards) - TRUE_ANSWERS
    assert set() == (trips_at_once | attacked.answers_about_the_trip()) - TRUE_OF_THE_TRIP


def test_forgeries_without_a_pause_make_nobody_not_found(attacked):
    told: set[str | int] = set()
    for number, forgery in enumerate(FORGERIES[:4] * 3):
        attacked.forge(forgery, in_place=number % 2 == 0)
        told |= attacked.answers()
    assert set() == told - TRUE_ANSWERS


def test_an_earlier_build_in_the_place_of_the_current_one_makes_nobody_not_found(attacked):
    attacked.point_to(attacked.attacked.before)
    wait_until(lambda: attacked.readiness() != "ready")
    assert {"exposed"} == attacked.answers()


def test_files_that_are_cut_in_place_kill_no_worker(attacked):
    before = attacked.worker_ids()
    for forgery in (Forger.cut_short, Forger.cut_to_nothing):
        attacked.forge(forgery, in_place=True)
        attacked.answers()
    wait_until(lambda: attacked.readiness() != "ready")
    attacked.answers()
    assert (WORKERS, before) == (len(before), attacked.worker_ids())


def test_emptied_buckets_make_nobody_not_found(start_service, tmp_path):
    deployment = new_deployment(tmp_path / "private")
    deployment.publish(entries=entries_of(PEOPLE[:8]), private=True)
    service = start_service(deployment, {"GAUGE_INDEX_RELOAD_SECONDS": "3600"})
    trust = ServiceTrust.from_file(deployment.web_keys / "trust.json")
    remote = PrivateService.at(service.url, trust, PATIENCE_SECONDS)
    identities = [parse_identity(*person.as_form().values()) for person in PEOPLE[:8]]
    assert {"exposed"} == {remote.check(identity).status for identity in identities}
    for bucket in ((deployment.index / "current").resolve() / "b").iterdir():
        data, times = bucket.read_bytes(), bucket.stat()
        header, path = data[:32], data[-9 * 32 :]
        bucket.chmod(0o644)
        bucket.write_bytes(header + os.urandom(len(data) - len(header) - len(path)) + path)
        os.utime(bucket, ns=(times.st_atime_ns, times.st_mtime_ns))
    for identity in identities:
        with pytest.raises((CannotAnswer, IndexDamaged, NoIndex)):
            remote.check(identity)
