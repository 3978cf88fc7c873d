"""Check-ins as the officer's pages count them: without mistakes, with the guard's word."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.records.kiosks.checkins import StoredCheckin

IN, OUT = "in", "out"
ENTRY = "entry"
COME_IN, WAIT, NOT_CHECKED = "come_in", "wait", "not_checked"


@dataclass(frozen=True, slots=True)
class CountedCheckin:
    """One check-in that was no mistake.

    person: under what all of theirs are found, "" where nobody was named; made_at: milliseconds;
    kiosk_word: what the kiosk said; word: what held, the guard's where there was an override.
    """

    kiosk: str
    id: str
    person: str
    made_at: int
    direction: str
    purpose: str
    kiosk_word: str
    word: str

    @property
    def entered(self) -> bool:
        """Whether somebody came in by it."""
        return self.purpose == ENTRY and self.direction == IN and self.word == COME_IN

    @property
    def left(self) -> bool:
        """Whether somebody went out by it: no word keeps anybody in."""
        return self.purpose == ENTRY and self.direction == OUT

    @property
    def overridden(self) -> bool:
        """Whether the guard decided otherwise than the kiosk."""
        return self.word != self.kiosk_word

    @property
    def stands_at_door(self) -> bool:
        """Whether somebody who wants in was not let in by it."""
        return self.purpose == ENTRY and self.direction == IN and self.word != COME_IN


@dataclass(frozen=True, slots=True)
class CountedCheckins:
    """The check-ins of some time, in order; mistakes: how many were taken back."""

    each: tuple[CountedCheckin, ...]
    mistakes: int


def read_counted(checkins: Iterable[StoredCheckin]) -> CountedCheckins:
    """Return what check-ins count as; one at a time is in memory.

    A mistake is undone by a later check-in of the same kiosk, which itself is none of anybody.
    """
    found: dict[tuple[str, str], CountedCheckin] = {}
    undone: set[tuple[str, str]] = set()
    for checkin in checkins:
        if undoes := checkin.content.get("undoes"):
            undone.add((checkin.kiosk, undoes))
        else:
            found[checkin.kiosk, checkin.id] = _counted(checkin)
    mistakes = [found.pop(place) for place in undone & found.keys()]
    return CountedCheckins(tuple(found.values()), len(mistakes))


def _counted(checkin: StoredCheckin) -> CountedCheckin:
    override = checkin.content.get("override")
    return CountedCheckin(
        kiosk=checkin.kiosk,
        id=checkin.id,
        person=checkin.person.hex() if checkin.person else "",
        made_at=checkin.made_at,
        direction=checkin.direction,
        purpose=checkin.content.get("purpose", ENTRY),
        kiosk_word=checkin.word,
        word=override["word"] if override else checkin.word,
    )
