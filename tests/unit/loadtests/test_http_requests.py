"""Requests as bytes, and as wrk plays them."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from loadtests.http_requests import (
    JSON,
    SEE_OTHER,
    BenchFailed,
    answer_to,
    get,
    post,
    write_requests,
)


class Handler(BaseHTTPRequestHandler):
    """A page, a redirect, and an echo."""

    def do_GET(self):
        self.send_response(SEE_OTHER if self.path.startswith("/old") else 200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"page")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_request_is_whole_and_ends_with_its_body():
    request = post("/check", JSON, b"{}", X_Forwarded_For="203.0.113.1")
    expected = (
        b"POST /check HTTP/1.1\r\nHost: 127.0.0.1:80\r\nContent-Type: application/json\r\n"
        b"X-Forwarded-For: 203.0.113.1\r\nContent-Length: 2\r\n\r\n{}"
    )
    assert expected == request.encode("127.0.0.1:80")


def test_a_file_tells_the_length_of_each_request(tmp_path):
    requests = [get("/"), post("/check", "application/octet-stream", b"\n\x00\r\n")]
    content = write_requests(requests, "http://127.0.0.1:80", tmp_path / "requests").read_bytes()
    for request in requests:
        length, _, content = content.partition(b"\n")
        expected = request.encode("127.0.0.1:80")
        assert expected == content[: int(length)]
        content = content[int(length) :]
    assert b"" == content


def test_an_answer_must_have_the_expected_status(site):
    assert b"page" == answer_to(get("/"), site)
    assert b"{}" == answer_to(post("/", JSON, b"{}"), site)
    assert b"page" == answer_to(get("/old", SEE_OTHER), site)
    with pytest.raises(BenchFailed, match="GET /old: answered with 303"):
        answer_to(get("/old?name=nobody"), site)


def test_an_address_where_nobody_listens_is_a_failed_load():
    with pytest.raises(BenchFailed):
        answer_to(get("/"), "http://127.0.0.1:1")
