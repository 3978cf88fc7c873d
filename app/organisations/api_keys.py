"""Keys of programs: ``cgk_<id>_<secret>``, shown once, with scopes and an end.

Threat: the database is read, a key is guessed, or one that should be dead is used. Limit: 256
random bits, of which a digest under the key ``records`` is kept; unknown, expired, revoked and
those of a disabled organisation are refused alike, after the same comparison. What a stolen key is
worth until it is revoked stands in docs/threat-model.md.
"""

import hmac
import re
import secrets
import time
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.organisations.audit import Event, OrganisationEntry, append_event
from app.records.database import Records
from app.records.organisations.api_keys import (
    KeyRow,
    add_key,
    key_of_id,
    keys_of,
    note_use,
    revoke_key,
)
from app.records.organisations.organisations import Organisation, organisation_where, organisations
from app.settings.local_days import LocalDays
from app.settings.pages import PageSettings

PREFIX = "cgk"
TEXT = re.compile(f"{PREFIX}_([a-z0-9]{{10}})_([0-9a-f]{{64}})", re.ASCII)
ID_BYTES = 5
SECRET_BYTES = 32
PURPOSE = "organisation api key"
NO_DIGEST = bytes(32)
LABEL_MAX_CHARACTERS = 80
DAYS_USUAL = 90
DAYS_MAX = 365
SECOND_MS = 1_000


class Scope(StrEnum):
    """What a key is good for."""

    JOBS_WRITE = "jobs:write"
    JOBS_READ = "jobs:read"
    RESULTS_READ = "results:read"


class KeyRefused(Exception):
    """The key is none that is good now; which of the reasons it is, nobody is told."""


class KeyInvalid(ValueError):
    """A key cannot be issued like this; ``field`` is label, scopes or days."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NoSuchKey(Exception):
    """The organisation has no such key that is not revoked."""


@dataclass(frozen=True, slots=True)
class ApiKeyView:
    """What is told of a key; issuer: the account.

    expires_at: seconds since 1970; expires_on: the last day on which it is good.
    """

    id: str
    label: str
    scopes: frozenset[Scope]
    issuer: str
    issued_on: date
    expires_at: int
    expires_on: date
    revoked: bool
    last_used_on: date | None


@dataclass(frozen=True, slots=True)
class ApiCaller:
    """Whose key was shown, and what it is good for."""

    organisation: Organisation
    key_id: str
    scopes: frozenset[Scope]

    @property
    def actor(self) -> str:
        """The name under which its deeds are audited."""
        return f"key:{self.key_id}"


class ApiKeys:
    """Issues, recognises and revokes keys; they end with a day of the zone of the settings."""

    def __init__(self, records: Records, settings: PageSettings) -> None:
        self._records = records
        self._days = LocalDays.of(settings)

    def issue(
        self,
        organisation_id: int,
        actor: str,
        label: str,
        scopes: frozenset[Scope],
        days: int = DAYS_USUAL,
    ) -> tuple[str, ApiKeyView]:
        """Return the text of a new key, which is not shown again, and what is told of it.

        days: it is good until the end of the day so many days from today.
        Raises KeyInvalid and RecordsUnavailable.
        """
        label = label.strip()
        if not 1 <= len(label) <= LABEL_MAX_CHARACTERS or not label.isprintable():
            raise KeyInvalid("label")
        if not scopes:
            raise KeyInvalid("scopes")
        if not 1 <= days <= DAYS_MAX:
            raise KeyInvalid("days")
        now = int(time.time())
        today = self._day(now)
        key_id, secret = secrets.token_hex(ID_BYTES), secrets.token_hex(SECRET_BYTES)
        row = KeyRow(
            id=key_id,
            organisation=organisation_id,
            digest=self._digest(key_id, secret),
            label=label,
            scopes=" ".join(sorted(scopes)),
            issuer=actor,
            issued_on=today,
            expires_at=self._days.end(today + timedelta(days=days)) // SECOND_MS,
            revoked=False,
            last_used_on=None,
        )
        entry = OrganisationEntry(organisation_id, actor, Event.KEY_ISSUED)
        with self._records.writing() as connection:
            add_key(connection, row)
            append_event(connection, self._records.cipher, entry, now)
        return f"{PREFIX}_{key_id}_{secret}", self._view(row)

    def authenticate(self, text: str) -> ApiCaller:
        """Return whose key a text is. Raises KeyRefused and RecordsUnavailable."""
        match, now = TEXT.fullmatch(text), int(time.time())
        key_id, secret = match.groups() if match else ("", "")
        with self._records.reading() as connection:
            row = key_of_id(connection, key_id)
            of_row = organisations.c.id == (row.organisation if row else 0)
            organisation = organisation_where(connection, of_row)
        digest = self._digest(key_id, secret)
        genuine = hmac.compare_digest(digest, row.digest if row else NO_DIGEST)
        if row is None or organisation is None or not genuine:
            raise KeyRefused
        if row.revoked or row.expires_at <= now or organisation.disabled:
            raise KeyRefused
        today = self._day(now)
        if row.last_used_on != today:  # one write a day, not one a request
            with self._records.writing() as connection:
                note_use(connection, key_id, today)
        return ApiCaller(organisation, key_id, _scopes(row.scopes))

    def revoke(self, organisation_id: int, actor: str, key_id: str) -> None:
        """Let a key be used no more. Raises NoSuchKey, for another organisation's too."""
        entry = OrganisationEntry(organisation_id, actor, Event.KEY_REVOKED)
        with self._records.writing() as connection:
            if not revoke_key(connection, organisation_id, key_id):
                raise NoSuchKey
            append_event(connection, self._records.cipher, entry, int(time.time()))

    def list(self, organisation_id: int) -> list[ApiKeyView]:
        """Return the keys of an organisation, those issued last first."""
        with self._records.reading() as connection:
            return [self._view(row) for row in keys_of(connection, organisation_id)]

    def _digest(self, key_id: str, secret: str) -> bytes:
        return self._records.cipher.digest(PURPOSE, f"{key_id}\x00{secret}".encode())

    def _view(self, row: KeyRow) -> ApiKeyView:
        return ApiKeyView(
            id=row.id,
            label=row.label,
            scopes=_scopes(row.scopes),
            issuer=row.issuer,
            issued_on=row.issued_on,
            expires_at=row.expires_at,
            expires_on=self._day(row.expires_at - 1),
            revoked=row.revoked,
            last_used_on=row.last_used_on,
        )

    def _day(self, at: int) -> date:
        return self._days.day(at * SECOND_MS)


def _scopes(text: str) -> frozenset[Scope]:
    return frozenset(Scope(word) for word in text.split())
