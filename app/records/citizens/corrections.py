"""Correction requests: sealed content, found again by the digest of a receipt code only."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import (
    Column,
    Connection,
    Date,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from app.records.citizens.receipt_codes import READABLE_SIGNS
from app.records.tables import metadata
from exposure_index.messages.corrections import (
    ACCEPTED,
    DECISION_OF_REASON,
    DECLINED,
    ExportedCorrection,
)

REFERENCE_LENGTH = 10  # 49 bits: two of a million requests meet once in a thousand deployments
REFERENCES_A_STATEMENT = 1_000  # both engines limit the values of one statement

corrections = Table(
    "corrections",
    metadata,
    Column("reference", String(12), primary_key=True),  # random; named to operators, opens nothing
    Column("receipt_digest", LargeBinary, nullable=False, unique=True),
    Column("received_on", Date, nullable=False, index=True),  # no time: it would tell who asked
    Column("state", String(12), nullable=False, index=True),
    Column("reason", String(24), nullable=False),
    Column("decided_on", Date),
    Column("exported_on", Date),
    Column("sealed", LargeBinary),  # null once withdrawn or decided
)


class State(StrEnum):
    """How far a request has come."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    ACCEPTED = ACCEPTED
    DECLINED = DECLINED
    WITHDRAWN = "withdrawn"


OPEN_STATES = (State.RECEIVED, State.IN_REVIEW)
REASONS: Mapping[str, State] = {
    reason: State(decision) for reason, decision in DECISION_OF_REASON.items()
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One request as its sender may see it; it holds nothing of what they wrote."""

    reference: str
    received_on: date
    state: State
    reason: str
    decided_on: date | None


def add_correction(
    connection: Connection, receipt_digest: bytes, sealed: bytes, today: date
) -> None:
    """Keep one request."""
    connection.execute(
        insert(corrections).values(
            reference="".join(secrets.choice(READABLE_SIGNS) for _ in range(REFERENCE_LENGTH)),
            receipt_digest=receipt_digest,
            received_on=today,
            state=State.RECEIVED,
            reason="",
            sealed=sealed,
        )
    )


def correction_of(connection: Connection, receipt_digest: bytes) -> Correction | None:
    """Return the request of a receipt, None where there is none (any more)."""
    query = select(corrections).where(corrections.c.receipt_digest == receipt_digest)
    row = connection.execute(query).one_or_none()
    return None if row is None else _correction(row)


def withdraw(connection: Connection, receipt_digest: bytes, today: date) -> None:
    """Forget the content of a request that is not decided; a decided one stays as it is."""
    connection.execute(
        update(corrections)
        .where(corrections.c.receipt_digest == receipt_digest)
        .where(corrections.c.state.in_(OPEN_STATES))
        .values(state=State.WITHDRAWN, sealed=None, decided_on=today)
    )


def to_export(connection: Connection, *, again: bool) -> list[ExportedCorrection]:
    """Return new requests (``again``: open ones too), and those withdrawn after an export."""
    states = OPEN_STATES if again else (State.RECEIVED,)
    withdrawn = (corrections.c.state == State.WITHDRAWN) & corrections.c.exported_on.is_not(None)
    due = or_(corrections.c.state.in_(states), withdrawn)
    rows = connection.execute(select(corrections).where(due).order_by(corrections.c.reference))
    return [ExportedCorrection(row.reference, row.received_on, row.sealed) for row in rows]


def mark_exported(connection: Connection, references: list[str], today: date) -> None:
    """Put exported requests in review; one withdrawn meanwhile stays withdrawn."""
    for start in range(0, len(references), REFERENCES_A_STATEMENT):
        some = references[start : start + REFERENCES_A_STATEMENT]
        connection.execute(
            update(corrections)
            .where(corrections.c.reference.in_(some))
            .where(corrections.c.state.in_(OPEN_STATES))
            .values(state=State.IN_REVIEW, exported_on=today)
        )


def decide(connection: Connection, reference: str, reason: str, today: date) -> bool:
    """Decide a request and forget its content; return whether there was one to decide.

    reason: of REASONS, which tells the decision. A decision may be changed; a withdrawn request
    is not decided.
    """
    result = connection.execute(
        update(corrections)
        .where(corrections.c.reference == reference)
        .where(corrections.c.state != State.WITHDRAWN)
        .values(state=REASONS[reason], reason=reason, decided_on=today, sealed=None)
    )
    return result.rowcount == 1


def is_withdrawn(connection: Connection, reference: str) -> bool:
    """Return whether a request is still known as withdrawn."""
    query = select(corrections.c.state).where(corrections.c.reference == reference)
    return connection.execute(query).scalar_one_or_none() == State.WITHDRAWN


def count_by_state(connection: Connection) -> dict[str, tuple[int, date]]:
    """Return for each state how many requests there are, and the oldest one's day."""
    day = func.min(corrections.c.received_on)
    rows = connection.execute(
        select(corrections.c.state, func.count(), day).group_by(corrections.c.state)
    )
    return {state: (number, oldest) for state, number, oldest in rows}


def purge_corrections(connection: Connection, before: date) -> int:
    """Delete what was received before a day, decided or not; return how many."""
    result = connection.execute(delete(corrections).where(corrections.c.received_on < before))
    return result.rowcount


def _correction(row: Row[tuple[object, ...]]) -> Correction:
    return Correction(row.reference, row.received_on, State(row.state), row.reason, row.decided_on)
