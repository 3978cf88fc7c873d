"""A server of an organisation, on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Hook(ThreadingHTTPServer):
    """Answers every POST with the next status, and keeps what came."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses = []
        self.requests = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook?of=works"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        self.send_response(status)
        if status // 100 == 3:
            self.send_header("Location", self.server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def hook():
    with Hook() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
