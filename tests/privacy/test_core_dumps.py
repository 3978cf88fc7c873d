"""No process of the service can leave its memory on a disk: it holds keys and identities."""

import re
import sys
from pathlib import Path

import pytest

from tests.fixtures.patience import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def service(published_privately, start_module_service):
    settings = {"GAUGE_EVALUATOR": "process", "GAUGE_EVALUATOR_WORKERS": "1"}
    return start_module_service(published_privately, settings)


def descendants_of(pid: int) -> list[int]:
    children = [
        int(child)
        for file in Path(f"/proc/{pid}/task").glob("*/children")
        for child in file.read_text().split()
    ]
    return children + [deeper for child in children for deeper in descendants_of(child)]


def core_limits_of(pid: int) -> list[str]:
    limits = Path(f"/proc/{pid}/limits").read_text()
    match = re.search(r"Max core file size +(\S+) +(\S+)", limits)
    assert match is not None
    return list(match.groups())


def test_no_process_of_a_running_service_may_write_a_core_file(service):
    # the server, a worker, the evaluator and its process
    wait_until(lambda: len(descendants_of(service.process.pid)) >= 3)
    for pid in (service.process.pid, *descendants_of(service.process.pid)):
        assert ["0", "0"] == core_limits_of(pid)
