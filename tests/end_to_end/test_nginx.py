"""docs/playbooks/nginx.conf as it stands, in front of a real service."""

import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from app.server.connections.deadlines import HEADERS_SECONDS
from loadtests import nginx_server
from tests.fixtures.patience import PATIENCE_SECONDS


@pytest.fixture(scope="module")
def front(start_module_service, published_privately):
    behind = {"GAUGE_TRUSTED_PROXIES": "127.0.0.1/32", "GAUGE_NETWORK_PAGES": "30"}
    service = start_module_service(published_privately, behind)
    with nginx_server.nginx(service.url, published_privately.index, b"plain") as address:
        yield address


@pytest.fixture(scope="module")
def bucket(published_privately):
    build = (published_privately.index / "current").resolve()
    return f"/b/{build.name}/00000000", (build / "b" / "00000000").read_bytes()


def got(url, data=None, **headers):
    request = urllib.request.Request(url, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_a_bucket_is_its_file_and_may_be_kept(front, bucket):
    path, content = bucket
    status, headers, body = got(f"{front}{path}", **{"Accept-Encoding": "gzip", "Cookie": "a=b"})
    assert (200, content) == (status, body)
    assert "public, immutable, max-age=172800, no-transform" == headers["Cache-Control"]
    assert "application/octet-stream" == headers["Content-Type"]
    assert str(len(content)) == headers["Content-Length"]
    assert {"ETag", "Set-Cookie", "Vary", "Content-Encoding"}.isdisjoint(headers.keys())


@pytest.mark.parametrize(
    "change",
    [
        lambda path: f"{path}?x=1",
        lambda path: f"{path[:-8]}ffffffff",
        lambda path: f"{path[:-8]}../manifest.json",
        lambda path: f"{path[:-10]}/manifest.json",
        lambda path: "/b/" + "0" * 32 + "/00000000",
    ],
    ids=range(5),
)
def test_what_is_no_bucket_is_kept_by_nobody(front, bucket, change):
    status, headers, _ = got(front + change(bucket[0]))
    assert (404, True) == (status, "no-store" in headers["Cache-Control"])


def test_a_long_body_is_refused_and_a_check_goes_through(front, people):
    form = urllib.parse.urlencode(people.close.as_form()).encode()
    assert 200 == got(f"{front}/check", form)[0]
    assert 413 == got(f"{front}/check", bytes(200_000))[0]


@pytest.mark.parametrize(
    "path", ["/api/v1/bulk/jobs", "/org/upload", "/org/roster/list", "/api/v1/kiosk/checkins"]
)
def test_a_long_list_of_an_organisation_reaches_the_service(front, path):
    list_type = {"Content-Type": "text/csv"}
    status, headers, _ = got(f"{front}{path}", bytes(1_000_000), **list_type)
    assert 413 != status
    assert "default-src 'none'" in headers["Content-Security-Policy"]  # the service's own answer


def test_nginx_keeps_no_list_of_an_organisation():
    place = nginx_server.CONFIGURATION.read_text("utf-8").split("(org/upload|", 1)[1]
    assert "proxy_request_buffering off;" in place.split("}", 1)[0]


def test_nginx_waits_for_a_head_no_longer_than_the_service():
    text = nginx_server.CONFIGURATION.read_text("utf-8")
    assert f"client_header_timeout {HEADERS_SECONDS:.0f}s;" in text


def test_one_address_cannot_take_every_connection_of_nginx():
    ports_of_an_address = 64_512
    text = nginx_server.CONFIGURATION.read_text("utf-8")
    assert int(re.search(r"worker_connections (\d+);", text)[1]) > ports_of_an_address


def test_whom_a_client_says_to_be_is_not_believed(front):
    statuses = [
        got(f"{front}/trips?mode=train", **{"X-Forwarded-For": f"192.0.2.{n}"})[0]
        for n in range(40)
    ]
    assert 429 == statuses[-1]
