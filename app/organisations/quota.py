"""How many distinct people an organisation may ask about in fourteen days; repeats are free.

Threat: a stolen account or key becomes the cheapest way to try a nation; or the database tells whom
an organisation asked about. Limit: past the quota no new identity is admitted; what is kept is bits
under a key of the organisation's own, which is itself encrypted, so that without the key `records`
nobody can test for anybody, and when it is destroyed nobody can at all. Of new identities past the
quota some in a million pass for one that was asked about (docs/decisions/0036).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from math import ceil
from secrets import randbits, token_hex

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from app.organisations.directory import NoSuchOrganisation
from app.organisations.identity_filter import Hashes, IdentityFilter, keyed_hashes
from app.records.database import Records
from app.records.encrypted_fields import Place
from app.records.organisations.organisations import (
    Organisation,
    encrypted_column,
    lock_organisation,
    organisation_where,
    organisations,
    update_organisation,
)
from app.records.organisations.quota_sketches import (
    QUOTA_DAYS,
    SketchPlace,
    SketchState,
    people_by_organisation,
    put_sketch,
    sketch_bits,
    sketch_states,
)

CAPACITY_MIN = 16_384  # 64 KiB; smaller only where the quota is
CAPACITY_FLOOR = 256  # places of two hashes are too alike in a handful of bits
VERSION_BITS = 31
ROUNDED_TO = 10


@dataclass(slots=True)
class _Sketch:
    """A sketch as it is while identities are admitted."""

    state: SketchState
    identities: IdentityFilter


class QuotaLedger:
    """Counts the distinct people of one organisation, from any number of processes.

    Keeps the sketches that it has read: one ledger for a whole job reads them once.
    """

    def __init__(
        self,
        records: Records,
        organisation: Organisation,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._records = records
        self._organisation_id = organisation.id
        self._clock = clock
        self._filters: dict[SketchPlace, tuple[int, IdentityFilter]] = {}

    def admit(self, connection: Connection, digests: Sequence[bytes]) -> list[bool]:
        """Return for each identity, in order, whether it is within the quota, and count those.

        digests: any bytes that are one for each identity. An identity that was counted in the last
        fourteen days, or earlier in the list, is free. Counted when the caller's transaction
        commits; until then other admissions of this organisation wait, so it should be short. The
        more digests a call gets, the fewer bits are written. Raises NoSuchOrganisation.
        """
        if not digests:
            return []
        quota = self._lock(connection)
        hashes = keyed_hashes(self._key(connection), digests)
        _, first, inverse = np.unique(hashes[:, 0], return_index=True, return_inverse=True)
        sketches = self._sketches(connection)
        people = hashes[first]
        seen = _newest_sketch(sketches, people)
        admitted = seen >= 0
        left = max(0, quota - sum(sketch.state.people for sketch in sketches))
        fresh = np.flatnonzero(~admitted)
        admitted[fresh[np.argsort(first[fresh])][:left]] = True
        self._count(connection, sketches, people[admitted], seen[admitted])
        return list(map(bool, admitted[inverse]))

    def covers_any(self, digests: Sequence[bytes]) -> bool:
        """Return whether any of so many identities is within the quota now; count none.

        Raises NoSuchOrganisation and RecordsUnavailable.
        """
        with self._records.writing() as connection:
            quota = self._lock(connection)
            hashes = keyed_hashes(self._key(connection), digests)
            sketches = self._sketches(connection)
        left = quota - sum(sketch.state.people for sketch in sketches)
        return left > 0 or bool((_newest_sketch(sketches, hashes) >= 0).any())

    def renewal_seconds(self) -> int:
        """Return in how many seconds the first people counted are counted no more.

        Raises RecordsUnavailable.
        """
        with self._records.reading() as connection:
            states = sketch_states(connection, self._organisation_id, self._since())
        days = [state.place.day for state in states if state.people]
        oldest = min(days, default=self._today())
        renewed = datetime.combine(oldest + timedelta(days=QUOTA_DAYS), time_of_day.min, UTC)
        return max(1, ceil(renewed.timestamp() - self._clock()))

    def remaining(self) -> int:
        """Return how many people more may be asked about now, rounded down to tens.

        Raises NoSuchOrganisation and RecordsUnavailable.
        """
        with self._records.reading() as connection:
            found = organisations.c.id == self._organisation_id
            organisation = organisation_where(connection, found)
            states = sketch_states(connection, self._organisation_id, self._since())
        if organisation is None:
            raise NoSuchOrganisation
        left = organisation.quota - sum(state.people for state in states)
        return max(0, left) // ROUNDED_TO * ROUNDED_TO

    def _lock(self, connection: Connection) -> int:
        """Let others wait; return the quota of now."""
        if not lock_organisation(connection, self._organisation_id):
            raise NoSuchOrganisation
        found = organisations.c.id == self._organisation_id
        organisation = organisation_where(connection, found)
        return 0 if organisation is None else organisation.quota

    def _key(self, connection: Connection) -> bytes:
        place = Place("organisations", "quota_key", str(self._organisation_id))
        field = encrypted_column(connection, self._organisation_id, "quota_key")
        if field is not None:
            return bytes.fromhex(self._records.cipher.decrypt(place, field))
        key = token_hex(32)
        field = self._records.cipher.encrypt(place, key)
        update_organisation(connection, self._organisation_id, quota_key=field)
        return bytes.fromhex(key)

    def _sketches(self, connection: Connection) -> list[_Sketch]:
        """Return the sketches of the last fourteen days, the newest first."""
        states = sketch_states(connection, self._organisation_id, self._since())
        versions = {place: version for place, (version, _) in self._filters.items()}
        changed = [each.place for each in states if versions.get(each.place) != each.version]
        bits = sketch_bits(connection, self._organisation_id, changed) if changed else {}
        sketches = [
            _Sketch(
                state,
                IdentityFilter.from_bytes(bits[state.place])
                if state.place in bits
                else self._filters[state.place][1],
            )
            for state in states
        ]
        self._filters = {
            each.state.place: (each.state.version, each.identities) for each in sketches
        }
        return sketches

    def _count(
        self,
        connection: Connection,
        sketches: list[_Sketch],
        people: Hashes,
        seen: NDArray[np.int64],
    ) -> None:
        """Move those who were seen on earlier days, and all who are new, into today's sketch."""
        today = self._today()
        earlier = [index for index, each in enumerate(sketches) if each.state.place.day < today]
        moves = np.isin(seen, [-1, *earlier])
        number = int(moves.sum())
        if not number:
            return
        for index in earlier:
            moved = int((seen == index).sum())
            if moved:
                state = sketches[index].state
                put_sketch(
                    connection,
                    self._organisation_id,
                    replace(state, people=max(0, state.people - moved)),
                )
        newest = sketches[0] if sketches and len(earlier) < len(sketches) else None
        sketch = self._room_for(connection, newest, number)
        state, version = sketch.state, randbits(VERSION_BITS)
        state = replace(
            state, version=version, entries=state.entries + number, people=state.people + number
        )
        identities = sketch.identities.with_hashes(people[moves])
        put_sketch(connection, self._organisation_id, state, identities.to_bytes())
        self._filters[state.place] = version, identities

    def _room_for(self, connection: Connection, newest: _Sketch | None, number: int) -> _Sketch:
        """Return today's newest sketch where it has room for so many more, else a further one."""
        if newest is not None and newest.state.entries + number <= newest.identities.capacity:
            return newest
        quota = self._lock(connection)
        doubled, part = 0, 0
        if newest is not None:
            doubled, part = 2 * newest.identities.capacity, newest.state.place.part + 1
        capacity = max(CAPACITY_FLOOR, number, min(quota, max(CAPACITY_MIN, doubled)))
        place = SketchPlace(self._today(), part)
        return _Sketch(SketchState(place, 0, 0, 0), IdentityFilter(capacity))

    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), UTC).date()

    def _since(self) -> date:
        return self._today() - timedelta(days=QUOTA_DAYS - 1)


def _newest_sketch(sketches: list[_Sketch], people: Hashes) -> NDArray[np.int64]:
    """Return for each person the index of the first sketch that has seen them, -1 for none."""
    seen = np.full(len(people), -1)
    for index, sketch in enumerate(sketches):
        unseen = np.flatnonzero(seen < 0)
        if not len(unseen):
            break
        found = sketch.identities.contains(people[unseen])
        seen[unseen[found]] = index
    return seen


def people_asked_about(records: Records) -> dict[int, int]:
    """Return how many distinct people each organisation asked about in the last fourteen days."""
    since = datetime.fromtimestamp(time.time(), UTC).date() - timedelta(days=QUOTA_DAYS - 1)
    with records.reading() as connection:
        return people_by_organisation(connection, since)
