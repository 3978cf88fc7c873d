"""Takes batches of check-ins: each exactly once, in one short write transaction a batch.

Threat: a check-in is lost, counted twice, forged, dated ahead or brought in by a kiosk that was
revoked. Limit: what is taken is decided while the kiosk's row is locked, by kiosk, id and the
SHA-256 of the sealed bytes; whatever was made before a revocation is kept and marked, since it may
be true and may be its thief's. One bad check-in never stops the others of its batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.kiosk.alarms.raising import raise_for_checkins
from app.kiosk.checkins.content import Refusal
from app.kiosk.checkins.opening import OpenBatch, OpenCheckin, SealedCheckin, open_batch
from app.records.database import Records
from app.records.kiosks.checkins import (
    NewCheckin,
    StoredCheckin,
    add_checkins,
    bodies_of,
    copied_bodies,
)
from app.records.kiosks.kiosks import Kiosk, lock_kiosk, note_seen


class CheckinState(StrEnum):
    """What became of a check-in: kept now, kept before, or not kept."""

    NEW = "taken"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one check-in; reason: of a refusal."""

    id: str
    state: CheckinState
    reason: Refusal | None = None


def take_checkins(
    records: Records, kiosk: Kiosk, batch: Sequence[SealedCheckin], now: int
) -> list[Outcome]:
    """Keep what may be kept of a batch; return what became of each, in order. now: milliseconds.

    Raises RecordsUnavailable: then nothing was kept, and the batch is sent again.
    """
    first_of_id = {one.id: one for one in reversed(batch)}
    with records.reading() as connection:
        stored = bodies_of(connection, kiosk.id, first_of_id)
    unknown = [one for checkin_id, one in first_of_id.items() if checkin_id not in stored]
    opening = open_batch(records, kiosk.organisation, unknown, now) if unknown else None
    if opening is None or not opening.open:
        refused = {} if opening is None else opening.refused
        return list(_outcomes(batch, stored, refused, frozenset()))
    with records.writing() as connection:
        _, revoked_at = lock_kiosk(connection, kiosk.id)
        stored |= bodies_of(connection, kiosk.id, opening.open)
        refused = _refuse_within(connection, kiosk, opening, revoked_at)
        fresh = {
            checkin_id: one
            for checkin_id, one in opening.open.items()
            if checkin_id not in stored and checkin_id not in refused
        }
        unconfirmed = revoked_at is not None
        rows = [_row(kiosk, one, now, unconfirmed=unconfirmed) for one in fresh.values()]
        add_checkins(connection, records.cipher, rows)
        checkins = [row.stored for row in rows]
        raise_for_checkins(connection, records.cipher, checkins, opening.fever_celsius)
        note_seen(connection, kiosk.id, now)
    stored |= {checkin_id: one.body for checkin_id, one in fresh.items()}
    return list(_outcomes(batch, stored, refused, frozenset(fresh)))


def _refuse_within(
    connection: Connection, kiosk: Kiosk, opening: OpenBatch, revoked_at: int | None
) -> dict[str, Refusal]:
    """Return all that is refused, with what only the locked records tell."""
    refused = dict(opening.refused)
    bodies = [one.body for one in opening.open.values()]
    copied = copied_bodies(connection, kiosk.organisation, kiosk.id, bodies)
    for checkin_id, one in opening.open.items():
        if one.body in copied:
            refused[checkin_id] = Refusal.MISMATCH
        elif revoked_at is not None and one.content.made_at > revoked_at:
            refused[checkin_id] = Refusal.KIOSK_REVOKED
    return refused


def _outcomes(
    batch: Sequence[SealedCheckin],
    stored: Mapping[str, bytes],
    refused: Mapping[str, Refusal],
    fresh: frozenset[str],
) -> Iterator[Outcome]:
    """Yield what became of each, in order; stored: the SHA-256 of what is kept now, by id."""
    seen: dict[str, bytes] = {}
    for one in batch:
        is_first = one.id not in seen
        body = one.body
        expected = stored.get(one.id) or seen.setdefault(one.id, body)
        if body != expected:
            yield Outcome(one.id, CheckinState.REFUSED, Refusal.ID_REUSED)
        elif one.id not in stored:
            yield Outcome(one.id, CheckinState.REFUSED, refused[one.id])
        else:
            taken_now = is_first and one.id in fresh
            yield Outcome(one.id, CheckinState.NEW if taken_now else CheckinState.KNOWN)
        seen.setdefault(one.id, body)


def _row(kiosk: Kiosk, one: OpenCheckin, now: int, *, unconfirmed: bool) -> NewCheckin:
    content = one.content
    stored = StoredCheckin(
        kiosk=kiosk.id,
        id=content.id,
        organisation=kiosk.organisation,
        sequence=content.sequence,
        made_at=content.made_at,
        taken_at=now,
        direction=content.direction,
        word=content.word,
        unconfirmed=unconfirmed,
        content=content.model_dump(),
    )
    return NewCheckin(stored, one.person, one.body)
