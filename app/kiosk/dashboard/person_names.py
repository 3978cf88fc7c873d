"""Who a check-in is of, as the officer reads it: somebody of the roster, a visitor, or nobody."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import Connection

from app.records.encrypted_fields import FieldCipher
from app.records.kiosks.roster import RosterPerson, roster_people, roster_person


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as pages name them; detail: department or what kind of visitor."""

    name: str
    detail: str
    id_type: str = ""
    id_number: str = ""


class PersonNames:
    """Names people of one organisation, each looked up once."""

    def __init__(self, connection: Connection, cipher: FieldCipher, organisation: int) -> None:
        self._connection = connection
        self._cipher = cipher
        self._organisation = organisation
        self._roster: dict[str, PersonName] = {}

    def of_content(self, content: dict[str, Any]) -> PersonName:
        """Return who the content of a check-in is of."""
        who = content["who"]
        if "badge" in who:
            return self.of_roster(who["badge"])
        if "visitor" in who:
            return visitor_name(who["visitor"])
        return PersonName(str(gettext("Nobody was read")), "")

    def of_roster(self, roster_id: str) -> PersonName:
        """Return the name of somebody of the roster, or that they are on it no longer."""
        if roster_id not in self._roster:
            self._roster[roster_id] = self._look_up(roster_id)
        return self._roster[roster_id]

    def read_roster(self) -> None:
        """Look everybody up at once, where most of them are needed."""
        people = roster_people(self._connection, self._cipher, self._organisation)
        self._roster |= {person.id: _roster_name(person) for person in people}

    def _look_up(self, roster_id: str) -> PersonName:
        found = roster_person(self._connection, self._cipher, self._organisation, roster_id)
        if found is None:
            return PersonName(str(gettext("No longer on the roster")), "")
        return _roster_name(found)


def _roster_name(person: RosterPerson) -> PersonName:
    name = person.name or person.name_latin
    return PersonName(name, person.department, person.id_type, person.id_number)


def visitor_name(visitor: dict[str, str]) -> PersonName:
    """Return how a visitor is named, by what they stated themself."""
    names = [name for name in (visitor["name"], visitor.get("name_latin", "")) if name]
    fields = visitor["id_type"], visitor["id_number"]
    return PersonName(" ".join(names), str(gettext("visitor")), *fields)
