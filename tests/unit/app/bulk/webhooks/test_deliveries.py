import json
import os
import signal
import socket
from datetime import date

import pytest

from app.bulk.webhooks.deliveries import GIVE_UP_SECONDS, LEASE_SECONDS, WebhookSender
from app.bulk.webhooks.signing import signed_headers
from app.organisations.directory import NewOrganisation, OrganisationDirectory, Webhook
from app.records.organisations.webhook_deliveries import Delivery, add_delivery, deliveries_of

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # pragma: allowlist secret
START = 1_580_515_200
BODY = json.dumps({"type": "bulk.job.finished"}).encode()


class Clock:
    """Stands still until a test moves it."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return float(self.now)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def organisation(records):
    directory = OrganisationDirectory(records)
    return directory.create(NewOrganisation("works", "Works", 10), date(2020, 2, 1)).id


@pytest.fixture
def set_hook(records, organisation):
    def set_to(url, *, by_authority=True):
        webhook = Webhook(url, SECRET, by_authority)
        OrganisationDirectory(records).set_webhook(organisation, webhook)

    return set_to


@pytest.fixture
def sender(records, clock, organisation):
    """A sender with one message that is due."""
    with records.writing() as connection:
        message = Delivery("msg_j1", organisation, "j1", BODY, 0, START)
        add_delivery(connection, records.cipher, message)
    return WebhookSender(records, clock)


@pytest.fixture
def report(records, organisation):
    def newest():
        with records.reading() as connection:
            return deliveries_of(connection, organisation)[0]

    return newest


def test_a_message_arrives_signed_and_is_delivered(sender, set_hook, hook, report):
    set_hook(hook.url)
    assert sender.send_one()
    [(_, headers, body)] = hook.requests
    signed = signed_headers(SECRET, "msg_j1", START, body)
    assert signed == {name: headers[name] for name in signed}
    assert (BODY, "delivered", "204") == (body, report().state, report().outcome)
    assert not sender.send_one()


def test_a_server_that_fails_is_tried_again_later_and_later(sender, set_hook, hook, report, clock):
    set_hook(hook.url)
    hook.statuses = [500, 302, 200]
    waits = []
    while report().state == "waiting":
        sender.send_one()
        waits.append(report().due_at - clock.now)
        clock.now = report().due_at
    assert [5, 60, 0] == waits
    assert ["msg_j1"] * 3 == [headers["webhook-id"] for _, headers, _ in hook.requests]


def test_it_is_given_up_within_a_day(sender, set_hook, hook, report, clock):
    set_hook(hook.url)
    hook.statuses = [500] * 50
    while report().state == "waiting":
        sender.send_one()
        clock.now = report().due_at
    assert "given_up" == report().state
    assert clock.now <= START + GIVE_UP_SECONDS
    assert 5 < len(hook.requests) < 20


def test_a_server_that_is_gone_for_good_is_not_asked_again(sender, set_hook, hook, report):
    set_hook(hook.url)
    hook.statuses = [410]
    sender.send_one()
    assert ("given_up", "410") == (report().state, report().outcome)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://localhost/", "http://127.0.0.1/"])
def test_what_an_administrator_set_never_leads_into_our_network(sender, set_hook, report, url):
    set_hook(url, by_authority=False)
    sender.send_one()
    assert ("waiting", "address") == (report().state, report().outcome)


def test_a_webhook_that_was_taken_away_ends_what_waits(sender, report):
    sender.send_one()
    assert ("given_up", "no_webhook") == (report().state, report().outcome)


def test_a_message_whose_sender_is_killed_is_sent_again_by_another(
    records, sender, set_hook, hook, report, clock
):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        set_hook(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        records.close()  # a process that forks holds no connection
        child = os.fork()
        if not child:
            sender.send_one()
            os._exit(0)
        silent.accept()  # it sends, and waits for an answer
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    set_hook(hook.url)
    assert not sender.send_one()  # it is the dead one's still
    clock.now += LEASE_SECONDS + 1
    assert sender.send_one()
    assert ["msg_j1"] == [headers["webhook-id"] for _, headers, _ in hook.requests]
    assert (2, "delivered") == (report().attempts, report().state)
