"""Deliveries of webhooks: what waits to be sent, when, how often it failed, and how it ended."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import begin_of_day
from app.records.tables import metadata

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", String(48), primary_key=True),
    Column("organisation", Integer, nullable=False),
    Column("job", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("outcome", String(32), nullable=False),  # of the last attempt: a status or a word
    Column("created_at", BigInteger, nullable=False),  # seconds since 1970
    Column("due_at", BigInteger, nullable=False),
    Index("ix_webhook_deliveries_organisation", "organisation"),
    Index("ix_webhook_deliveries_due", "state", "due_at"),
)
delivery = webhook_deliveries.c


class DeliveryState(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery; attempts: how many have been made; created_at: seconds since 1970."""

    id: str
    organisation: int
    job: str
    body: bytes
    attempts: int
    created_at: int


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What an organisation is told of a delivery; due_at: of the next attempt while it waits."""

    job: str
    state: str
    attempts: int
    outcome: str
    created_at: int
    due_at: int


def add_delivery(connection: Connection, cipher: FieldCipher, one: Delivery) -> None:
    """Keep a delivery that is due at once. Raises IntegrityError for a second of one id."""
    connection.execute(
        insert(webhook_deliveries).values(
            id=one.id,
            organisation=one.organisation,
            job=one.job,
            body=cipher.encrypt(_place(one.id), one.body.decode()),
            state=DeliveryState.WAITING,
            attempts=0,
            outcome="",
            created_at=one.created_at,
            due_at=one.created_at,
        )
    )


def claim_due(
    connection: Connection, cipher: FieldCipher, now: int, lease_seconds: int
) -> Delivery | None:
    """Return what is due, fewest attempts first, then longest; None where nothing is.

    It is nobody else's for so many seconds, and due again after them if its process dies.
    """
    row = connection.execute(
        select(webhook_deliveries)
        .where(delivery.state == DeliveryState.WAITING)
        .where(delivery.due_at <= now)
        .order_by(delivery.attempts, delivery.due_at, delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    connection.execute(
        update(webhook_deliveries)
        .where(delivery.id == row.id)
        .values(attempts=row.attempts + 1, due_at=now + lease_seconds)
    )
    body = cipher.decrypt(_place(row.id), row.body).encode()
    return Delivery(row.id, row.organisation, row.job, body, row.attempts + 1, row.created_at)


def note_outcome(
    connection: Connection, delivery_id: str, state: DeliveryState, outcome: str, due_at: int
) -> None:
    """Note how an attempt ended, and when the next one is due."""
    connection.execute(
        update(webhook_deliveries)
        .where(delivery.id == delivery_id)
        .values(state=state, outcome=outcome, due_at=due_at)
    )


def deliveries_of(
    connection: Connection, organisation: int, limit: int = 20
) -> list[DeliveryReport]:
    """Return the deliveries of an organisation, the newest first."""
    rows = connection.execute(
        select(
            delivery.job,
            delivery.state,
            delivery.attempts,
            delivery.outcome,
            delivery.created_at,
            delivery.due_at,
        )
        .where(delivery.organisation == organisation)
        .order_by(delivery.created_at.desc(), delivery.id)
        .limit(limit)
    )
    return [DeliveryReport(*row) for row in rows]


def purge_deliveries(connection: Connection, before: date) -> int:
    """Delete deliveries of before a day (UTC); return how many."""
    moment = begin_of_day(before)
    return connection.execute(
        delete(webhook_deliveries).where(delivery.created_at < moment)
    ).rowcount


def _place(delivery_id: str) -> Place:
    return Place("webhook_deliveries", "body", delivery_id)
