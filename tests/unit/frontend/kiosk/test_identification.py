"""Who stands at the door, against the service and a roster over a published index."""

import pytest

from app.kiosk.badges.badge_text import badge_text
from app.kiosk.keys.organisation_keypairs import renew_door_key
from app.records.kiosks.settings import organisation_code
from tests.fixtures.kiosk_roster import OBSERVED
from tests.fixtures.patience import wait_until
from tests.fixtures.people import UNLISTED

DAY = 86_400_000
VISITOR = UNLISTED.as_form()


@pytest.fixture
def badges(tablet):
    """The texts of two badges: of somebody listed, and of somebody who is not."""
    people = tablet.gate.add(OBSERVED, UNLISTED)
    code = code_of(tablet)
    return {
        "wait": badge_text(code, people[0].secret),
        "come_in": badge_text(code, people[1].secret),
    }


def code_of(tablet):
    records = tablet.gate.services.records
    with records.writing() as connection:
        return organisation_code(connection, records.cipher, tablet.gate.organisation_id)


@pytest.fixture
def enrolled(tablet, badges):
    assert "ok" == tablet.enrol()
    tablet.until("online", True)
    return tablet


def word(subject):
    return subject.get("exposure"), subject["reason"]


@pytest.mark.parametrize("expected", ["come_in", "wait"])
@pytest.mark.parametrize("network", ["up", "down"])
def test_a_badge_tells_its_word_with_and_without_network(enrolled, badges, expected, network):
    enrolled.network(network)
    subject = enrolled.call("identify", badges[expected])
    assert ("badge", expected) == (subject["kind"], subject["exposure"])


def test_a_badge_tells_the_name_on_the_roster(enrolled, badges):
    assert UNLISTED.name == enrolled.call("identify", badges["come_in"])["name"]


def test_a_badge_of_another_organisation_is_foreign(enrolled):
    subject = enrolled.call("identify", badge_text("ZZZZZZZZ", bytes(20)))
    assert {"kind": "unread", "reason": "foreign_badge"} == subject


def test_a_badge_that_nobody_made_has_no_decision(enrolled):
    subject = enrolled.call("identify", badge_text(code_of(enrolled), bytes(20)))
    assert {"kind": "unread", "reason": "no_decision"} == subject


@pytest.mark.parametrize("text", ["", "hello", "CG1:", "CGV1:", "https://example.org/"])
def test_what_is_no_code_is_unreadable(enrolled, text):
    assert {"kind": "unread", "reason": "unreadable_code"} == enrolled.call("identify", text)


def test_a_decision_past_its_end_is_no_decision(enrolled, badges):
    enrolled.do("kill", "page")
    enrolled.do("set", {"network": "down", "wall": 30 * DAY})
    enrolled.open("next")
    subject = enrolled.call("identify", badges["come_in"], page="next")
    assert ("not_checked", "expired") == word(subject)


def test_where_the_time_is_unsure_nothing_that_ends_is_decided(enrolled, badges):
    enrolled.do("set", {"network": "down", "wall": -DAY})
    assert ("not_checked", "clock") == word(enrolled.call("identify", badges["come_in"]))


def test_where_kiosks_may_not_see_exposure_temperature_decides_alone(enrolled, badges):
    enrolled.gate.set(exposure=False)
    enrolled.do("reconnect", "page")
    enrolled.until("settings.exposure", False)
    assert ("temperature_alone", None) == word(enrolled.call("identify", badges["wait"]))


@pytest.mark.parametrize(
    ("days", "expected"), [(6, ("temperature_alone", None)), (8, ("not_checked", "offline"))]
)
def test_temperature_decides_alone_while_the_settings_that_say_so_are_new(tablet, days, expected):
    tablet.gate.set(exposure=False)
    assert "ok" == tablet.enrol()
    tablet.until("online", True)
    tablet.do("kill", "page")
    tablet.do("set", {"network": "down", "wall": days * DAY})
    tablet.open("next")
    assert expected == word(tablet.call("identifyPerson", VISITOR, page="next"))


def test_what_was_decided_without_exposures_is_no_decision_once_they_are_seen(tablet, badges):
    tablet.gate.set(exposure=False)
    assert "ok" == tablet.enrol()
    tablet.until("online", True)
    tablet.do("set", {"unreachable": "/kiosk/roster"})  # and so the table stays
    tablet.gate.set(exposure=True)
    tablet.do("reconnect", "page")
    tablet.until("settings.exposure", True)
    assert ("not_checked", "expired") == word(tablet.call("identify", badges["wait"]))


@pytest.fixture
def code(enrolled):
    return enrolled.do("sealVisitor", VISITOR, enrolled.state()["doorUrl"])


def test_a_visitors_code_is_opened_and_asked_about(enrolled, code):
    subject = enrolled.call("identify", code)
    assert {**VISITOR, "name_latin": ""} == subject["person"]
    assert ("come_in", None) == word(subject)


def test_a_listed_visitor_waits(enrolled):
    door = enrolled.state()["doorUrl"]
    code = enrolled.do("sealVisitor", OBSERVED.as_form(), door)
    assert ("wait", "exposure") == word(enrolled.call("identify", code))


def test_without_network_nobody_knows_a_visitor(enrolled, code):
    enrolled.network("down")
    assert ("not_checked", "offline") == word(enrolled.call("identify", code))


def test_an_old_code_of_a_visitor_is_expired(enrolled):
    code = enrolled.do("sealVisitor", VISITOR, enrolled.state()["doorUrl"], 13 * 60_000)
    assert {"kind": "unread", "reason": "code_expired"} == enrolled.call("identify", code)


def test_a_code_is_used_up_by_the_check_in_and_not_by_being_read(enrolled, code):
    enrolled.call("identify", code)
    subject = enrolled.call("identify", code)
    enrolled.record(subject=subject)
    assert {"kind": "unread", "reason": "code_reused"} == enrolled.call("identify", code)


def test_undoing_a_check_in_gives_the_visitors_code_back(enrolled, code):
    checkin = enrolled.record(subject=enrolled.call("identify", code))
    enrolled.call("undo", checkin)
    assert "visitor" == enrolled.call("identify", code)["kind"]


def test_a_code_for_a_door_key_that_is_void_is_unreadable(enrolled, code):
    renew_door(enrolled)
    enrolled.do("reconnect", "page")
    wait_until(lambda: "unread" == enrolled.call("identify", code)["kind"])


def renew_door(tablet):
    records = tablet.gate.services.records
    with records.writing() as connection:
        renew_door_key(connection, records.cipher, tablet.gate.organisation_id, 0)


def test_a_person_who_types_here_is_asked_about(enrolled):
    assert ("come_in", None) == word(enrolled.call("identifyPerson", VISITOR))


def test_a_number_that_is_no_document_is_an_invalid_person(enrolled):
    subject = enrolled.call("identifyPerson", {**VISITOR, "id_number": "??"})
    assert ("not_checked", "invalid_person") == word(subject)
