"""Finding a person by name or document number: on the roster, among visitors, in observation."""

import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection

from app.kiosk.dashboard.person_names import visitor_name
from app.kiosk.dashboard.subjects import checkin_handle, observation_handle, roster_handle
from app.records.encrypted_fields import FieldCipher
from app.records.health.observations import observations_of
from app.records.kiosks.checkin_counts import latest_of_each_person
from app.records.kiosks.checkins import StoredCheckin, checkins_of_ids, roster_digest
from app.records.kiosks.roster import roster_people

SEARCH_MIN_CHARACTERS = 2
SEARCH_MAX_CHARACTERS = 100
MATCHES_MAX = 50


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be meant; detail tells people of one name apart."""

    handle: str
    name: str
    detail: str


def find_people(
    connection: Connection, cipher: FieldCipher, organisation: int, text: str
) -> list[Match]:
    """Return who bears a text in name or document number, MATCHES_MAX at most; "": nobody."""
    sought = _folded(text)
    if len(sought) < SEARCH_MIN_CHARACTERS:
        return []
    scope = (connection, cipher, organisation)
    roster = roster_people(*scope)
    matches = [
        Match(roster_handle(one.id), one.name or one.name_latin, one.department)
        for one in roster
        if sought in _folded(f"{one.name}\n{one.name_latin}\n{one.id_number}")
    ]
    staff = {roster_digest(cipher, organisation, one.id) for one in roster}
    matches += [
        Match(checkin_handle(one), name.name, f"{name.detail} {name.id_number}")
        for one in _visitors(connection, cipher, organisation, staff)
        if sought in _folded(f"{(name := visitor_name(_visitor(one))).name}\n{name.id_number}")
    ]
    matches += [
        Match(observation_handle(one.id), one.name, "")
        for one in observations_of(*scope)
        if not one.roster and sought in _folded(one.name)
    ]
    return matches[:MATCHES_MAX]


def _visitors(
    connection: Connection, cipher: FieldCipher, organisation: int, staff: set[bytes]
) -> list[StoredCheckin]:
    """Return the last check-in of each visitor, as long as check-ins are kept."""
    latest = latest_of_each_person(connection, organisation, 0)
    places = [place for person, place in latest.items() if person not in staff]
    found = checkins_of_ids(connection, cipher, organisation, places)
    return [one for one in found if "visitor" in one.content["who"]]


def _visitor(checkin: StoredCheckin) -> dict[str, str]:
    visitor: dict[str, str] = checkin.content["who"]["visitor"]
    return visitor


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
