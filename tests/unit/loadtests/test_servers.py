"""Servers under test, and what they cost."""

import math
import os
import subprocess
import sys

from loadtests import servers
from loadtests.ports import free_port
from tests.fixtures.patience import wait_until

SPIN = """
import signal, socket, sys
signal.alarm(600)
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    pass
"""
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"


def test_processor_time_of_a_server_that_was_not_started_here_is_unknown():
    assert math.isnan(servers.processor_seconds("http://127.0.0.1:1"))


def test_processor_time_is_that_of_the_server_and_of_its_children():
    port = free_port()
    command = [sys.executable, "-c", PARENT, SPIN, str(port)]
    with servers.running(command, port, {}):
        address = f"http://127.0.0.1:{port}"
        child = servers.descendants(address)
        assert 1 == len(child)
        spinning = wait_until(lambda: servers.processor_seconds_of(child))
        assert spinning <= servers.processor_seconds(address)
        os.kill(child[0], 9)


def test_a_process_that_has_ended_costs_nothing():
    with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
        pass
    assert 0 == servers.processor_seconds_of([ended.pid])


def test_settings_of_whoever_runs_a_benchmark_reach_no_server(monkeypatch):
    monkeypatch.setenv("GAUGE_LIMITS", "off")
    monkeypatch.setenv("PATH", os.environ["PATH"])
    assert "GAUGE_LIMITS" not in servers.inherited_environment()
    assert "PATH" in servers.inherited_environment()
