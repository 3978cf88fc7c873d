"""Prometheus' view of a running service, and the rules made for it."""

import json
import os
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families as families
from redis import Redis

from loadtests.ports import free_port
from tests.fixtures.patience import PATIENCE_SECONDS, WITH_REDIS, wait_until
from tests.fixtures.programs import BIN
from tests.fixtures.redis_states import FAULTS

LIFE_SECONDS = 48 * 3_600
PLAYBOOKS = Path(__file__).parents[2] / "docs" / "playbooks"


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def watched(start_module_service, published, start_redis, metrics_port):
    """Two workers that share a Redis and tell metrics."""
    environment = {
        "GAUGE_REDIS_URL": start_redis().url,
        "GAUGE_WORKERS": "2",
        "GAUGE_METRICS_PORT": str(metrics_port),
    }
    return start_module_service(published, environment, WITH_REDIS)


def scraped(port: int) -> dict[str, dict[tuple[str, ...], float]]:
    address = f"http://127.0.0.1:{port}/metrics"
    with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as response:
        text = response.read().decode()
    # labels come sorted by name: outcome before surface
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def check(url: str, person) -> str:
    request = urllib.request.Request(
        f"{url}/api/v1/checks",
        json.dumps(person.as_form()).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        return json.load(response)["status"]


def test_every_check_is_counted_once_whichever_worker_answered(watched, metrics_port, people):
    before = scraped(metrics_port)["gauge_requests_total"]["answered", "check_api"]
    for _ in range(20):
        check(watched.url, people.unlisted)
    after = scraped(metrics_port)
    assert 20 == after["gauge_requests_total"]["answered", "check_api"] - before
    assert after["gauge_check_seconds_count"][()] == sum(
        after["gauge_requests_total"]["answered", surface]
        for surface in ("check_api", "check_page")
    )


def test_listed_and_unlisted_leave_the_same_trace(watched, metrics_port, people):
    def trace(person) -> set[tuple[str, tuple[str, ...]]]:
        before = scraped(metrics_port)
        check(watched.url, person)
        after = scraped(metrics_port)
        return {
            (name, labels)
            for name, values in after.items()
            for labels, value in values.items()
            if "requests" in name and value != before[name].get(labels)
        }

    assert trace(people.close) == trace(people.unlisted) == trace(people.wrong_name)


def test_the_age_of_each_index_is_told(watched, metrics_port, published):
    found = scraped(metrics_port)
    key = (published.authority,)
    age, valid = found["gauge_index_age_seconds"][key], found["gauge_index_valid_seconds"][key]
    assert age >= 0
    assert LIFE_SECONDS == pytest.approx(age + valid, abs=2)
    assert found["gauge_index_life_used_ratio"][key] == pytest.approx(age / LIFE_SECONDS, abs=1e-4)
    assert (1, 1, 0) == tuple(
        found[name][()] for name in ("gauge_ready", "gauge_complete", "gauge_limits_degraded")
    )


def test_the_public_port_tells_no_metrics(watched):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{watched.url}/metrics", timeout=PATIENCE_SECONDS)
    assert 404 == refused.value.code


def test_no_metric_holds_a_word_of_a_result_or_a_person(watched, metrics_port, people):
    check(watched.url, people.close)
    address = f"http://127.0.0.1:{metrics_port}/metrics"
    with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as response:
        text = response.read().decode()
    for word in ("exposed", "not_found", people.close.id_number, people.close.name, "127.0.0.1"):
        assert word not in text


def test_a_taken_metrics_port_is_told_before_anything_is_served(published, watched, metrics_port):
    chosen = {"GAUGE_METRICS_PORT": str(metrics_port), "GAUGE_PORT": str(free_port())}
    done = subprocess.run(
        [BIN / "gauge", "serve"],
        env={**os.environ, **published.environment(), **chosen},
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert 12 == done.returncode
    assert b"GAUGE_METRICS_PORT=" in done.stderr


def test_records_that_are_down_are_told_with_the_reason(start_service, published):
    port = free_port()
    start_service(
        published,
        {
            "GAUGE_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing",
            "GAUGE_METRICS_PORT": str(port),
        },
    )
    found = scraped(port)
    assert {("records_unreachable",): 1} == found["gauge_records_fault"]
    assert ({}, 1) == (found.get("gauge_index_fault", {}), found["gauge_ready"][()])


def test_redis_that_cannot_count_is_told_with_the_reason(
    start_service, published, start_redis, tmp_path
):
    port, redis = free_port(), start_redis()
    state = str(tmp_path / "state")
    settings = {"GAUGE_REDIS_URL": redis.url, "GAUGE_WORKERS": "1", "GAUGE_STATE_DIR": state}
    start_service(published, {**settings, "GAUGE_METRICS_PORT": str(port)}, WITH_REDIS)
    assert {} == scraped(port).get("gauge_limits_fault", {})
    FAULTS["redis_full"](Redis.from_url(redis.url))
    wait_until(lambda: "gauge_limits_fault" in scraped(port))  # the next look
    found = scraped(port)
    assert {("redis_full",): 1} == found["gauge_limits_fault"]
    assert (1, 1) == (found["gauge_limits_degraded"][()], found["gauge_ready"][()])


def test_every_alert_asks_for_metrics_that_exist_and_names_its_playbook(watched, metrics_port):
    rules = (PLAYBOOKS / "alerts.yml").read_text("utf-8")
    # told where there is a fault only
    faults = {f"gauge_{of}_fault" for of in ("index", "limits", "records")}
    told = set(scraped(metrics_port)) | faults
    asked = set(re.findall(r"\bgauge_[a-z_]+", re.sub(r"playbook:.*|summary:.*", "", rules)))
    assert set() == asked - told
    alerts = re.findall(r"alert: (\w+)", rules)
    parts = re.findall(r"alerts\.md#(\w+)", rules)
    headings = re.findall(r"^## (\w+)", (PLAYBOOKS / "alerts.md").read_text("utf-8"), re.MULTILINE)
    assert alerts == headings
    assert [name.lower() for name in alerts] == parts
