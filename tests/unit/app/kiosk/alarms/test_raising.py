import json
from dataclasses import replace

import pytest

from app.kiosk.alarms.raising import raise_for_checkins, raise_for_reading
from app.organisations.directory import OrganisationDirectory, Webhook
from app.records.health.alarms import open_alarms
from app.records.health.readings import HealthReading
from app.records.organisations.webhook_deliveries import claim_due
from tests.fixtures.kiosk_checkins import checkin_of
from tests.fixtures.kiosk_records import keep_organisation

WARM = {"word": "wait", "reasons": ["fever"]}
READING = HealthReading("01" * 16, 1, "0a" * 16, 5_000, 38.0, (), "morning")


@pytest.fixture
def organisation(records):
    number = keep_organisation(records)
    webhook = Webhook("https://example.org/hook", "whsec_secret")
    OrganisationDirectory(records).set_webhook(number, webhook)
    return number


def take(records, *checkins):
    with records.writing() as connection:
        raise_for_checkins(connection, records.cipher, checkins, 37.3)


def alarms(records):
    with records.reading() as connection:
        return open_alarms(connection, records.cipher, 1)


def message(records):
    with records.writing() as connection:
        delivery = claim_due(connection, records.cipher, 2_000_000_000, 60)
    return None if delivery is None else json.loads(delivery.body)


def test_what_calls_the_officer_is_an_alarm_at_the_time_of_the_checkin(records, organisation):
    fever = checkin_of(2, **WARM)
    take(records, checkin_of(1), fever)
    [alarm] = alarms(records)
    expected = (fever.kiosk, fever.id, fever.made_at, ("fever",))
    assert expected == (alarm.kiosk, alarm.entry, alarm.raised_at, alarm.reasons)


def test_nothing_is_no_alarm(records, organisation):
    take(records)
    take(records, checkin_of(1))
    assert ([], None) == (alarms(records), message(records))


def test_a_fever_rings_with_a_number_and_nothing_else(records, organisation):
    take(records, checkin_of(1, **WARM), checkin_of(2, **WARM))
    told = message(records)
    assert ("health.fever", {"fevers": 2}) == (told["type"], told["data"])


def test_what_is_no_fever_does_not_ring(records, organisation):
    take(records, checkin_of(1, word="wait", reasons=["exposure"]))
    assert (1, None) == (len(alarms(records)), message(records))


def test_without_a_webhook_nothing_rings(records, organisation):
    OrganisationDirectory(records).set_webhook(organisation, None)
    take(records, checkin_of(1, **WARM))
    assert (1, None) == (len(alarms(records)), message(records))


def test_a_fever_that_is_taken_back_in_the_same_batch_calls_the_officer(records, organisation):
    fever = checkin_of(1, **WARM)
    take(records, fever, checkin_of(2, undoes=fever.id))
    assert [fever.id] == [alarm.entry for alarm in alarms(records)]


def test_a_fever_that_is_taken_back_later_still_calls_the_officer(records, organisation):
    fever = checkin_of(1, **WARM)
    take(records, fever)
    take(records, checkin_of(2, undoes=fever.id))
    assert [fever.id] == [alarm.entry for alarm in alarms(records)]


@pytest.mark.parametrize(("celsius", "rings"), [(38.0, True), (37.3, False)])
def test_a_reading_by_a_link_rings_where_it_is_a_fever(records, organisation, celsius, rings):
    with records.writing() as connection:
        raise_for_reading(connection, records.cipher, replace(READING, celsius=celsius), 37.3)
    assert (rings, rings) == (bool(alarms(records)), message(records) is not None)
