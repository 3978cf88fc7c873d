"""The keys in a process of their own: it alone has them, and its end is no wrong answer."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from app.evaluators import pool as evaluator_pool
from app.evaluators import remote, supervisor
from app.evaluators.remote import RemoteEvaluator
from exposure_index.crypto.keys import KeyRing
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.evaluation import EvaluatorGone, RequestInvalid, private_keys
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.programs import BIN, gauge_with

PROCESS = {
    "GAUGE_EVALUATOR": "process",
    "GAUGE_EVALUATOR_WORKERS": "2",
    "GAUGE_NETWORK_CHECKS": "1000000",
    "GAUGE_CHECKS_PER_SECOND": "1000000",
}
# web workers and evaluators wait for each other, however busy the machine is
PATIENT_EVALUATOR = gauge_with({evaluator_pool: {"SILENCE_MAX_SECONDS": PATIENCE_SECONDS}})
PATIENT = {
    remote: {"TIMEOUT_SECONDS": PATIENCE_SECONDS},
    supervisor: {
        "START_SECONDS": PATIENCE_SECONDS,
        "COMMAND": [*PATIENT_EVALUATOR, "evaluator"],
    },
}


def children_of(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(each) for each in told.split()]


def command_of(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def post(url, body) -> int:
    request = urllib.request.Request(
        f"{url}/api/v1/private/evaluations", body, {"Content-Type": "application/octet-stream"}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            return len(response.read())
    except urllib.error.HTTPError as error:
        return error.code


def status_of(url, body) -> int:
    with urllib.request.urlopen(url, body, timeout=PATIENCE_SECONDS) as response:
        return response.status


def get(url) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as response:
        return response.read().decode()


@pytest.fixture
def request_bytes(published_privately, people):
    key = private_keys(KeyRing.from_directory(published_privately.web_keys, {}))[0]
    return BlindedIdentity.blind(
        parse_identity(*people.close.as_form().values()), key.key_id
    ).request


@pytest.fixture(scope="module")
def service(start_module_service, published_privately):
    """One service for all tests that leave it whole."""
    running = start_module_service(published_privately, PROCESS, PATIENT)
    yield running
    assert 0 == running.stop()


def evaluators_of(service) -> tuple[int, list[int]]:
    """Return the supervising process of the evaluator, and those that evaluate."""
    (pool,) = [c for c in children_of(service.process.pid) if " evaluator " in command_of(c)]
    return pool, children_of(pool)


def web_processes_of(service) -> list[int]:
    pool, _ = evaluators_of(service)
    workers = [child for child in children_of(service.process.pid) if child != pool]
    return [service.process.pid, *workers]


def in_memory(process: int, sought: bytes) -> bool:
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in maps:
            span, mode, *_ = line.split()
            if not mode.startswith("rw"):
                continue
            begin, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(begin)
                if sought in memory.read(end - begin):
                    return True
            except (OSError, ValueError, OverflowError):
                continue
    return False


def test_checks_are_answered_and_no_web_process_has_the_key(
    service, published_privately, request_bytes
):
    assert [169] * 4 == [post(service.url, request_bytes) for _ in range(4)]
    assert '"ready"' in get(f"{service.url}/readyz")
    seed = (published_privately.web_keys / "private_1").read_text().strip()
    other = (published_privately.web_keys / "limits").read_text().strip()
    for process in web_processes_of(service):
        assert not in_memory(process, seed.encode())
        assert not in_memory(process, bytes.fromhex(seed))
    workers = web_processes_of(service)[1:]
    assert any(in_memory(process, bytes.fromhex(other)) for process in workers), (
        "nothing is ever found"
    )


def test_the_socket_is_for_its_owner_alone(service):
    pool, _ = evaluators_of(service)
    words = command_of(pool).split()
    path = Path(words[words.index("--socket") + 1])
    assert (0o600, 0o700) == (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777)


@pytest.mark.parametrize("who", ["evaluating", "supervising"])
def test_killed_under_load_it_comes_back_and_nobody_gets_a_wrong_answer(
    service, request_bytes, people, who
):
    answers, wanted = [], threading.Event()

    def ask():
        while not wanted.is_set():
            answers.append(post(service.url, request_bytes))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        wait_until(lambda: len(answers) > 20)
        pool, evaluating = evaluators_of(service)
        for process in evaluating if who == "evaluating" else [pool, *evaluating]:
            with suppress(ProcessLookupError):  # evaluators end with their pool
                os.kill(process, signal.SIGKILL)
        body = urllib.parse.urlencode(people.close.as_form()).encode()
        assert 200 == status_of(f"{service.url}/check", body)
        wait_until(lambda: evaluators_of_or_none(service, evaluating))
        before = len(answers)
        wait_until(lambda: answers[before:].count(169) > 20)
    finally:
        wanted.set()
        for thread in threads:
            thread.join()
    assert {169, 503} >= set(answers)
    wait_until(lambda: '"ready"' in get(f"{service.url}/readyz"))


def evaluators_of_or_none(service, before) -> bool:
    try:
        now = evaluators_of(service)[1]
    except (ValueError, OSError):
        return False
    return len(now) == 2 and not set(now) & set(before)


def test_it_ends_with_the_service(start_service, own_private_deployment):
    running = start_service(own_private_deployment, PROCESS, PATIENT)
    pool, evaluating = evaluators_of(running)
    running.process.kill()
    running.process.wait()
    gone = [pool, *evaluating]
    wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in gone))


def test_the_folder_that_a_killed_service_left_is_gone_after_the_next_start(
    start_service, own_private_deployment, tmp_path_factory
):
    temporary = tmp_path_factory.mktemp("k")
    environment = {**PROCESS, "TMPDIR": str(temporary)}
    killed = start_service(own_private_deployment, environment, PATIENT)
    processes = [killed.process.pid, *children_of(killed.process.pid), *evaluators_of(killed)[1]]
    (left,) = temporary.glob("gauge-evaluator-*")
    for process in processes:
        with suppress(ProcessLookupError):  # they end with the first, and may be gone already
            os.kill(process, signal.SIGKILL)
    killed.process.wait()
    wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in processes))
    assert left.exists()
    running = start_service(own_private_deployment, environment, PATIENT)
    (folder,) = temporary.glob("gauge-evaluator-*")
    assert folder != left
    assert 0 == running.stop()
    assert [] == list(temporary.glob("gauge-evaluator-*"))


class Apart:
    """`gauge evaluator` as an operator runs it, with keys that the service has not."""

    def __init__(self, deployment, folder):
        self.keys = folder / "evaluator-keys"
        self.keys.mkdir()
        self.socket = folder / "run" / "socket"
        shutil.move(deployment.web_keys / "private_1", self.keys / "private_1")
        self.process = self.start()

    def start(self):
        process = subprocess.Popen(
            [BIN / "gauge", "evaluator", "--socket", self.socket],
            env={**os.environ, "GAUGE_KEYS_DIR": str(self.keys), "GAUGE_EVALUATOR_WORKERS": "1"},
            stderr=subprocess.PIPE,
        )
        wait_until(lambda: self.socket.exists() or process.poll() is not None)
        return process

    def environment(self):
        return {"GAUGE_EVALUATOR": "process", "GAUGE_EVALUATOR_SOCKET": str(self.socket)}


@pytest.fixture
def apart(own_private_deployment, tmp_path_factory):
    folder = Path(tmp_path_factory.mktemp("e"))
    running = Apart(own_private_deployment, folder)
    yield running
    running.process.terminate()
    assert 0 == running.process.wait(PATIENCE_SECONDS)


WITHOUT = "private_evaluator"


def test_a_service_without_any_private_key_asks_an_evaluator_apart(
    apart, start_service, own_private_deployment, request_bytes
):
    running = start_service(own_private_deployment, apart.environment(), PATIENT)
    assert 169 == post(running.url, request_bytes)
    assert '"ready"' in get(f"{running.url}/readyz")
    assert [] == [f for f in own_private_deployment.web_keys.iterdir() if "private" in f.name]
    apart.process.terminate()
    apart.process.wait(PATIENCE_SECONDS)
    assert 503 == post(running.url, request_bytes)
    # each worker's look by itself finds out
    wait_until(lambda: '"degraded"' in (told := get(f"{running.url}/readyz")) and WITHOUT in told)
    apart.process = apart.start()
    wait_until(lambda: 169 == post(running.url, request_bytes))


def said_to(path: Path, sent: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(str(path))
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        try:
            return connection.recv(4_096)
        except ConnectionResetError:
            return b""


NO_FRAMES = (
    b"",
    b"\x00",
    b"\x00\x00",
    b"\xff\xff",
    b"\x00\x01X",
    b"\x00\x4aE",
    b"GET / HTTP/1.1\r\n\r\n",
)


def test_what_is_no_frame_is_told_nothing_and_harms_nobody(apart, request_bytes, monkeypatch):
    monkeypatch.setattr(remote, "TIMEOUT_SECONDS", PATIENCE_SECONDS)
    assert [b""] * len(NO_FRAMES) == [said_to(apart.socket, sent) for sent in NO_FRAMES]
    asked = RemoteEvaluator(apart.socket)
    assert 169 == len(asked.evaluate(request_bytes))
    with pytest.raises(RequestInvalid):
        asked.evaluate(request_bytes[:73] + b"\xff" * 32)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(apart.socket))
        assert 169 == len(asked.evaluate(request_bytes))


def test_no_socket_is_no_answer(tmp_path):
    with pytest.raises(EvaluatorGone):
        RemoteEvaluator(tmp_path / "nothing").public_keys()
