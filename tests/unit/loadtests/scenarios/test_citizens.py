"""The scenario of citizens: open-loop, honest, bounded, and on loopback only."""

import csv
import random
import re
import subprocess
import sys

import pytest

from loadtests.scenarios.arrivals import percentile, poisson_times
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.programs import program_with

SCENARIO = "loadtests.scenarios.citizens"
MODULE = [sys.executable, "-m", SCENARIO]
PATIENT = {
    "loadtests.scenarios.open_loop": {"TIMEOUT_SECONDS": PATIENCE_SECONDS},
    "loadtests.scenarios.arrivals": {"SECONDS_TO_FINISH": PATIENCE_SECONDS},
}


def test_arrivals_come_at_the_rate_and_end_in_time():
    times = list(poisson_times(200, 10, random.Random(1)))  # noqa: S311 - draws moments
    assert sorted(times) == times
    assert 1_800 < len(times) < 2_200
    assert 0 < times[0] < times[-1] < 10


@pytest.mark.parametrize(("share", "expected"), [(0.5, 51), (0.99, 100), (1.0, 100)])
def test_a_percentile_is_a_latency_that_was_measured(share, expected):
    assert expected == percentile([float(n) for n in range(100, 0, -1)], share)
    assert 0 == percentile([], share)


@pytest.mark.parametrize("address", ["https://check.example.org", "http://10.0.0.1:8000"])
def test_nobody_elses_service_is_loaded(address):
    done = subprocess.run([*MODULE, "--address", address], capture_output=True, check=False)
    assert 2 == done.returncode


def _table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def test_citizens_are_answered_with_limits_on(start_service, published, people, tmp_path):
    proxies = {"GAUGE_TRUSTED_PROXIES": "127.0.0.1/32"}
    service = start_service(published, proxies)
    known = [people.close.as_form(), people.unlisted.as_form()]
    trips = [{"number": "G1234", "date": "2020-01-22"}, {"number": "CZ3013", "date": "2020-01-21"}]
    files = ["--people", _table(tmp_path / "people.csv", known)]
    files += ["--notices", _table(tmp_path / "notices.csv", trips)]
    order = ["--address", service.url, "--rate", "20", "--seconds", "2", *files]
    command = [*program_with(PATIENT, SCENARIO), *order]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    for kind in ("check", "trip", "trip page"):
        (answered, errors) = re.search(
            rf"^{kind} +(\d+) +\d+ +(\d+)", done.stdout, re.MULTILINE
        ).groups()
        assert (True, "0") == (int(answered) > 0, errors)
