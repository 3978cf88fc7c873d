"""Who was in when: from coming in to going out; and who was in at the same hours.

Threat: a contact is missed because somebody left without a check-in, or came in without one.
Limit: what was not recorded is assumed for as long as two shifts, and pages say so; only a
recorded check-in ends it earlier.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.kiosk.dashboard.counted_checkins import CountedCheckin

HOUR_MS = 3_600_000
ASSUMED_MS = 16 * HOUR_MS  # two shifts: nobody stays longer without passing a kiosk
AT_DOOR_MS = 15 * 60_000  # around a check-in after which somebody was not let in


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when somebody was in, in milliseconds; assumed: one end was not recorded."""

    person: str
    begin: int
    end: int
    assumed: bool = False

    def overlap(self, other: "Stay") -> int:
        """Return how long both were in at once, in milliseconds; below 0: never."""
        return min(self.end, other.end) - max(self.begin, other.begin)


@dataclass(frozen=True, slots=True)
class SharedHours:
    """Somebody who was in at the same hours; milliseconds: how long at most, all stays together.

    first, last: when that began and ended; assumed: it rests on a check-in that nobody recorded.
    """

    person: str
    first: int
    last: int
    milliseconds: int
    assumed: bool


def stays(counted: Iterable[CountedCheckin]) -> list[Stay]:
    """Return the stays of everybody who was named, in no order."""
    mine: dict[str, list[CountedCheckin]] = defaultdict(list)
    for one in counted:
        if one.person:
            mine[one.person].append(one)
    return [stay for person, theirs in mine.items() for stay in _stays_of(person, theirs)]


def shared_hours(person: str, everybody: Sequence[Stay]) -> list[SharedHours]:
    """Return who was in while a person was, the longest first; never the person."""
    own = [stay for stay in everybody if stay.person == person]
    pairs: dict[str, list[tuple[Stay, Stay]]] = defaultdict(list)
    for other in everybody:
        if other.person != person:
            pairs[other.person] += [(mine, other) for mine in own if mine.overlap(other) >= 0]
    found = [_shared(other, theirs) for other, theirs in pairs.items() if theirs]
    return sorted(found, key=lambda each: (-each.milliseconds, each.first, each.person))


def _shared(person: str, pairs: Sequence[tuple[Stay, Stay]]) -> SharedHours:
    return SharedHours(
        person=person,
        first=min(max(mine.begin, other.begin) for mine, other in pairs),
        last=max(min(mine.end, other.end) for mine, other in pairs),
        milliseconds=sum(mine.overlap(other) for mine, other in pairs),
        assumed=any(mine.assumed or other.assumed for mine, other in pairs),
    )


def _stays_of(person: str, counted: list[CountedCheckin]) -> list[Stay]:
    found: list[Stay] = []
    came: int | None = None
    previous = 0  # of the last check-in out: nobody was in before it
    for one in sorted(counted, key=lambda each: each.made_at):
        at = one.made_at
        if one.left:
            begin = came if came is not None else max(previous, at - ASSUMED_MS)
            found.append(Stay(person, begin, at, assumed=came is None))
            came, previous = None, at
        elif one.entered:
            if came is not None:  # in twice: they left in between, nobody knows when
                found.append(Stay(person, came, min(at, came + ASSUMED_MS), assumed=True))
            came = at
        elif one.stands_at_door:
            found.append(Stay(person, at - AT_DOOR_MS, at + AT_DOOR_MS))
    if came is not None:
        found.append(Stay(person, came, came + ASSUMED_MS, assumed=True))
    return found
