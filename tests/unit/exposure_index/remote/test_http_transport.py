"""Addresses that are none, and services that answer with an error."""

import http.server
import threading

import pytest

from exposure_index.remote.http_transport import AddressInvalid, HttpTransport, ServiceSilent
from tests.fixtures.patience import PATIENCE_SECONDS


@pytest.mark.parametrize(
    "url",
    [
        "",
        "check.example.org",
        "ftp://check.example.org",
        "file:///etc/hostname",
        "https://",
        "https:check.example.org",
        "http://127.0.0.1:65536",
        "http://127.0.0.1:port",
        "http://[::1",
        "http://check example.org",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(url):
    with pytest.raises(AddressInvalid):
        HttpTransport(url, PATIENCE_SECONDS)


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example.org"])
def test_a_name_that_no_host_can_bear_is_a_silent_service(host):
    with pytest.raises(ServiceSilent):
        HttpTransport(f"http://{host}", PATIENCE_SECONDS).get("/")


class Refusing(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(422)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Write nothing among a test's output."""


@pytest.fixture
def refusing_service():
    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_request_that_is_refused_is_told_as_another_edition(refusing_service):
    with pytest.raises(ServiceSilent, match="earlier edition"):
        HttpTransport(refusing_service, PATIENCE_SECONDS).post("/", b"x")
