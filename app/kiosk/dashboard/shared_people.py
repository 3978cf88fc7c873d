"""For contact tracers: who was in while a person was in, by name and document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.kiosk.dashboard.counted_checkins import read_counted
from app.kiosk.dashboard.person_names import PersonName, PersonNames
from app.kiosk.dashboard.presence import ASSUMED_MS, SharedHours, Stay, shared_hours, stays
from app.records.encrypted_fields import FieldCipher
from app.records.kiosks.checkins import checkins_between, checkins_of_ids
from app.settings.local_days import LocalDays

DAYS_MAX = 7  # of one question: all check-ins of these days are read


class DaysInvalid(ValueError):
    """The last day is before the first, or there are too many."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """From the first day to the last, both of them within."""

    first: date
    last: date

    def require(self, days_max: int) -> None:
        """Raise DaysInvalid where it is no range, or a longer one."""
        if not 0 <= (self.last - self.first).days < days_max:
            raise DaysInvalid


@dataclass(frozen=True, slots=True)
class SharedPerson:
    """Somebody who was in at the same hours."""

    name: PersonName
    hours: SharedHours


@dataclass(frozen=True, slots=True)
class SharedPeople:
    """Who was in; own: the person's own stays; nameless: check-ins without a name meanwhile."""

    people: Sequence[SharedPerson]
    own: Sequence[Stay]
    nameless: int


def find_shared(
    connection: Connection,
    cipher: FieldCipher,
    organisation: int,
    person: bytes,
    span: tuple[int, int],
) -> SharedPeople:
    """Return who was in with a person; person: their digest; span: milliseconds, its end excluded.

    Stays that reach into the span from before it count too.
    """
    scope = (connection, cipher, organisation)
    checkins = checkins_between(*scope, span[0] - ASSUMED_MS, span[1])
    counted = read_counted(checkins).each
    everybody = [stay for stay in stays(counted) if stay.end >= span[0] and stay.begin < span[1]]
    own = [stay for stay in everybody if stay.person == person.hex()]
    found = shared_hours(person.hex(), everybody)
    places = {each.person: (each.kiosk, each.id) for each in counted if each.person}
    named = _names(*scope, [places[each.person] for each in found])
    nameless = [each.made_at for each in counted if not each.person]
    return SharedPeople(
        people=[SharedPerson(named[places[each.person]], each) for each in found],
        own=own,
        nameless=sum(any(stay.begin <= at <= stay.end for stay in own) for at in nameless),
    )


def span_of(days: LocalDays, chosen: DayRange) -> tuple[int, int]:
    """Return a range of days as moments, in milliseconds."""
    return days.start(chosen.first), days.end(chosen.last)


def _names(
    connection: Connection,
    cipher: FieldCipher,
    organisation: int,
    places: Sequence[tuple[str, str]],
) -> dict[tuple[str, str], PersonName]:
    """Return who some check-ins are of, by kiosk and id."""
    names = PersonNames(connection, cipher, organisation)
    return {
        (one.kiosk, one.id): names.of_content(one.content)
        for one in checkins_of_ids(connection, cipher, organisation, places)
    }
