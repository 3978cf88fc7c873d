"""Every person of the demo's lists, by each way of asking; and nothing of them left behind."""

import csv
import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.end_to_end.conftest import index_builder
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.programs import BIN

BY_CHANCE_BYTES = 8  # two characters of Han take six: an index of some megabytes may hold them
TIER_WORDS = {"close": "Close contact", "general": "General contact"}


@pytest.fixture(scope="module")
def temporary_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def service(demo, start_module_service, temporary_folder):
    """One service over the demo; the files that it makes by itself fall into one place."""
    running = start_module_service(
        demo,
        {"GAUGE_LIMITS": "off", "GAUGE_LOG_LEVEL": "debug", "TMPDIR": str(temporary_folder)},
    )
    yield running
    running.stop()


def request_about(person):
    return {name: person[name] for name in ("id_type", "id_number", "name")}


def post(url, data, content_type):
    request = urllib.request.Request(url, data, {"Content-Type": content_type})
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        return response.status, dict(response.headers), response.read()


def test_the_list_holds_hits_of_both_tiers_and_misses(demo):
    found = {(row["expected_status"], row["expected_tier"]) for row in demo.people()}
    listed = {("exposed", "close")} | (
        {("exposed", "general")} if demo.rules == "nhc-2020-03" else set()
    )
    assert listed | {("not_found", "")} == found


def test_everybody_is_answered_as_expected_offline(demo):
    keys = demo.root / "keys"
    output = index_builder(
        "check", "--index", demo.index, "--keys", keys, "--people", demo.people_file
    )
    worst = {}
    for row in csv.DictReader(output.splitlines()):
        key = (row["id_number"], row["name"])
        worst.setdefault(key, (row["status"], row["tier"]))
    for person in demo.people():
        expected = (person["expected_status"], person["expected_tier"])
        assert expected == worst[person["id_number"], person["name"]]


def test_everybody_is_answered_as_expected_by_the_api(demo, service):
    lengths, headers = set(), set()
    for person in demo.people():
        body = json.dumps(request_about(person)).encode()
        status, head, content = post(f"{service.url}/api/v1/checks", body, "application/json")
        answer = json.loads(content)
        tier = answer["exposures"][0]["tier"] if answer["exposures"] else ""
        assert 200 == status
        assert (person["expected_status"], person["expected_tier"]) == (answer["status"], tier)
        lengths.add(len(content))
        headers.add(tuple(sorted(name for name in head)))
    assert 1 == len(lengths)
    assert 1 == len(headers)


def test_everybody_is_answered_as_expected_by_the_form(demo, service):
    for person in demo.people():
        form = urllib.parse.urlencode(request_about(person)).encode()
        status, _, content = post(
            f"{service.url}/check?lang=en", form, "application/x-www-form-urlencoded"
        )
        page = content.decode()
        assert 200 == status
        [verdict] = re.findall(r"gauge-result--(\w+)", page)
        listed_as = {person["expected_tier"], "ended"}  # a demo may outlast observation
        assert verdict in (listed_as if person["expected_tier"] else {person["expected_status"]})
        words = re.findall("|".join(TIER_WORDS.values()), page)
        if person["expected_tier"]:
            assert TIER_WORDS[person["expected_tier"]] == words[0]
        else:
            assert [] == words


def test_everybody_is_answered_privately_as_offline(demo, service, tmp_path):
    keys = demo.root / "keys"
    offline = index_builder(
        "check", "--index", demo.index, "--keys", keys, "--people", demo.people_file
    )
    answers = tmp_path / "answers.csv"
    trust = ("--trust", demo.root / "web-keys" / "trust.json", "--seen", tmp_path / "seen.json")
    people = ("--people", demo.people_file, "--out", answers)
    command = [BIN / "gauge", "private-check", service.url, *trust, *people]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )
    assert 0 == done.returncode, done.stderr
    assert list(csv.reader(offline.splitlines())) == list(
        csv.reader(answers.read_text("utf-8").splitlines())
    )
    assert 0o600 == answers.stat().st_mode & 0o777


def test_a_client_that_knows_the_protocol_s_text_alone_answers_the_same(demo, service):
    tables = Path(__file__).parents[2] / "exposure_index"
    client = Path(__file__).parents[1] / "interop" / "client.py"
    trust = demo.root / "web-keys" / "trust.json"
    done = subprocess.run(
        [sys.executable, client, service.url, trust, tables],
        input=demo.people_file.read_text("utf-8"),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert 0 == done.returncode, done.stderr
    found = [(row["status"], row["tier"]) for row in csv.DictReader(done.stdout.splitlines())]
    assert found == [(row["expected_status"], row["expected_tier"]) for row in demo.people()]


def test_the_program_in_the_docs_runs_as_it_stands(demo, service, tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "private-check.md").read_text("utf-8")
    program = re.findall("```python\n(.*?)```", text, re.DOTALL)[0]
    shutil.copy(demo.root / "web-keys" / "trust.json", tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", program.replace("https://check.example.org", service.url)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert "not_found" == done.stdout.strip(), done.stderr


def test_nothing_of_anybody_asked_about_is_left_behind(demo, service, temporary_folder):
    """Last of the file: by now everybody has been asked about, rightly and wrongly."""
    for person in demo.people()[:5]:
        for wrong in (
            {"id_type": "resident", "id_number": person["id_number"] + "1", "name": person["name"]},
            {"id_type": "nonsense", "id_number": person["id_number"], "name": person["name"]},
        ):
            with pytest.raises(urllib.error.HTTPError):
                post(f"{service.url}/api/v1/checks", json.dumps(wrong).encode(), "application/json")
    service.stop()
    places = [
        service.output.parent,
        temporary_folder,
        Path(demo.environment()["GAUGE_STATE_DIR"]),
        demo.index,
        demo.root / "web-keys",
    ]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    assert service.output in files
    texts = {
        text.encode()
        for person in demo.people()
        for text in (person["id_number"], person["name"])
        if len(text.encode()) > BY_CHANCE_BYTES
    }
    assert len(texts) > len(demo.people())
    for file in files:
        data = file.read_bytes()
        assert [] == [file.name for text in texts if text in data]
