"""Deliver webhooks: what is due, one after the other, tried again for a day at most.

What waits stands in the records, so that a process that dies loses nothing; a message may then
come twice, under one ``webhook-id``.
"""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

from app.bulk.jobs.views import JobView
from app.bulk.results.receipts import moment_text
from app.bulk.webhooks.addresses import AddressRefused, UrlRefused, judged_address, parse_endpoint
from app.bulk.webhooks.sending import SendFailed, post
from app.bulk.webhooks.signing import SecretInvalid, signed_headers
from app.organisations.directory import OrganisationDirectory, Webhook
from app.organisations.policy import round_count, tells_individuals
from app.records.database import Records, RecordsUnavailable
from app.records.encrypted_fields import FieldUnreadable
from app.records.organisations.webhook_deliveries import (
    Delivery,
    DeliveryState,
    claim_due,
    note_outcome,
)

WAITS_SECONDS = (5, 60, 300, 1_800, 7_200, 18_000, 36_000)  # before the next attempt
GIVE_UP_SECONDS = 86_400
LEASE_SECONDS = 60  # longer than an attempt may take
LOOK_EVERY_SECONDS = 2.0
THREADS = 2  # one server that is slow to answer holds up no other
GONE = 410
NO_WEBHOOK = "no_webhook"
NOT_ALLOWED = "address"
UNUSABLE = "secret"


def finished_message(job: JobView, now: int) -> bytes:
    """Return the body that tells of the end of a job: counts only; now: seconds since 1970."""
    exact = tells_individuals(job.policy)
    data: dict[str, Any] = {
        "id": job.id,
        "status": job.status,
        "rows": job.rows if exact else round_count(job.rows),
        "counts": dict(job.counts),
        "builds": list(job.builds),
        "finished_at": moment_text(job.finished_at),
    }
    if job.failure:
        data["failure"] = job.failure
    message = {"type": "bulk.job.finished", "timestamp": moment_text(now), "data": data}
    return json.dumps(message).encode()


class WebhookSender:
    """Sends what is due to the servers of organisations."""

    def __init__(self, records: Records, clock: Callable[[], float] = time.time) -> None:
        self._records = records
        self._directory = OrganisationDirectory(records)
        self._clock = clock

    def send_one(self) -> bool:
        """Make one attempt of what has been due longest; return whether anything was due.

        Raises RecordsUnavailable.
        """
        now = int(self._clock())
        with self._records.writing() as connection:
            delivery = claim_due(connection, self._records.cipher, now, LEASE_SECONDS)
        if delivery is None:
            return False
        state, outcome = self._attempt(delivery)
        due_at = int(self._clock())
        if state == DeliveryState.WAITING:
            state, due_at = _next_attempt(delivery, due_at)
        with self._records.writing() as connection:
            note_outcome(connection, delivery.id, state, outcome, due_at)
        return True

    def _attempt(self, delivery: Delivery) -> tuple[DeliveryState, str]:
        """Return how the delivery stands after an attempt, and a word or status for it."""
        try:
            webhook = self._directory.webhook(delivery.organisation)
            if webhook is None:
                return DeliveryState.GIVEN_UP, NO_WEBHOOK
            return _judge(self._post(webhook, delivery))
        except (UrlRefused, AddressRefused):
            return DeliveryState.WAITING, NOT_ALLOWED
        except (SecretInvalid, FieldUnreadable):
            return DeliveryState.GIVEN_UP, UNUSABLE
        except SendFailed as error:
            return DeliveryState.WAITING, error.code

    def _post(self, webhook: Webhook, delivery: Delivery) -> int:
        endpoint = parse_endpoint(webhook.url, by_authority=webhook.by_authority)
        address = judged_address(endpoint, by_authority=webhook.by_authority)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "contact-gauge",
            **signed_headers(webhook.secret, delivery.id, int(self._clock()), delivery.body),
        }
        return post(endpoint, address, headers, delivery.body)


class WebhookThreads:
    """Sends what is due for as long as the process lives."""

    def __init__(self, sender: WebhookSender) -> None:
        self._sender = sender

    def start(self) -> None:
        """Begin in threads that end with the process."""
        for number in range(THREADS):
            name = f"webhooks-{number}"
            threading.Thread(target=self._run, name=name, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                busy = self._sender.send_one()
            except RecordsUnavailable:
                busy = False
            except Exception as error:  # the next one may succeed
                structlog.get_logger().error("webhook_failed", exc_info=error)
                busy = False
            if not busy:
                time.sleep(LOOK_EVERY_SECONDS)


def _judge(status: int) -> tuple[DeliveryState, str]:
    """Return how a delivery stands that was answered with a status."""
    if status // 100 == 2:
        return DeliveryState.DELIVERED, str(status)
    return (DeliveryState.GIVEN_UP if status == GONE else DeliveryState.WAITING), str(status)


def _next_attempt(delivery: Delivery, now: int) -> tuple[DeliveryState, int]:
    """Return whether there is a next attempt, and when."""
    place = min(delivery.attempts, len(WAITS_SECONDS)) - 1
    due_at = now + WAITS_SECONDS[place]
    if due_at > delivery.created_at + GIVE_UP_SECONDS:
        return DeliveryState.GIVEN_UP, now
    return DeliveryState.WAITING, due_at
