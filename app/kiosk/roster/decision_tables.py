"""The decision table of an organisation, made anew when builds, roster, quota or day change.

Threat: two processes make tables at once, or one that saw an older build last replaces the newer
table; or a table outlives what it was made from. Limit: one maker at a time, by a lease in the
records, who looks for newer builds first; a table ends when the first of its builds ends or goes
stale. Meanwhile the table before is served, unless it tells what kiosks may see no more, or nothing
of what they see now.
"""

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from datetime import date

from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer
from app.kiosk.exposure_access import sees_exposures
from app.kiosk.roster.door_words import readable_claims, roster_words, within_quota
from app.kiosk.roster.table_file import TableEntry, new_table_id, pack_table
from app.kiosk.words import DoorWord, Word
from app.records.database import Records, RecordsUnavailable
from app.records.kiosks.decision_tables import (
    StoredTable,
    give_lease_back,
    put_table,
    roster_revision,
    stored_table,
    table_data,
    take_lease,
)
from app.records.kiosks.roster import RosterPerson, roster_people
from app.records.organisations.organisations import Organisation
from app.services import AppServices

LEASE_MILLISECONDS = 60_000
TEMPERATURE_MILLISECONDS = 7 * 86_400_000  # for which a table without exposures is good
BUILD_ATTEMPTS = 3  # each further one without a build that failed while it was read
DIGEST_BYTES = 16
INDEXES_END = 1 + DIGEST_BYTES  # of what of a source depends on the indexes
TEMPERATURE, EXPOSURES = b"t", b"x"
"""With which the source of a table begins: whether it was made from exposures."""


class TableReplaced(RecordsUnavailable):
    """Another table took the place of this one while it was read: ask again."""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A table that kiosks may hold; id: 32 hex letters; valid_until: milliseconds since 1970.

    entries: how many badges it knows.
    """

    id: str
    valid_until: int
    entries: int
    _records: Records
    _organisation: int

    @property
    def data(self) -> bytes:
        """The file. Raises TableReplaced and RecordsUnavailable."""
        with self._records.reading() as connection:
            data = table_data(connection, self._organisation, self.id)
        if data is None:
            raise TableReplaced
        return data


@dataclass(frozen=True, slots=True)
class _Premises:
    """What a table is made from. snapshot: None where kiosks see no exposures."""

    revision: int
    sees_exposures: bool
    snapshot: IndexSnapshot | None
    today: date
    quota: int

    @property
    def source(self) -> bytes:
        """A letter for whether exposures are among them, digests of the indexes and of the rest."""
        indexes, missing = [], []
        if self.snapshot is not None:
            indexes = sorted(each.build_id for each in self.snapshot.manifests)
            missing = sorted([each.authority, each.why] for each in self.snapshot.missing)
        kind = EXPOSURES if self.sees_exposures else TEMPERATURE
        others = _digest([self.revision, self.today.isoformat(), self.quota])
        return kind + _digest([indexes, missing]) + others


def current_table(services: AppServices, organisation: Organisation) -> DecisionTable | None:
    """Return the decision table of an organisation, making it where another one is due.

    None where it never had a roster, or where no index can be answered from. Raises
    RecordsUnavailable and NoSuchOrganisation.
    """
    try:
        return TableMaker(services, organisation).current()
    except CannotAnswer:
        return None


class TableMaker:
    """Makes the decision table of one organisation."""

    def __init__(self, services: AppServices, organisation: Organisation) -> None:
        self._services = services
        self._records = services.records
        self._organisation = organisation

    def current(self) -> DecisionTable | None:
        """Return the table of now. Raises as current_table does, and CannotAnswer."""
        premises, stored = self._look()
        if premises.revision == 0:
            return None
        if stored is not None and self._is_due_to(stored, premises):
            return self._table(stored)
        lease = secrets.token_hex(16)
        if self._claim(lease):
            try:
                return self._table(self._make(lease))
            finally:
                with self._records.writing() as connection:
                    give_lease_back(connection, self._organisation.id, lease)
        if stored is None or not self._is_served_meanwhile(stored, premises):
            return None
        return self._table(stored)

    def _look(self) -> tuple[_Premises, StoredTable | None]:
        """Return what a table would be made from now, and the one that there is."""
        organisation = self._organisation
        with self._records.reading() as connection:
            sees = sees_exposures(connection, self._records.cipher, organisation)
            revision = roster_revision(connection, organisation.id)
            stored = stored_table(connection, organisation.id)
        snapshot = self._services.indexes.snapshot() if sees and revision else None
        today = self._services.settings.today()
        return _Premises(revision, sees, snapshot, today, organisation.quota), stored

    def _is_due_to(self, stored: StoredTable, premises: _Premises) -> bool:
        return stored.source == premises.source and stored.valid_until > now_milliseconds()

    def _is_served_meanwhile(self, stored: StoredTable, premises: _Premises) -> bool:
        same_kind = stored.source.startswith(EXPOSURES) == premises.sees_exposures
        return same_kind and stored.valid_until > now_milliseconds()

    def _claim(self, lease: str) -> bool:
        now = now_milliseconds()
        with self._records.writing() as connection:
            return take_lease(
                connection, self._organisation.id, lease, now, now + LEASE_MILLISECONDS
            )

    def _make(self, lease: str) -> StoredTable:
        """Make the table and keep it; return it, or the one that another process made before.

        Raises CannotAnswer.
        """
        self._look_for_newer_builds()
        for attempt in range(BUILD_ATTEMPTS):
            premises, stored = self._look()
            if stored is not None and self._is_due_to(stored, premises):
                return stored
            try:
                people, words = self._words(premises)
            except CannotAnswer:
                if attempt + 1 == BUILD_ATTEMPTS:
                    raise
                continue
            return self._keep(lease, premises, people, words)
        raise CannotAnswer(("damaged",))

    def _look_for_newer_builds(self) -> None:
        """Look where the table was made from other builds: another process may have seen newer."""
        premises, stored = self._look()
        known = premises.source[:INDEXES_END]
        if stored is not None and stored.source[:INDEXES_END] != known and premises.snapshot:
            self._services.indexes.reload()

    def _words(self, premises: _Premises) -> tuple[list[RosterPerson], list[DoorWord]]:
        with self._records.reading() as connection:
            people = roster_people(connection, self._records.cipher, self._organisation.id)
        if premises.snapshot is None:
            return people, [DoorWord(Word.TEMPERATURE)] * len(people)
        claims = readable_claims(people)
        admitted = within_quota(self._records, self._organisation, claims)
        store = self._services.indexes
        return people, roster_words(store, premises.snapshot, claims, admitted, premises.today)

    def _keep(
        self,
        lease: str,
        premises: _Premises,
        people: list[RosterPerson],
        words: list[DoorWord],
    ) -> StoredTable:
        table_id = new_table_id()
        if premises.snapshot is None:
            valid_until = now_milliseconds() + TEMPERATURE_MILLISECONDS
        else:
            valid_until = int(premises.snapshot.unchanged_until.timestamp() * 1_000)
        entries = [
            TableEntry(person.secret, person.id, person.name, decision)
            for person, decision in zip(people, words, strict=True)
        ]
        data = pack_table(table_id, valid_until, entries)
        made = StoredTable(table_id.hex(), premises.source, valid_until, len(entries))
        with self._records.writing() as connection:
            if put_table(connection, self._organisation.id, lease, made, data):
                return made
            stored = stored_table(connection, self._organisation.id)
        if stored is None:  # so slow that another maker began, and has nothing yet
            raise TableReplaced
        return stored

    def _table(self, stored: StoredTable) -> DecisionTable:
        return DecisionTable(
            stored.id,
            stored.valid_until,
            stored.entries,
            self._records,
            self._organisation.id,
        )


def _digest(facts: list[object]) -> bytes:
    return hashlib.sha256(json.dumps(facts).encode()).digest()[:DIGEST_BYTES]


def now_milliseconds() -> int:
    """Return the time, milliseconds since 1970."""
    return time.time_ns() // 1_000_000
