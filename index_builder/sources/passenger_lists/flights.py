"""All lists of one flight together: who was booked, added, changed, deleted, and did not show up.

Nobody is taken off a flight unless a list names exactly that passenger, and whoever any update
adds stays aboard: the order of updates is not known for certain, and a passenger too many is a
smaller fault than one too few.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index_builder.sources.passenger_lists.messages import Message
from index_builder.sources.passenger_lists.travellers import Traveller, travellers_of

NOT_ABOARD = frozenset(("NOSHO", "OFFLK", "OFFLN"))
"""Categories of a PFS: did not show up; checked in and taken off again."""


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """A message and the place of its file in the directory."""

    file: int
    message: Message


@dataclass
class FlightList:
    """Who was aboard a flight, and what was done to get there.

    aboard: (file, traveller). deleted, not_aboard: how many were taken off by an ADL and a PFS.
    told_again: names that told more of somebody who was there already.
    doubts: (file, line, reason) of elements that could not be applied as they say.
    """

    aboard: list[tuple[int, Traveller]] = field(default_factory=list)
    deleted: int = 0
    not_aboard: int = 0
    told_again: int = 0
    doubts: list[tuple[int, int, str]] = field(default_factory=list)


def combined(lists: Sequence[ListedMessage]) -> FlightList:
    """Return who was aboard by all lists of one flight, in whatever order they come."""
    result = FlightList(aboard=list(_named(lists, "PNL", {""})))
    for file, gone in _named(lists, "ADL", {"DEL"}):
        if _take_off(result, file, gone):
            result.deleted += 1
    for file, new in _named(lists, "ADL", {"ADD", "CHG"}):
        _add_or_change(result, file, new)
    for file, new in _named(lists, "PFS", None):
        if _matching(result.aboard, new) is None:
            result.aboard.append((file, new))
        else:
            result.told_again += 1
    for file, gone in _named(lists, "PFS", NOT_ABOARD):
        if _take_off(result, file, gone):
            result.not_aboard += 1
    return result


def _named(
    lists: Iterable[ListedMessage], kind: str, actions: Iterable[str] | None
) -> Iterable[tuple[int, Traveller]]:
    """Yield the travellers of one kind of list; actions None: all but those not aboard."""
    for listed in lists:
        if listed.message.kind != kind:
            continue
        for action, traveller in travellers_of(listed.message):
            if action not in NOT_ABOARD if actions is None else action in actions:
                yield listed.file, traveller


def _add_or_change(result: FlightList, file: int, new: Traveller) -> None:
    old = _matching(result.aboard, new)
    if old is None:
        result.aboard.append((file, new))
        return
    result.told_again += 1
    if new.seats:
        # Of two changes nobody knows which came last: both seats are possible.
        old.seats = [*old.seats, *new.seats] if old.changed else list(new.seats)
        old.changed = True
    old.documents.extend(new.documents)
    old.infants.extend(name for name in new.infants if name not in old.infants)
    old.bookings.extend(new.bookings)
    old.marketed_as.extend(new.marketed_as)
    old.strays.extend(new.strays)


def _take_off(result: FlightList, file: int, gone: Traveller) -> bool:
    found = _matching(result.aboard, gone)
    if found is None:
        reason = "takes off nobody for certain, everyone stays"
        result.doubts.append((file, gone.line, reason))
        return False
    result.aboard = [(place, one) for place, one in result.aboard if one is not found]
    return True


def _matching(aboard: Sequence[tuple[int, Traveller]], named: Traveller) -> Traveller | None:
    """Return the passenger of that name, destination and booking; None unless there is just one."""
    alike = [
        one
        for _, one in aboard
        if named.key and one.key == named.key and one.alight == named.alight
    ]
    if named.bookings:
        same = [one for one in alike if set(one.bookings) & set(named.bookings)]
        alike = same or [one for one in alike if not one.bookings]
    return alike[0] if len(alike) == 1 else None
