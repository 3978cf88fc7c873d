"""Fixtures with real parts: published indexes, the app, gunicorn, Redis."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from stdnum.cn.ric import calc_check_digit

from app import services
from app.i18n import compile_translations
from app.server.application import create_application
from app.settings import read_settings
from exposure_index.crypto.keygen import generate_keys, web_keys
from exposure_index.crypto.keys import KeyRing
from exposure_index.files.published_trip import PublishedTrip, ServiceTrips, day_key, service_key
from exposure_index.files.trip_list import TripListFacts, write_trip_list
from exposure_index.identity.parsing import parse_identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

# a machine that tests several things at once is slow, not wrong
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

Constants = Mapping[ModuleType | str, Mapping[str, float | list[str]]]
"""Module → name → the value that the program under test takes instead."""

BIN = Path(sys.executable).parent
CHANGED_PROGRAM = Path(__file__).parent / "fixtures" / "changed_program.py"
AUTHORITY = "示例市疾病预防控制中心"
RULES = {
    "nhc-2020-03": {
        "number": 3,
        "disease": "covid-19",
        "source": "example",
        "observation_days": 14,
        "words": {
            "train": {
                "en": "Everyone in the carriage, and its crew.",
                "zh-Hans": "同一节车厢的全部乘客和乘务人员。",
                "zh-Hant": "同一節車廂的全部乘客及乘務人員。",
            },
            "flight": {
                "en": "The same row and three rows in front and behind.",
                "zh-Hans": "同排及前后各三排。",
                "zh-Hant": "同排及前後各三排。",
            },
        },
    }
}
COVERAGE = [
    {
        "mode": "train",
        "operator": "示例铁路",
        "from": "2020-01-01",
        "to": "2020-02-10",
        "legs": 1200,
        "gaps": ["2020-01-05", "2020-01-06"],
        "oldest_source": "2020-02-11T00:00:00Z",
    },
    {
        "mode": "flight",
        "operator": "Example Air",
        "from": "2020-01-10",
        "to": "2020-02-09",
        "legs": 800,
        "gaps": [],
        "oldest_source": "2020-02-11T00:00:00Z",
    },
]


@dataclass(frozen=True)
class Person:
    """Somebody invented; region 99 of a resident number is given to no one."""

    id_type: str
    id_number: str
    name: str

    def as_form(self) -> dict[str, str]:
        return {"id_type": self.id_type, "id_number": self.id_number, "name": self.name}


def _resident(seventeen: str, name: str) -> Person:
    return Person("resident", seventeen + calc_check_digit(f"{seventeen}0"), name)


CLOSE = _resident("99000019800101123", "舒小满")
GENERAL = Person("passport", "X00000017", "Ana Müller-Silva")
NAMELESS = Person("passport", "X00000025", "Whoever They Are")
UNLISTED = _resident("99000019750615246", "白露未")
WRONG_NAME = Person(CLOSE.id_type, CLOSE.id_number, "舒大满")


@dataclass(frozen=True)
class People:
    """listed: close, general, nameless (by its number alone); the others are not."""

    close: Person = CLOSE
    general: Person = GENERAL
    nameless: Person = NAMELESS
    unlisted: Person = UNLISTED
    wrong_name: Person = WRONG_NAME


def _entries() -> list[tuple[bytes, Label]]:
    train = Exposure(
        Mode.TRAIN, Tier.CLOSE, 3, Relation.SAME_CARRIAGE, date(2020, 1, 22), 8, "G1234"
    )
    flight = Exposure(
        Mode.FLIGHT, Tier.GENERAL, 3, Relation.SAME_VEHICLE, date(2020, 1, 21), 0, "CZ3013"
    )
    coach = Exposure(Mode.COACH, Tier.CLOSE, 3, Relation.COMPANION, date(2020, 1, 20), 0, "粤B00")
    until = date(2020, 2, 5)
    close, general, nameless = (
        parse_identity(*person.as_form().values()) for person in (CLOSE, GENERAL, NAMELESS)
    )
    return [
        (close.encode(), Label.of([train, flight, coach], until)),
        (general.encode(), Label.of([flight], until)),
        (nameless.encode_document(), Label.of([train], until)),
    ]


TRAIN_DAY, HELD_DAY = date(2020, 1, 22), date(2020, 1, 23)
TRIPS = (
    PublishedTrip(
        *("train", "G1234", TRAIN_DAY, "8", "12F|12D", "汉口", "北京西"),
        *("2020-01-22T09:30", "2020-01-22T14:50", "2020-01-27", "https://example.org/notice/7"),
    ),
    PublishedTrip("train", "Z11/Z14", TRAIN_DAY, "10", board="长沙", alight="沈阳北"),
    PublishedTrip("flight", "CZ3013", date(2020, 1, 21), seats="34H|34J", source="某某日报"),
    PublishedTrip("bus", "K12", date(2020, 1, 21)),
)
HELD = (("train", "G1234"), ("train", "G1235"), ("train", "K12"), ("taxi", "粤B00000"))


def trip_list(build_id: str) -> bytes:
    """A list of trips: those of TRIPS, and manifests of HELD on HELD_DAY."""
    services: dict[str, ServiceTrips] = {}
    days: dict[str, list[str]] = {}
    for trip in TRIPS:
        days.setdefault(day_key(trip.service_date, trip.mode), []).append(trip.number)
        numbers = tuple(trip.number.split("/"))
        for number in numbers:
            told = ServiceTrips(numbers, (), {trip.service_date: (trip,)})
            services[service_key(trip.mode, number)] = told
    for mode, number in HELD:
        key = service_key(mode, number)
        services[key] = replace(
            services.get(key, ServiceTrips((number,), (), {})), passenger_list_days=(HELD_DAY,)
        )
    records = [*days.items(), *((key, one.as_json()) for key, one in services.items())]
    written = BytesIO()
    write_trip_list(written, TripListFacts(build_id, published=True), sorted(records))
    return written.getvalue()


@dataclass
class Deployment:
    """A keys directory of the builder, one of the service, and an index directory."""

    root: Path
    authority: str = AUTHORITY
    index: Path = field(init=False)

    def __post_init__(self) -> None:
        self.index = self.root / "index"

    @property
    def web_keys(self) -> Path:
        return self.root / "web-keys"

    @property
    def state(self) -> Path:
        return self.root / "state"

    def publish(
        self,
        *,
        built_at: datetime | None = None,
        valid_for: timedelta = timedelta(hours=48),
        to: Path | None = None,
        authority: str | None = None,
        entries: Sequence[tuple[bytes, Label]] | None = None,
        trips: bool = True,
        private: bool = False,
    ) -> str:
        """Publish one more build, with a private check or without, and return its id."""
        keys = KeyRing.from_directory(self.root / "keys", {})
        built = built_at or datetime.now(UTC)
        facts = BuildFacts(
            authority=authority or self.authority,
            built_at=built,
            valid_for=valid_for,
            oldest_source=built - timedelta(hours=6),
            rules=RULES,
            coverage=COVERAGE,
            documents=(lambda build_id, _: {"trips.idx": trip_list(build_id)}) if trips else None,
            private=private,
        )
        out = to or self.index
        build_id = write_candidate(out, entries or _entries(), facts, keys, None)
        outcome = publish(out, build_id, keys, now=built)
        assert outcome.switched
        return build_id

    def copied_to(self, root: Path) -> "Deployment":
        """Return a copy that a test may damage; what services remember of it stays behind."""
        shutil.copytree(self.root, root, symlinks=True, ignore=shutil.ignore_patterns("state"))
        return Deployment(root, self.authority)

    def environment(self) -> dict[str, str]:
        return {
            "GAUGE_INDEX_DIR": str(self.index),
            "GAUGE_KEYS_DIR": str(self.web_keys),
            "GAUGE_STATE_DIR": str(self.state),
        }


@pytest.fixture(scope="session", autouse=True)
def _own_environment() -> None:
    """Tests choose their settings; what the shell holds does not count."""
    for name in [name for name in os.environ if name.startswith("GAUGE_")] + ["HOST", "PORT"]:
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def translations() -> None:
    compile_translations()


@pytest.fixture(scope="session")
def people() -> People:
    return People()


def new_deployment(root: Path, authority: str = AUTHORITY) -> Deployment:
    deployment = Deployment(root, authority)
    generate_keys(root / "keys")
    web_keys(root / "keys", deployment.web_keys)
    return deployment


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """One published index that no test changes."""
    deployment = new_deployment(tmp_path_factory.mktemp("published"))
    deployment.publish()
    return deployment


@pytest.fixture(scope="session")
def published_privately(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """The same people, with a private check too; no test changes it."""
    deployment = new_deployment(tmp_path_factory.mktemp("published-privately"))
    deployment.publish(private=True)
    return deployment


@pytest.fixture
def own_private_deployment(published_privately: Deployment, tmp_path: Path) -> Deployment:
    """A published index with a private check that the test may change."""
    return published_privately.copied_to(tmp_path / "private-deployment")


@pytest.fixture
def own_deployment(published: Deployment, tmp_path: Path) -> Deployment:
    """A published index that the test may change."""
    return published.copied_to(tmp_path / "deployment")


@pytest.fixture
def other_deployment(tmp_path: Path) -> Deployment:
    """Another authority, with keys of its own and nothing published."""
    return new_deployment(tmp_path / "other", "乙市疾病预防控制中心")


@pytest.fixture
def app_of(
    translations: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Flask]:
    """Make the app over a deployment with chosen settings."""
    monkeypatch.setattr(services, "REDIS_TIMEOUT_SECONDS", PATIENCE_SECONDS)

    def make(deployment: Deployment, **settings: str | int) -> Flask:
        given: dict[str, str | int] = {
            "index_dir": str(deployment.index),
            "keys_dir": str(deployment.web_keys),
            "state_dir": str(tmp_path / "state"),
            "hotline": "12320",
        }
        return create_application(read_settings(**{**given, **settings}))

    return make


@pytest.fixture
def client_of(app_of: Callable[..., Flask], published: Deployment) -> Callable[..., FlaskClient]:
    """Make a client of an app over the published index with chosen settings."""

    def make(**settings: str | int) -> FlaskClient:
        return app_of(published, **settings).test_client()

    return make


@pytest.fixture
def client(client_of: Callable[..., FlaskClient]) -> FlaskClient:
    return client_of()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RunningRedis:
    """A Redis of the tests' own on loopback."""

    port: int
    directory: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)

    def start_again(self) -> None:
        """Run it at the same port, empty."""
        self.process = _redis_process(self.port, self.directory)


def _redis_process(port: int, directory: Path) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--dir", str(directory)], stdout=log, stderr=log)
    _wait(lambda: _connects(port), process)
    return process


@pytest.fixture(scope="module")
def start_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], RunningRedis]]:
    """Start a Redis; it ends with the module's tests."""
    started: list[RunningRedis] = []

    def start() -> RunningRedis:
        directory = tmp_path_factory.mktemp("redis")
        port = free_port()
        running = RunningRedis(port, directory, _redis_process(port, directory))
        started.append(running)
        return running

    yield start
    for running in started:
        if running.process.poll() is None:
            running.stop()


def _postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.fail("no PostgreSQL; `make test` installs it")
    return found[-1].parent


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of the tests' own on loopback, as user postgres when root; its URL.

    The URL lacks the database's name.
    """
    programs, port = _postgres_programs(), free_port()
    # short, for the socket's path; and not below directories that only root may enter
    with tempfile.TemporaryDirectory(prefix="gauge-pg-", dir="/tmp") as name:
        user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        if user:
            shutil.chown(name, **user)
        data = f"{name}/data"
        setup = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"]
        made = subprocess.run(setup, cwd=name, capture_output=True, check=False, **user)
        assert 0 == made.returncode, made.stderr
        options = {"listen_addresses": "127.0.0.1", "port": port, "fsync": "off"}
        command = [programs / "postgres", "-D", data, "-k", name]
        command += [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        with (tmp_path_factory.mktemp("postgres") / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=name, stdout=log, stderr=log, **user)
        _wait(lambda: _accepts(f"postgresql://postgres@127.0.0.1:{port}/postgres"), process)
        yield f"postgresql://postgres@127.0.0.1:{port}"
        process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        process.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def _emptied_databases() -> list[str]:
    """Names of databases that tests have left, to be used again: making one takes half a second."""
    return []


@pytest.fixture
def postgres_url(postgres: str, _emptied_databases: list[str]) -> Iterator[str]:
    """An empty database."""
    if not _emptied_databases:
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        _emptied_databases.append(name)
    name = _emptied_databases.pop()
    yield f"{postgres}/{name}"
    with psycopg.connect(f"{postgres}/{name}", autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    _emptied_databases.append(name)


def _accepts(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@dataclass
class RunningService:
    """`gauge serve` as an operator runs it."""

    url: str
    process: subprocess.Popen[bytes]
    output: Path

    def said(self) -> str:
        return self.output.read_text("utf-8", "replace")

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def service_starter(
    translations: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., RunningService]]:
    """Start `gauge serve` over a deployment, with some constants; it ends with the session."""
    started: list[RunningService] = []

    def start(
        deployment: Deployment,
        environment: Mapping[str, str] | None = None,
        constants: Constants | None = None,
    ) -> RunningService:
        port = free_port()
        directory = tmp_path_factory.mktemp("service")
        output = directory / "output"
        chosen = {
            **os.environ,
            **deployment.environment(),
            "GAUGE_PORT": str(port),
            "GAUGE_HOTLINE": "12320",
            **(environment or {}),
        }
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [*gauge_with(constants or {}), "serve"],
                stdout=stream,
                stderr=stream,
                env=chosen,
                cwd=directory,
            )
        service = RunningService(f"http://127.0.0.1:{port}", process, output)
        started.append(service)
        _wait(lambda: _answers(f"{service.url}/healthz"), process)
        return service

    yield start
    running = [service for service in started if service.process.poll() is None]
    for service in running:  # all at once: each takes its time to end
        service.process.terminate()
    for service in running:
        service.process.wait(PATIENCE_SECONDS)


def gauge_with(constants: Constants) -> list[str]:
    """Return the command `gauge`, with constants of its modules changed where there are any."""
    return program_with(constants, "app.commands") if constants else [str(BIN / "gauge")]


def program_with(constants: Constants, module: str) -> list[str]:
    """Return the command of a module's `main`, with constants of its modules changed."""
    changes = {getattr(place, "__name__", place): dict(own) for place, own in constants.items()}
    return [sys.executable, str(CHANGED_PROGRAM), json.dumps(changes), module]


class LocalSmsGateway:
    """Answers with the statuses given, one after the other, then 202; keeps what it was sent."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.received: list[tuple[dict[str, str], dict[str, str]]] = []
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.received.append((dict(self.headers), json.loads(body)))
                status = gateway.statuses.pop(0) if gateway.statuses else 202
                if status == 0:  # hang up without a word
                    return
                self.send_response(status)
                self.send_header("Location", f"http://127.0.0.1:{gateway.port}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/messages"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="session")
def patient_sms_gateway() -> Iterator[LocalSmsGateway]:
    """A gateway on loopback for services that live as long as the session."""
    running = LocalSmsGateway()
    yield running
    running.close()


@pytest.fixture
def sms_gateway() -> Iterator[LocalSmsGateway]:
    """A gateway on loopback that sends nothing."""
    running = LocalSmsGateway()
    yield running
    running.close()


def _connects(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _wait(happens: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    wait_until(happens, given_up=lambda: process.poll() is not None)
