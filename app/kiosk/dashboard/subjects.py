"""The person whom an officer asks about, as a form names them: by an id that tells nothing.

Threat: a name or document number stands in an address, a log or a browser's history; or an id of
another organisation opens its people. Limit: forms carry ids of check-ins, of the roster or of an
observation, in the body of a POST; each is looked up within the officer's own organisation.
"""

import re
from dataclasses import dataclass

from sqlalchemy import Connection

from app.kiosk.dashboard.person_names import PersonName, PersonNames
from app.records.encrypted_fields import FieldCipher
from app.records.health.observations import Observation, observation_of_id, observations_of
from app.records.kiosks.checkins import StoredCheckin, checkins_of_ids, roster_digest
from app.records.kiosks.roster import roster_person

HANDLE = re.compile("(roster|checkin|observation):([0-9a-f]{32})(?::([0-9a-f]{32}))?", re.ASCII)


class NoSuchSubject(Exception):
    """The organisation has nobody of this handle, or no longer."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person and what is known of them; person: digest of their check-ins, None: they have none.

    roster: their id on the roster, "" where they are not on it; observations: ended ones too.
    """

    handle: str
    name: PersonName
    person: bytes | None
    roster: str
    observations: tuple[Observation, ...]


def checkin_handle(checkin: StoredCheckin) -> str:
    """Return the handle of whoever a check-in is of."""
    return f"checkin:{checkin.kiosk}:{checkin.id}"


def roster_handle(roster_id: str) -> str:
    """Return the handle of somebody of the roster."""
    return f"roster:{roster_id}"


def observation_handle(observation_id: str) -> str:
    """Return the handle of whoever is observed."""
    return f"observation:{observation_id}"


def find_subject(
    connection: Connection, cipher: FieldCipher, organisation: int, handle: str
) -> Subject:
    """Return the person of a handle. Raises NoSuchSubject."""
    match = HANDLE.fullmatch(handle)
    if match is None:
        raise NoSuchSubject
    kind, first, second = match.groups()
    finder = _Finder(connection, cipher, organisation, handle)
    if kind == "roster":
        return finder.of_roster(first)
    if kind == "observation":
        return finder.of_observation(first)
    return finder.of_checkin(first, second or "")


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks one handle up in an organisation."""

    connection: Connection
    cipher: FieldCipher
    organisation: int
    handle: str

    def of_roster(self, roster_id: str) -> Subject:
        scope = (self.connection, self.cipher, self.organisation)
        person = roster_digest(self.cipher, self.organisation, roster_id)
        observations = self._observations(person)
        if roster_person(*scope, roster_id) is None and not observations:
            raise NoSuchSubject
        name = PersonNames(*scope).of_roster(roster_id)
        return Subject(self.handle, name, person, roster_id, observations)

    def of_observation(self, observation_id: str) -> Subject:
        found = observation_of_id(self.connection, self.cipher, self.organisation, observation_id)
        if found is None:
            raise NoSuchSubject
        if found.roster:
            return self.of_roster(found.roster)
        return Subject(self.handle, PersonName(found.name, ""), None, "", (found,))

    def of_checkin(self, kiosk: str, checkin_id: str) -> Subject:
        scope = (self.connection, self.cipher, self.organisation)
        found = next(checkins_of_ids(*scope, [(kiosk, checkin_id)]), None)
        if found is None or found.person is None:
            raise NoSuchSubject
        name = PersonNames(*scope).of_content(found.content)
        roster_id = found.content["who"].get("badge", "")
        return Subject(self.handle, name, found.person, roster_id, self._observations(found.person))

    def _observations(self, person: bytes) -> tuple[Observation, ...]:
        everybody = observations_of(self.connection, self.cipher, self.organisation)
        return tuple(one for one in everybody if one.person == person)
