"""The scenario of kiosks: on loopback only, and a short run of it."""

import re
import subprocess
import sys

import pytest

from app.kiosk.enrolment.kiosk_enrolments import KioskEnrolments
from app.kiosk.moments import now_ms
from app.records.database import open_records
from app.settings import read_settings
from tests.fixtures.kiosk_records import keep_organisation
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.programs import program_with

SCENARIO = "loadtests.scenarios.kiosks"
PATIENT = {
    "loadtests.scenarios.open_loop": {"TIMEOUT_SECONDS": PATIENCE_SECONDS},
    "loadtests.scenarios.arrivals": {"SECONDS_TO_FINISH": PATIENCE_SECONDS},
}


@pytest.mark.parametrize("address", ["https://check.example.org", "http://10.0.0.1:8000"])
def test_no_kiosks_go_to_another_machine(address):
    command = [sys.executable, "-m", SCENARIO, "--address", address]
    assert 2 == subprocess.run(command, capture_output=True, check=False).returncode


def test_people_pass_and_what_waited_is_taken(start_service, own_deployment, tmp_path):
    service = start_service(own_deployment)
    settings = read_settings(
        state_dir=str(own_deployment.state), keys_dir=str(own_deployment.web_keys)
    )
    records = open_records(settings)
    enrolments = KioskEnrolments(records)
    organisation = keep_organisation(records)
    names = ("东门", "西门", "南门")
    codes = [enrolments.create(organisation, name, "hr", now_ms())[0] for name in names]
    records.close()
    (tmp_path / "codes").write_text("\n".join(codes))
    order = ["--address", service.url, "--codes", str(tmp_path / "codes")]
    command = [*program_with(PATIENT, SCENARIO), *order, "--seconds", "3", "--queued", "3"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    assert re.search(r"^3 of 3 queued check-ins", done.stdout, re.MULTILINE)
