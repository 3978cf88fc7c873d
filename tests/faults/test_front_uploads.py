"""Lists of any size and speed: neither the memory nor the threads of a worker are theirs."""

import http.client
import itertools
import json
import signal
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest

from app.bulk.jobs.job_store import JobStore
from app.organisations.api_keys import ApiKeys, Scope
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.records.database import open_records
from app.server import gunicorn_server
from app.server.connections import deadlines
from app.settings import read_settings
from tests.fixtures.bulk import FOUR, staff_csv
from tests.fixtures.http_framings import CHECKS, HEALTH
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.raw_connections import (
    exchange,
    head_of,
    open_connection,
    post_of,
    read_response,
)
from tests.fixtures.server_processes import (
    forget_peak_memory,
    own_memory_of,
    peak_memory_of,
    web_workers_of,
)
from tests.fixtures.slow_clients import client_ports_at

JOBS = "/api/v1/bulk/jobs"
FORM = "application/x-www-form-urlencoded"
FILE = "multipart/form-data; boundary=x"
HUGE_BYTES = 300 << 20
MEMORY_MAX_BYTES = 32 << 20  # of a worker for a list of any size
SLOW_UPLOADS = 64
REQUESTS = 20
PATIENT = {
    deadlines: {"BODY_GRACE_SECONDS": 9 * PATIENCE_SECONDS},
    gunicorn_server: {"GRACEFUL_TIMEOUT_SECONDS": int(PATIENCE_SECONDS)},
}
"""Whoever is answered beside slow bodies did not wait for their end."""
SHORT_GOODBYE = {deadlines: {"LINGER_SECONDS": 0.0, "UNREAD_BODY_SECONDS": 9 * PATIENCE_SECONDS}}
NUMBERS = itertools.count(1)
SETTINGS = {
    "GAUGE_WORKERS": "1",
    "GAUGE_BULK_UPLOAD_MAX_MIB": "512",
    "GAUGE_BULK_WORKER": "off",  # what is done with a list is another's business
}
ROWS = "".join(f"{row},舒望,其他,Y{row:07}\n" for row in range(40_000)).encode()
PAGE = head_of("GET /no-such-page HTTP/1.1", "Host: localhost")


@dataclass
class Uploads:
    """A service, and organisations that may send it lists."""

    service: object
    store: JobStore

    def key(self) -> str:
        """Return a key of a new organisation."""
        slug = f"works-{next(NUMBERS)}"
        new = NewOrganisation(slug, slug.title(), 10_000_000)
        made = OrganisationDirectory(self.store.records).create(new, date(2020, 2, 1))
        keys = ApiKeys(self.store.records, self.store.settings)
        text, _ = keys.issue(made.id, "admin", "test", frozenset(Scope))
        return text

    def begin(self, key: str, length: int, *headers: str) -> socket.socket:
        """Return a connection on which the head of an upload has been sent."""
        connection = open_connection(self.service.url)
        head = post_of(
            JOBS, b"", f"Authorization: Bearer {key}", *headers,
            content_type="text/csv", length=length,
        )  # fmt: skip
        connection.sendall(head)
        return connection


@contextmanager
def uploads_to(start, deployment):
    """Serve a deployment that organisations may send lists to."""
    settings = read_settings(keys_dir=str(deployment.web_keys), state_dir=str(deployment.state))
    store = JobStore(settings, open_records(settings))
    yield Uploads(start(deployment, SETTINGS, PATIENT), store)
    store.records.close()


@pytest.fixture(scope="module")
def uploads(start_module_service, published, tmp_path_factory):
    deployment = published.copied_to(tmp_path_factory.mktemp("uploads") / "deployment")
    with uploads_to(start_module_service, deployment) as running:
        yield running


@pytest.fixture
def own_uploads(start_service, own_deployment):
    with uploads_to(start_service, own_deployment) as running:
        yield running


@pytest.fixture(scope="module")
def check(people):
    return post_of(CHECKS, json.dumps(people.close.as_form()).encode())


def csv_pieces(length):
    """Yield the bytes of a list of exactly so many, in pieces."""
    yield staff_csv(*FOUR)
    left = length - len(staff_csv(*FOUR))
    for _ in range(left // len(ROWS)):
        yield ROWS
    yield ROWS[: left % len(ROWS)]


def assert_answered(uploads, check):
    for _ in range(REQUESTS):
        for request, status in ((check, 200), (HEALTH, 200), (PAGE, 404)):
            assert f"HTTP/1.1 {status} ".encode() == exchange(uploads.service.url, request)[:13]


def takes_nobody(uploads):
    try:
        return not exchange(uploads.service.url, HEALTH).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return True


def test_a_huge_list_needs_no_more_memory_than_a_short_one(uploads, check):
    (worker,) = web_workers_of(uploads.service)
    key = uploads.key()
    with uploads.begin(key, 1 << 20) as connection:
        for piece in csv_pieces(1 << 20):
            connection.sendall(piece)
        assert 202 == read_response(connection.makefile("rb")).status
    before = own_memory_of(worker)
    forget_peak_memory(worker)
    peak = peak_memory_of(worker)
    with uploads.begin(key, HUGE_BYTES) as connection:
        for piece in csv_pieces(HUGE_BYTES):
            connection.sendall(piece)
        answer = read_response(connection.makefile("rb"))
    assert 202 == answer.status
    assert peak_memory_of(worker) < peak + MEMORY_MAX_BYTES
    assert own_memory_of(worker) < before + MEMORY_MAX_BYTES
    assert_answered(uploads, check)
    destroyed = head_of(
        f"DELETE {answer.headers['location']} HTTP/1.1", "Host: localhost",
        f"Authorization: Bearer {key}",
    )  # fmt: skip
    assert exchange(uploads.service.url, destroyed).startswith(b"HTTP/1.1 204 ")


def test_a_list_that_comes_in_little_pieces_is_taken_whole(uploads):
    length = 400_000
    content = b"".join(csv_pieces(length))
    with uploads.begin(uploads.key(), length, "Expect: 100-continue") as connection:
        stream = connection.makefile("rb")
        assert 100 == read_response(stream).status
        for at in range(0, length, 4_000):
            connection.sendall(content[at : at + 4_000])
            time.sleep(0.01)
        assert 202 == read_response(stream).status


def test_a_list_that_is_cut_short_is_no_list(uploads):
    with uploads.begin(uploads.key(), 1 << 20) as connection:
        connection.sendall(ROWS[: 1 << 19])
        connection.shutdown(socket.SHUT_WR)
        assert 400 == read_response(connection.makefile("rb")).status


def test_lists_of_many_that_never_end_keep_nobody_waiting(uploads, check):
    """Of organisations with good keys; those past what may come at a time are refused."""
    keys = [uploads.key() for _ in range(SLOW_UPLOADS // 2)]
    connections = []
    for key in keys * 2:
        connection = uploads.begin(key, HUGE_BYTES)
        connection.sendall(ROWS[:100_000])
        connections.append(connection)
    assert_answered(uploads, check)
    for connection in connections:
        connection.close()
    with uploads.begin(keys[0], 400_000) as connection:
        for piece in csv_pieces(400_000):
            connection.sendall(piece)
        assert read_response(connection.makefile("rb")).status in {202, 429, 503}


POSTS = {
    "a list without a key": (JOBS, "text/csv"),
    "a form": ("/check", FORM),
    "trips": ("/trips", FORM),
    "a correction": ("/corrections/new", FORM),
    "a sign-in": ("/org/sign-in", FORM),
    "a list by the portal": ("/org/upload", FILE),
    "a roster": ("/org/roster/list", FILE),
    "a kiosk's check-ins": ("/api/v1/kiosk/checkins", "application/json"),
    "a kiosk's enrolment": ("/api/v1/kiosk/enrolments", "application/json"),
    "a check": (CHECKS, "application/json"),
    "nobody knows what": ("/no-such-page", FORM),
}


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("length", [60_000, 120_000, 1_000_000])
def test_large_bodies_of_strangers_that_never_end_keep_nobody_waiting(uploads, check, name, length):
    path, content_type = POSTS[name]
    request = post_of(path, b"x" * 10_000, content_type=content_type, length=length)
    connections = [open_connection(uploads.service.url) for _ in range(SLOW_UPLOADS)]
    for connection in connections:
        connection.sendall(request)
    assert_answered(uploads, check)
    for connection in connections:
        connection.close()


@pytest.mark.parametrize("path", ["/org/upload", "/org/roster/list"])
def test_lists_that_nobody_reads_keep_no_list_waiting(uploads, path):
    """More strangers than threads, whose lists never end."""
    request = post_of(path, b"x" * 100_000, content_type=FILE, length=16_000_000)
    connections = [open_connection(uploads.service.url) for _ in range(SLOW_UPLOADS)]
    for connection in connections:
        connection.sendall(request)
    length = 400_000
    with uploads.begin(uploads.key(), length) as connection:
        for piece in csv_pieces(length):
            connection.sendall(piece)
        assert 202 == read_response(connection.makefile("rb")).status
    for connection in connections:
        connection.close()


def test_batches_of_strangers_keep_no_kiosk_waiting(uploads):
    """Nor does it matter that this one is unsigned as well: it is judged in the same threads."""
    path, content_type = POSTS["a kiosk's check-ins"]
    request = post_of(path, b" " * 10_000, content_type=content_type, length=1_000_000)
    connections = [open_connection(uploads.service.url) for _ in range(SLOW_UPLOADS)]
    for connection in connections:
        connection.sendall(request)
    batch = post_of(path, b" " * 70_000, content_type=content_type)
    assert b"HTTP/1.1 401 " == exchange(uploads.service.url, batch)[:13]
    for connection in connections:
        connection.close()


def test_a_browser_that_sends_all_of_a_list_before_it_reads_is_answered(published, start_service):
    """Who is answered before the end of a body has longer than who is refused."""
    service = start_service(published, SETTINGS, SHORT_GOODBYE)
    half = bytes(4 << 20)
    with open_connection(service.url) as connection, open_connection(service.url) as refused:
        connection.sendall(post_of("/org/upload", half, content_type=FILE, length=2 * len(half)))
        connection.recv(1, socket.MSG_PEEK)  # the answer has come
        refused.sendall(b"NO REQUEST\r\n\r\n")
        port = refused.getsockname()[1]
        wait_until(lambda: port not in client_ports_at(urlsplit(service.url).port))
        connection.sendall(half)
        answer = read_response(connection.makefile("rb"))
    assert (403, "close") == (answer.status, answer.headers["connection"])


def test_a_list_on_its_way_is_taken_though_the_service_is_told_to_stop(own_uploads):
    length = 1 << 20
    first, *others = csv_pieces(length)
    with own_uploads.begin(own_uploads.key(), length) as connection:
        connection.sendall(first)
        assert exchange(own_uploads.service.url, HEALTH).startswith(b"HTTP/1.1 200 ")
        own_uploads.service.process.send_signal(signal.SIGTERM)
        wait_until(lambda: takes_nobody(own_uploads))
        for piece in others:
            connection.sendall(piece)
        answer = read_response(connection.makefile("rb"))
    assert 202 == answer.status
    assert 0 == own_uploads.service.process.wait(PATIENCE_SECONDS)


def test_an_answer_before_the_body_says_that_the_connection_ends(published, start_service):
    host = start_service(published).url.removeprefix("http://")
    client = http.client.HTTPConnection(host, timeout=PATIENCE_SECONDS)
    client.putrequest("POST", JOBS)
    client.putheader("Content-Length", "1000000")
    client.endheaders()
    response = client.getresponse()
    assert (401, "close") == (response.status, response.getheader("Connection"))
    client.close()
