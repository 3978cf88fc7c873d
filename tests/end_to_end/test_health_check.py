"""The health check of the image, as Docker runs it, against services that answer and do not."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

DOCKERFILE = Path(__file__).parents[2] / "Dockerfile"
HEALTHCHECK = re.compile(r"^HEALTHCHECK(?:.*\\\n)? +CMD (\[.*\])$", re.MULTILINE)
LOOKS = {"GAUGE_INDEX_RELOAD_SECONDS": "0.2"}


def health_check_of(service):
    """Run the command that the image asks its health by; return its exit code and output."""
    (command,) = HEALTHCHECK.findall(DOCKERFILE.read_text("utf-8"))
    port = str(urlsplit(service.url).port)
    done = subprocess.run(
        json.loads(command),
        env={**os.environ, "GAUGE_PORT": port},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def service(start_service, own_deployment):
    return start_service(own_deployment, LOOKS)


def test_a_service_that_answers_is_healthy(service):
    code, output = health_check_of(service)
    assert (0, "ready") == (code, json.loads(output)["status"])


def test_a_degraded_service_is_healthy(start_service, published):
    nowhere = {"GAUGE_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}
    code, output = health_check_of(start_service(published, nowhere))
    assert (0, ["records_unreachable"]) == (code, json.loads(output)["reasons"])


def test_a_service_without_an_index_is_not_and_says_why(start_service, published, tmp_path):
    nothing = {"GAUGE_INDEX_DIR": str(tmp_path / "nothing")}
    code, output = health_check_of(start_service(published, nothing))
    assert (1, ["missing"]) == (code, json.loads(output)["reasons"])


def test_a_service_whose_only_build_lost_its_canary_is_not_until_it_is_whole(
    service, own_deployment
):
    file = (own_deployment.index / "current").resolve() / "plain.idx"
    whole = file.with_name("whole")
    shutil.copyfile(file, whole)
    file.chmod(0o644)
    with file.open("r+b") as stream:
        stream.write(b"\0" * whole.stat().st_size)
    wait_until(lambda: health_check_of(service)[0] == 1)
    whole.replace(file)
    wait_until(lambda: health_check_of(service)[0] == 0)


def test_a_service_that_is_gone_is_not(service):
    service.stop()
    assert 1 == health_check_of(service)[0]
