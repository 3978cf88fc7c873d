"""A correction's whole way: form, export, opening, decision, `cleared`, next build, answer."""

import csv
import json
import os
import re
import stat
import subprocess
import urllib.parse
import urllib.request

import pytest

from app.records.database import open_records
from app.settings import read_settings
from tests.end_to_end.conftest import index_builder
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.programs import BIN


def gauge(environment, *arguments, ok=True):
    done = subprocess.run(
        [BIN / "gauge", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert (done.returncode == 0) == ok, done.stderr
    return done


def post(url, **fields):
    body = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(url, body, timeout=PATIENCE_SECONDS) as response:
        return response.read().decode()


def receipt_on(page):
    return "".join(re.findall(r"<span>([0-9A-Z-]{9,10})</span>", page))


def check(service, person):
    request = urllib.request.Request(
        f"{service.url}/api/v1/checks",
        json.dumps(person).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        return json.load(response)


def read(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


CASES = """case_id,classification,onset_date,id_type,id_number,name
C1,confirmed,2020-01-22,passport,X0000009,Somebody Ill
"""
LEGS = """mode,number,service_date,carriage,seat,id_type,id_number,name
train,G1712,2020-01-21,8,12F,passport,X0000009,Somebody Ill
train,G1714,2020-01-20,3,2F,passport,X0000009,Somebody Ill
train,G1714,2020-01-20,3,2A,passport,X0000001,Ana Silva
train,G1712,2020-01-21,8,12A,passport,X0000001,Ana Silva
train,G1712,2020-01-21,8,11A,passport,X0000002,Bea Souza
"""
PERSON = {"id_type": "passport", "id_number": "X0000001", "name": "Ana Silva"}
NEIGHBOUR = {"id_type": "passport", "id_number": "X0000002", "name": "Bea Souza"}


@pytest.fixture
def own_source(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "cases.csv").write_text(CASES)
    (source / "legs.csv").write_text(LEGS)
    return source


def build(source, demo_root, out):
    folders = ("--source", source, "--keys", demo_root / "keys", "--out", out)
    index_builder(
        "build", *folders, "--rules", "nhc-2020-03", "--publish", "--as-of", "2020-02-05",
        "--accept-change",
    )  # fmt: skip


def test_who_was_listed_wrongly_is_taken_off_that_trip_alone_and_told(
    demo_root, own_source, tmp_path, start_service, published
):
    index = tmp_path / "index"
    build(own_source, demo_root, index)
    environment = {
        "GAUGE_INDEX_DIR": str(index),
        "GAUGE_KEYS_DIR": str(demo_root / "web-keys"),
        "GAUGE_STATE_DIR": str(tmp_path / "state"),
        "GAUGE_INDEX_RELOAD_SECONDS": "0.2",
        "GAUGE_NETWORK_CHECKS": "1000000",  # each look is a check
        "GAUGE_WORKERS": "1",  # each worker sees a change by its own look
    }
    service = start_service(published, environment)
    listed = check(service, PERSON)
    assert ["G1712", "G1714"] == [one["number"] for one in listed["exposures"]]

    page = post(f"{service.url}/corrections/new", what="never_aboard", text="=1+1", **PERSON)
    receipt = receipt_on(page)

    exported, opened = tmp_path / "requests.jsonl", tmp_path / "requests.csv"
    gauge(environment, "corrections", "export", "--out", exported)
    assert PERSON["id_number"] not in exported.read_text()
    index_builder("corrections", "open", exported, "--keys", demo_root / "keys", "--out", opened)
    assert [0o600] * 2 == [stat.S_IMODE(file.stat().st_mode) for file in (exported, opened)]
    assert "核查中" in post(f"{service.url}/corrections", receipt=receipt)

    rows = read(opened)
    assert [(PERSON["id_number"], "'=1+1")] == [(row["id_number"], row["text"]) for row in rows]
    rows[0] |= {"decision": "accepted", "reason": "taken_off"}
    rows[0] |= {"mode": "train", "number": "G1712", "service_date": "2020-01-21"}
    with opened.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    cleared, decisions = own_source / "cleared.csv", tmp_path / "decisions.csv"
    index_builder("corrections", "settle", opened, "--cleared", cleared, "--decisions", decisions)
    assert PERSON["id_number"] not in decisions.read_text()
    gauge(environment, "corrections", "decide", "--from", decisions)
    build(own_source, demo_root, index)

    wait_until(lambda: check(service, PERSON)["index"] != listed["index"])
    answer = check(service, PERSON)
    assert ("exposed", ["G1714"]) == (
        answer["status"],
        [one["number"] for one in answer["exposures"]],
    )
    assert "exposed" == check(service, NEIGHBOUR)["status"]
    assert "予以更正" in post(f"{service.url}/corrections", receipt=receipt)
    assert "" == gauge(environment, "purge").stderr


def test_a_request_that_was_withdrawn_is_not_decided(demo_root, tmp_path):
    environment = {
        "GAUGE_KEYS_DIR": str(demo_root / "web-keys"),
        "GAUGE_STATE_DIR": str(tmp_path),
    }
    done = gauge(environment, "corrections", "decide", "K7QM2XWD9R", "accepted", ok=False)
    assert 2 == done.returncode
    decided = ("corrections", "decide", "K7QM2XWD9R", "accepted", "--reason", "taken_off")
    done = gauge(environment, *decided, ok=False)
    assert (12, True) == (done.returncode, f"no records at {tmp_path}" in done.stderr)
    keys = str(demo_root / "web-keys")
    open_records(read_settings(keys_dir=keys, state_dir=str(tmp_path))).upgrade()
    done = gauge(environment, *decided, ok=False)
    assert (10, True) == (done.returncode, "there is no such request" in done.stderr)
    gone = {**environment, "GAUGE_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}
    assert 12 == gauge(gone, *decided, ok=False).returncode
