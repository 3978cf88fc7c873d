"""Two authorities side by side, each with keys of its own, over HTTP."""

import json
import re
import urllib.parse
import urllib.request
from datetime import date, timedelta

import pytest

from exposure_index.identity.parsing import parse_identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

EAST, WEST = "东市疾病预防控制中心", "西市疾病预防控制中心"
RELOAD = {
    "GAUGE_INDEX_RELOAD_SECONDS": "0.2",
    "GAUGE_NETWORK_CHECKS": "1000000",  # each look is a check
    "GAUGE_WORKERS": "1",  # each worker sees a change by its own look
}


@pytest.fixture
def side_by_side(own_deployment, other_deployment, people, tmp_path):
    """East lists the close contact (a train, 22 January); West the same person later, generally."""
    several = tmp_path / "several"
    own_deployment.publish(to=several / "east", authority=EAST)
    flight = Exposure(
        Mode.FLIGHT,
        Tier.GENERAL,
        3,
        Relation.SAME_VEHICLE,
        date(2020, 1, 25),
        0,
        "MU5678",
        date(2020, 2, 8),
    )
    who = parse_identity(*people.close.as_form().values())
    entries = [(who.encode_names()[0], Label.of([flight]))]

    def publish_west(**changes):
        other_deployment.publish(to=several / "west", authority=WEST, entries=entries, **changes)

    publish_west()
    other_deployment.web_keys.rename(own_deployment.web_keys / "west")
    own_deployment.index = several
    return own_deployment, publish_west


def ask(service, person):
    request = urllib.request.Request(
        f"{service.url}/api/v1/checks",
        json.dumps(person.as_form()).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        return json.load(response)


def page(service, person):
    data = urllib.parse.urlencode(person.as_form()).encode()
    with urllib.request.urlopen(
        f"{service.url}/check?lang=en", data, timeout=PATIENCE_SECONDS
    ) as response:
        return re.sub(r"\s+", " ", response.read().decode())


def readiness(service):
    with urllib.request.urlopen(f"{service.url}/readyz", timeout=PATIENCE_SECONDS) as response:
        return json.load(response)


def test_both_authorities_are_merged_the_worst_first_and_one_is_to_be_called(
    start_service, side_by_side, people
):
    hotlines = {"GAUGE_AUTHORITY_HOTLINES": json.dumps({EAST: "010-1", WEST: "010-2"})}
    service = start_service(side_by_side[0], hotlines)
    answer = ask(service, people.close)
    assert [("close", EAST), ("close", EAST), ("general", WEST)] == [
        (trip["tier"], trip["authority"]) for trip in answer["exposures"]
    ]
    assert sorted((EAST, WEST)) == [index["authority"] for index in answer["index"]]
    text = page(service, people.close)
    (button,) = re.findall('<a class="govuk-button gauge-call" href="tel:0101">(.*?)</a>', text)
    assert EAST in button
    assert "2 authorities list you" in text
    assert "not_found" == ask(service, people.unlisted)["status"]


def test_an_authority_that_vanishes_is_named_and_nobody_is_told_not_found(
    start_service, side_by_side, people, tmp_path
):
    service = start_service(side_by_side[0], RELOAD)
    assert "not_found" == ask(service, people.unlisted)["status"]
    (side_by_side[0].index / "west").rename(tmp_path / "elsewhere")
    missing = [{"authority": WEST, "reason": "absent"}]
    wait_until(lambda: missing == ask(service, people.unlisted).get("missing"))
    assert "incomplete" == ask(service, people.unlisted)["status"]
    with urllib.request.urlopen(
        f"{service.url}/api/v1/index", timeout=PATIENCE_SECONDS
    ) as response:
        assert missing == json.load(response)["missing"]  # what private clients ask
    assert f"{WEST}: the data are missing now." in page(service, people.unlisted)
    assert ("degraded", ["authority_missing"]) == (
        readiness(service)["status"],
        readiness(service)["reasons"],
    )
    assert 3 == len(ask(service, people.close)["exposures"])


@pytest.fixture
def service_with_short_lived_west(start_service, side_by_side, people):
    """Start a service while West is valid, for as long as this machine needs."""
    deployment, publish_west = side_by_side
    for seconds in (4, 16, 64):
        publish_west(valid_for=timedelta(seconds=seconds))
        service = start_service(deployment, RELOAD)
        never_opened = [{"authority": None, "reason": "absent"}]
        if ask(service, people.unlisted).get("missing") != never_opened:
            return service
        service.stop()
    pytest.fail("no service starts here within a minute")


def test_an_authority_that_expires_while_running_is_named(service_with_short_lived_west, people):
    service = service_with_short_lived_west
    missing = [{"authority": WEST, "reason": "expired"}]
    wait_until(lambda: missing == ask(service, people.unlisted).get("missing"))
    assert "incomplete" == ask(service, people.unlisted)["status"]
    assert {EAST} == {trip["authority"] for trip in ask(service, people.close)["exposures"]}
    assert "expired" in readiness(service)["reasons"]


@pytest.mark.parametrize("gone", ["east", "west"])
def test_with_the_state_lost_keys_tell_that_an_authority_is_gone(
    start_service, side_by_side, people, tmp_path, gone
):
    (side_by_side[0].index / gone).rename(tmp_path / "elsewhere")
    service = start_service(side_by_side[0], {"GAUGE_STATE_DIR": str(tmp_path / "fresh")})
    answer = ask(service, people.unlisted)
    assert ("incomplete", [{"authority": None, "reason": "absent"}]) == (
        answer["status"],
        answer["missing"],
    )
    state = readiness(service)
    assert ("degraded", ["keyring_without_index", "authority_missing"]) == (
        state["status"],
        state["reasons"],
    )
    (missing,) = state["missing"]
    assert missing["authority"].endswith("GAUGE_KEYS_DIR/" + ("west" if gone == "west" else ""))


def test_with_the_state_lost_whoever_is_named_and_gone_is_told_by_name(
    start_service, side_by_side, people, tmp_path
):
    (side_by_side[0].index / "west").rename(tmp_path / "elsewhere")
    chosen = {"GAUGE_STATE_DIR": str(tmp_path / "fresh"), "GAUGE_AUTHORITIES": f"{EAST},{WEST}"}
    service = start_service(side_by_side[0], chosen)
    missing = [{"authority": WEST, "reason": "absent"}]
    answer = ask(service, people.unlisted)
    assert ("incomplete", missing) == (answer["status"], answer["missing"])
    assert missing == readiness(service)["missing"]
    wait_until(
        lambda: f"{WEST}: the data are missing now." in page(service, people.unlisted)
    )  # of whichever worker
