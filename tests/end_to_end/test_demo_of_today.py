"""The demo that `make run` serves: each answer can be seen on the day on which it is made."""

import csv
import json
import urllib.request
from datetime import datetime

import pytest

from tests.end_to_end.conftest import Demo, index_builder
from tests.fixtures.patience import PATIENCE_SECONDS
from tools.demo_index import AUTHORITY, RULES, ZONE
from tools.serve import DEMO_HOTLINE, MISSING_AUTHORITY

OVER = "observation over"
NOBODY = ("not_found", "")


@pytest.fixture(scope="module")
def today():
    return datetime.now(ZONE).date().isoformat()


@pytest.fixture(scope="module")
def demo_of_today(tmp_path_factory, today):
    root = tmp_path_factory.mktemp("demo-of-today")
    index_builder("demo", root / "source", "--as-of", today)
    index_builder("keygen", root / "keys", "--web", root / "web-keys")
    demo = Demo(root, RULES)
    folders = ("--source", root / "source", "--keys", root / "keys", "--out", demo.index)
    index_builder("build", *folders, "--rules", RULES, "--authority", AUTHORITY, "--publish")
    return demo


@pytest.fixture(scope="module")
def people(demo_of_today):
    with (demo_of_today.root / "source" / "to-try.csv").open(encoding="utf-8", newline="") as file:
        return [(row.pop("shows"), row.pop("shows_in_part"), row) for row in csv.DictReader(file)]


def ask(service, person):
    url, body = f"{service.url}/api/v1/checks", json.dumps(person).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        return json.loads(response.read())


@pytest.fixture(scope="module")
def answers(demo_of_today, people, start_module_service):
    service = start_module_service(
        demo_of_today, {"GAUGE_DEMO": "1", "GAUGE_HOTLINE": DEMO_HOTLINE, "GAUGE_LIMITS": "off"}
    )
    yield {shows: ask(service, person) for shows, _, person in people}
    service.stop()


def test_everybody_is_answered_as_the_list_says(answers):
    shown = {
        shows: (answer["status"], answer["exposures"][0]["tier"] if answer["exposures"] else "")
        for shows, answer in answers.items()
    }
    assert {
        "close contact, flight": ("exposed", "close"),
        "close contact, train": ("exposed", "close"),
        "general contact": ("exposed", "general"),
        OVER: ("exposed", "close"),
        "not found": NOBODY,
        "not found, wrong name": NOBODY,
    } == shown


def test_one_observation_is_over_and_the_others_go_on_while_the_index_is_valid(answers):
    for shows, answer in answers.items():
        for exposure in answer["exposures"]:
            valid_until = answer["index"][0]["valid_until"][:10]
            if shows == OVER:
                assert exposure["observe_until"] < answer["index"][0]["built_at"][:10]
            else:
                assert exposure["observe_until"] > valid_until


def test_without_the_second_authority_whoever_is_not_listed_is_told_incomplete(
    demo_of_today, people, start_service
):
    there = json.dumps([AUTHORITY, MISSING_AUTHORITY])
    service = start_service(
        demo_of_today, {"GAUGE_DEMO": "1", "GAUGE_AUTHORITIES": there, "GAUGE_LIMITS": "off"}
    )
    for _, shown, person in people:
        expected = "incomplete" if shown.startswith("incomplete") else "exposed"
        assert expected == ask(service, person)["status"]
    service.stop()
