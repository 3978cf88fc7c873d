"""Where an organisation is told of the end of its checks."""

import time

import pytest

from app.organisations.directory import OrganisationDirectory
from app.records.organisations.webhook_deliveries import (
    Delivery,
    DeliveryState,
    add_delivery,
    note_outcome,
)


def test_messages_go_to_an_address_under_a_secret_that_is_shown_once(admin, office):
    page = admin.press("/settings", url="https://hr.example.org/done")
    webhook = OrganisationDirectory(office.services.records).webhook(office.organisation.id)
    assert (200, True) == (page.status_code, webhook.secret in page.text)
    again = admin.page("/settings").text
    assert (True, False) == ("https://hr.example.org/done" in again, webhook.secret in again)
    admin.press("/settings", url="")
    assert OrganisationDirectory(office.services.records).webhook(office.organisation.id) is None


@pytest.mark.parametrize("url", ["http://hr.example.org/", "https://", "file:///etc", "x" * 9_000])
def test_an_address_that_cannot_be_is_refused(admin, url):
    page = admin.press("/settings", url=url)
    assert (422, True) == (page.status_code, "https://" in page.text)


@pytest.mark.parametrize(
    ("state", "outcome", "words"),
    [
        (DeliveryState.DELIVERED, "204", ["Delivered"]),
        (DeliveryState.WAITING, "503", ["Not delivered yet", "status 503", "Next attempt"]),
        (DeliveryState.GIVEN_UP, "certificate", ["Given up", "certificate of your server"]),
    ],
)
def test_the_settings_say_how_messages_were_delivered(admin, office, state, outcome, words):
    records, now = office.services.records, int(time.time())
    theirs = office.another().id
    with records.writing() as connection:
        for place, of in enumerate((office.organisation.id, theirs)):
            one = Delivery(f"msg_{place}", of, f"job{place}", b"{}", 0, now)
            add_delivery(connection, records.cipher, one)
            note_outcome(connection, one.id, state, outcome, now)
    page = admin.page("/settings").text
    assert words == [each for each in words if each in page]
    assert (True, False) == ("/lists/job0" in page, "/lists/job1" in page)
