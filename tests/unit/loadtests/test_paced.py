"""Requests at a fixed rate."""

import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from loadtests.paced import LoadFailed, first_to_run, paced_latencies


class Handler(BaseHTTPRequestHandler):
    """Answers every POST with the status of its body."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        status = int(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_every_request_has_its_latency(site):
    latencies = paced_latencies(site, [b"200"], rate=50, seconds=0.5)
    assert 25 == len(latencies)
    assert min(latencies) > 0


def test_an_answer_that_is_not_200_fails_the_load(site):
    with pytest.raises(LoadFailed, match="503"):
        paced_latencies(site, [b"503"], rate=50, seconds=0.1)


def test_the_client_is_run_as_before_once_it_has_measured():
    before = os.sched_getscheduler(0)
    with first_to_run():
        pass
    assert before == os.sched_getscheduler(0)


def test_who_closes_without_an_answer_fails_the_load():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def close_all():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connection.close()

        threading.Thread(target=close_all, daemon=True).start()
        port = listener.getsockname()[1]
        with pytest.raises((LoadFailed, OSError)):
            paced_latencies(f"http://127.0.0.1:{port}", [b"200"], rate=50, seconds=0.1)
        listener.shutdown(socket.SHUT_RDWR)
