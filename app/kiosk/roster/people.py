"""The roster of one organisation: who is added, removed, put back, and given a new badge.

Threat: somebody is entered half, under a number that nobody is looked up by, and their badge says
"come in". Limit: whoever cannot be read as a document with a name is refused with the reason; the
same reading stands behind each decision table. Audited are numbers of people, never who.
"""

import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.kiosk.badges.badge_text import new_secret
from app.kiosk.roster.door_words import claims_of_person
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.records.database import Records
from app.records.kiosks.decision_tables import note_roster_change
from app.records.kiosks.roster import (
    RosterPerson,
    add_people,
    known_documents,
    note_printed,
    remove_person,
    replace_content,
    restore_person,
    roster_people,
    roster_person,
    roster_size,
)
from app.records.organisations.organisations import lock_organisation
from exposure_index.identity.parsing import InvalidIdentity
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import reason_of

PERSON_ID_BYTES = 16
DEPARTMENT_MAX_CHARACTERS = 80


class NoSuchPerson(Exception):
    """The organisation has nobody of this id, or nobody who was removed."""


class AddedAgain(Exception):
    """Somebody removed was added again meanwhile: there is nothing to put back."""


class RosterFull(Exception):
    """There would be more people than a roster may have; ``most``: how many that is."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


@dataclass(frozen=True, slots=True, repr=False)
class NewPerson:
    """Somebody to be added; row: of the list, as the program shows it; reason: why they cannot be.

    person: None where the list says already that the row is about nobody certain.
    """

    row: int
    person: PersonRow | None
    department: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of adding people.

    added: how many; known: rows of people who are on the roster already; refused: rows that cannot
    be read, with one of the reasons of lists.
    """

    added: int
    known: tuple[int, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()


class Roster:
    """Changes the roster of one organisation in the name of one member."""

    def __init__(self, records: Records, organisation_id: int, actor: str) -> None:
        self._records = records
        self._organisation_id = organisation_id
        self._actor = actor

    def people(self) -> list[RosterPerson]:
        """Return everybody, in the order of adding. Raises RecordsUnavailable."""
        with self._records.reading() as connection:
            return roster_people(connection, self._records.cipher, self._organisation_id)

    def person(self, person_id: str) -> RosterPerson:
        """Return somebody who is on the roster. Raises NoSuchPerson and RecordsUnavailable."""
        with self._records.reading() as connection:
            person = self._of_id(connection, person_id)
        if person.removed_at is not None:
            raise NoSuchPerson
        return person

    def add(self, people: Iterable[NewPerson], today: date, most: int) -> Addition:
        """Add whoever can be read and is not there yet. most: how many a roster may have.

        today: the day on which it was declared that they agreed. Raises RosterFull: then nobody is
        added; and RecordsUnavailable.
        """
        now, refused = _now(), []
        # a millisecond more for each, so that the order of a list is kept
        read: list[tuple[int, RosterPerson, tuple[bytes, ...]]] = []
        for place, each in enumerate(people):
            try:
                person = self._person(each, today, now + place)
                read.append((each.row, person, self._digests(person)))
            except _RowRefused as error:
                refused.append((each.row, error.reason))
        with self._records.writing() as connection:
            fresh, known = self._fresh(connection, read)
            if roster_size(connection, self._organisation_id) + len(fresh) > most:
                raise RosterFull(most)
            if fresh:
                add_people(connection, self._records.cipher, fresh)
                self._note(connection, Event.ROSTER_ADDED, len(fresh), now)
        return Addition(len(fresh), tuple(known), tuple(refused))

    def remove(self, person_id: str) -> RosterPerson:
        """Take a person from the roster; their badge opens nothing any more. Raises NoSuchPerson.

        Return them, so that it can be undone.
        """
        now = _now()
        with self._records.writing() as connection:
            if not remove_person(connection, self._organisation_id, person_id, now):
                raise NoSuchPerson
            self._note(connection, Event.ROSTER_REMOVED, 1, now)
            return self._of_id(connection, person_id)

    def restore(self, person_id: str) -> RosterPerson:
        """Put a removed person back, with the badge that they had.

        Raises NoSuchPerson, AddedAgain and RecordsUnavailable.
        """
        try:
            with self._records.writing() as connection:
                person = self._of_id(connection, person_id)
                if not restore_person(connection, person, self._digests(person)):
                    raise NoSuchPerson
                self._note(connection, Event.ROSTER_RESTORED, 1, _now())
        except IntegrityError:
            raise AddedAgain from None
        return replace(person, removed_at=None)

    def reissue(self, person_id: str) -> RosterPerson:
        """Give a person a badge with another secret; the old card is void at the next table.

        Raises NoSuchPerson and RecordsUnavailable.
        """
        with self._records.writing() as connection:
            person = self._of_id(connection, person_id)
            renewed = replace(person, secret=new_secret(), printed_at=None)
            if not replace_content(connection, self._records.cipher, renewed):
                raise NoSuchPerson
            self._note(connection, Event.BADGE_REISSUED, 1, _now())
        return renewed

    def note_printed(self, people: Sequence[RosterPerson]) -> None:
        """Keep which badges are printed. Raises RecordsUnavailable."""
        now = _now()
        with self._records.writing() as connection:
            note_printed(connection, self._organisation_id, [each.id for each in people], now)
            entry = self._entry(Event.BADGES_PRINTED, len(people))
            append_event(connection, self._records.cipher, entry, now // 1_000)

    def _person(self, new: NewPerson, today: date, now: int) -> RosterPerson:
        """Raise _RowRefused."""
        row = new.person
        if row is None:
            raise _RowRefused(new.reason)
        return RosterPerson(
            id=secrets.token_hex(PERSON_ID_BYTES),
            organisation=self._organisation_id,
            name=_plain(row.name),
            id_type=_plain(row.kind),
            id_number=_plain(row.id_number),
            name_latin=_plain(row.name_latin),
            department=_plain(new.department)[:DEPARTMENT_MAX_CHARACTERS],
            secret=new_secret(),
            agreed_on=today,
            added_at=now,
            passport_number=_plain(row.passport_number),
        )

    def _digests(self, person: RosterPerson) -> tuple[bytes, ...]:
        """Return a digest of each document that a person may have. Raises _RowRefused."""
        try:
            documents = sorted({claim.document for claim in claims_of_person(person)})
        except InvalidIdentity as error:
            raise _RowRefused(reason_of(error)) from None
        cipher, organisation = self._records.cipher, self._organisation_id
        return tuple(
            cipher.digest("kiosk roster", f"{organisation}\x00{each}".encode())
            for each in documents
        )

    def _fresh(
        self,
        connection: Connection,
        read: Sequence[tuple[int, RosterPerson, tuple[bytes, ...]]],
    ) -> tuple[dict[RosterPerson, tuple[bytes, ...]], list[int]]:
        """Return who is not there yet, and the rows of those who are, or stand in an earlier row.

        Of one list of other changes at the same time, one waits for the other.
        """
        lock_organisation(connection, self._organisation_id)
        digests = (digest for _, _, each in read for digest in each)
        seen = set(known_documents(connection, self._organisation_id, digests))
        fresh: dict[RosterPerson, tuple[bytes, ...]] = {}
        known: list[int] = []
        for row, person, documents in read:
            if seen.isdisjoint(documents):
                fresh[person] = documents
                seen.update(documents)
            else:
                known.append(row)
        return fresh, known

    def _of_id(self, connection: Connection, person_id: str) -> RosterPerson:
        """Raise NoSuchPerson."""
        cipher = self._records.cipher
        person = roster_person(connection, cipher, self._organisation_id, person_id)
        if person is None:
            raise NoSuchPerson
        return person

    def _note(self, connection: Connection, event: Event, count: int, now: int) -> None:
        """Let a new table be due, and audit what was changed; the last of a transaction."""
        note_roster_change(connection, self._organisation_id)
        append_event(connection, self._records.cipher, self._entry(event, count), now // 1_000)

    def _entry(self, event: Event, count: int) -> OrganisationEntry:
        return OrganisationEntry(self._organisation_id, self._actor, event, count)


class _RowRefused(Exception):
    """Nobody knows for certain whom a row is about."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _plain(cell: str) -> str:
    """Return a cell in one line. Raises _RowRefused where it holds bytes that are no text."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise _RowRefused("row_unreadable") from None
    return " ".join(cell.split())


def _now() -> int:
    return time.time_ns() // 1_000_000
