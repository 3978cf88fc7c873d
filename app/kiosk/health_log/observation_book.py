"""Observations of an organisation: begun, closed, opened again; their links; readings by a link.

Threat: somebody guesses a link, or records for somebody else with one that was passed on. Limit:
128 random bits, kept as a digest; a new link ends the old one; a page behind it tells no name.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.kiosk.alarms.raising import raise_for_reading
from app.kiosk.settings.kiosk_settings import settings_of
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.records.database import Records
from app.records.health.observations import (
    Observation,
    add_observation,
    link_digest,
    observation_of_id,
    observation_of_link,
    observations_of,
    renew_link,
    set_closed,
)
from app.records.health.readings import HealthReading, add_reading, count_readings_since
from app.records.kiosks.checkins import roster_digest
from app.records.organisations.organisations import organisation_where, organisations
from app.settings.local_days import LocalDays

TOKEN_BYTES = 16
USUAL_DAYS = 14
DAYS_MAX = 60
NAME_MAX_CHARACTERS = 100
READINGS_A_DAY_MAX = 24


class ObservationInvalid(ValueError):
    """A name or a last day that cannot be one; field: which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NoSuchObservation(Exception):
    """The organisation has no observation of this id, or no link leads to one."""


class TooManyReadings(Exception):
    """More readings in a day than anybody takes."""


@dataclass(frozen=True, slots=True)
class NewObservation:
    """Whom to observe until when; roster: their id on the roster, "" for a typed name."""

    name: str
    last_day: date
    roster: str = ""


class ObservationBook:
    """Keeps the observations of one service; actor: who does it, for the audit log."""

    def __init__(self, records: Records, days: LocalDays) -> None:
        self._records = records
        self._days = days

    def begin(self, organisation: int, new: NewObservation, actor: str) -> tuple[str, str]:
        """Begin an observation; return its id and the token of its link, which is not told again.

        Raises ObservationInvalid and RecordsUnavailable.
        """
        cipher, now = self._records.cipher, _now()
        name = new.name.strip()
        if not 1 <= len(name) <= NAME_MAX_CHARACTERS or not name.isprintable():
            raise ObservationInvalid("name")
        today = self._days.day(now)
        if not today <= new.last_day <= today + timedelta(days=DAYS_MAX):
            raise ObservationInvalid("last_day")
        person = roster_digest(cipher, organisation, new.roster) if new.roster else None
        observation_id, token = secrets.token_hex(TOKEN_BYTES), new_token()
        observation = Observation(
            observation_id, organisation, name, new.roster, person, now, new.last_day
        )
        with self._records.writing() as connection:
            add_observation(connection, cipher, observation, link_digest(cipher, token))
            self._audit(connection, organisation, actor, Event.OBSERVATION_BEGUN)
        return observation_id, token

    def list(self, organisation: int) -> list[Observation]:
        """Return the observations of an organisation, the last to end first."""
        with self._records.reading() as connection:
            return observations_of(connection, self._records.cipher, organisation)

    def one(self, organisation: int, observation_id: str) -> Observation:
        """Return an observation of an organisation. Raises NoSuchObservation."""
        with self._records.reading() as connection:
            found = observation_of_id(
                connection, self._records.cipher, organisation, observation_id
            )
        if found is None:
            raise NoSuchObservation
        return found

    def renew_link(self, organisation: int, observation_id: str, actor: str) -> str:
        """Make a new link, which ends the old one; return its token. Raises NoSuchObservation."""
        token = new_token()
        with self._records.writing() as connection:
            digest = link_digest(self._records.cipher, token)
            if not renew_link(connection, organisation, observation_id, digest):
                raise NoSuchObservation
            self._audit(connection, organisation, actor, Event.HEALTH_LINK_RENEWED)
        return token

    def close(self, organisation: int, observation_id: str, actor: str) -> None:
        """Close an observation before its last day. Raises NoSuchObservation."""
        self._set_closed(organisation, observation_id, _now(), actor)

    def reopen(self, organisation: int, observation_id: str, actor: str) -> None:
        """Undo a closing: it goes on until its last day. Raises NoSuchObservation."""
        self._set_closed(organisation, observation_id, None, actor)

    def by_token(self, token: str) -> Observation:
        """Return whose link this is, over or not. Raises NoSuchObservation."""
        with self._records.reading() as connection:
            cipher = self._records.cipher
            found = observation_of_link(connection, cipher, link_digest(cipher, token))
            if found is None:
                raise NoSuchObservation
            mine = organisations.c.id == found.organisation
            organisation = organisation_where(connection, mine)
        if organisation is None or organisation.disabled:
            raise NoSuchObservation
        return found

    def is_over(self, observation: Observation, now: int | None = None) -> bool:
        """Return whether an observation was closed, or its last day is past."""
        today = self._days.day(_now() if now is None else now)
        return observation.closed_at is not None or today > observation.last_day

    def record(self, reading: HealthReading) -> None:
        """Keep a reading, and ring where it calls the officer; a second of one id changes nothing.

        Raises TooManyReadings and RecordsUnavailable.
        """
        fever_celsius = settings_of(self._records, reading.organisation).fever_celsius
        cipher = self._records.cipher
        since = self._days.start(self._days.day(reading.taken_at))
        try:
            with self._records.writing() as connection:
                number = count_readings_since(connection, reading.observation, since)
                if number >= READINGS_A_DAY_MAX:
                    raise TooManyReadings
                add_reading(connection, cipher, reading)
                raise_for_reading(connection, cipher, reading, fever_celsius)
        except IntegrityError:  # sent twice
            return

    def _set_closed(
        self, organisation: int, observation_id: str, closed_at: int | None, actor: str
    ) -> None:
        with self._records.writing() as connection:
            if not set_closed(connection, organisation, observation_id, closed_at):
                raise NoSuchObservation
            closed = Event.OBSERVATION_CLOSED if closed_at else Event.OBSERVATION_REOPENED
            self._audit(connection, organisation, actor, closed)

    def _audit(self, connection: Connection, organisation: int, actor: str, event: Event) -> None:
        entry = OrganisationEntry(organisation, actor, event, 1)
        append_event(connection, self._records.cipher, entry, _now() // 1_000)


def new_token() -> str:
    """Return the token of a personal link: 22 letters, so that it fits a text message."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _now() -> int:
    return int(time.time() * 1_000)
