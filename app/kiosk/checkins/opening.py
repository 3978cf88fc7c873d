"""Opens sealed check-ins and says of each what may be kept, before anything is written."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from app.kiosk.checkins.content import (
    Badge,
    CheckinContent,
    CheckinRefused,
    Refusal,
    Visitor,
    read_content,
)
from app.kiosk.keys.hpke import SealPurpose, Unsealable, open_sealed, private_key_of
from app.kiosk.keys.organisation_keypairs import checkin_key
from app.kiosk.settings.kiosk_settings import settings_of
from app.records.database import Records
from app.records.encrypted_fields import FieldCipher
from app.records.kiosks.checkins import identity_digest, roster_digest
from exposure_index.identity.parsing import InvalidIdentity, parse_document

FUTURE_MS = 5 * 60_000
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class SealedCheckin:
    """One of a batch as it came; sealed: None where it is no base64url."""

    id: str
    sequence: int
    sealed: bytes | None

    @property
    def body(self) -> bytes:
        """The SHA-256 of what was sealed, by which one is known again."""
        return hashlib.sha256(self.sealed or b"").digest()


@dataclass(frozen=True, slots=True)
class OpenCheckin:
    """One that may be kept; person: the digest of whom it is about, None: nobody."""

    content: CheckinContent
    body: bytes
    person: bytes | None


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """What may be kept, and what is refused already, by id; fever_celsius: above it is a fever."""

    open: dict[str, OpenCheckin]
    refused: dict[str, Refusal]
    fever_celsius: float


def open_batch(
    records: Records, organisation: int, batch: Iterable[SealedCheckin], now: int
) -> OpenBatch:
    """Open check-ins of different ids. now: milliseconds. Raises RecordsUnavailable."""
    key = private_key_of(checkin_key(records, organisation, now).private_key)
    settings = settings_of(records, organisation)
    oldest = now - settings.retention_days * DAY_MS
    result = OpenBatch({}, {}, settings.fever_celsius)
    for one in batch:
        try:
            if one.sealed is None:
                raise CheckinRefused(Refusal.MALFORMED)
            content = read_content(open_sealed(key, SealPurpose.CHECKIN, one.sealed))
            _require_fitting(one, content, oldest, now + FUTURE_MS)
        except Unsealable:
            result.refused[one.id] = Refusal.UNREADABLE
        except CheckinRefused as refused:
            result.refused[one.id] = refused.reason
        else:
            person = _person(records.cipher, organisation, content)
            result.open[one.id] = OpenCheckin(content, one.body, person)
    return result


def _require_fitting(one: SealedCheckin, content: CheckinContent, oldest: int, newest: int) -> None:
    if (content.id, content.sequence) != (one.id, one.sequence):
        raise CheckinRefused(Refusal.MISMATCH)
    if content.made_at > newest:
        raise CheckinRefused(Refusal.FUTURE)
    if content.made_at < oldest:
        raise CheckinRefused(Refusal.TOO_OLD)


def _person(cipher: FieldCipher, organisation: int, content: CheckinContent) -> bytes | None:
    """Return under what a person's check-ins are found: of a visitor, by the document alone."""
    match content.who:
        case Badge(badge=roster_id):
            return roster_digest(cipher, organisation, roster_id)
        case Visitor(visitor=person):
            try:
                document = parse_document(person.id_type, person.id_number)
            except InvalidIdentity:  # kept all the same: somebody stood at the door
                return None
            return identity_digest(cipher, organisation, document.encode())
    return None
