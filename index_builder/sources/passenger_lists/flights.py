"""Combines the lists of one flight: passengers booked, added, changed, deleted, not aboard.

Nobody is taken off a flight unless a list names exactly that passenger, and whoever any update
adds stays aboard: the order of updates is not known for certain, and a passenger too many is a
smaller fault than one too few.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from index_builder.sources.passenger_lists.airline_messages import Message
from index_builder.sources.passenger_lists.travellers import Traveller, travellers_of

NOT_ABOARD = frozenset(("NOSHO", "OFFLK", "OFFLN"))
"""Categories of a PFS: did not show up; checked in and taken off again."""

Flight = tuple[str, date, str]
"""Flight number, date at the boarding point, boarding point."""


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """A message and the place of its file in the directory."""

    file: int
    message: Message


@dataclass
class FlightList:
    """The passengers aboard a flight, and how many changes led there.

    aboard: (file, traveller). deleted, not_aboard: how many were taken off by an ADL and a PFS.
    repeats: names that added to somebody who was there already.
    doubts: (file, line, reason) of elements that could not be applied as they say.
    """

    aboard: list[tuple[int, Traveller]] = field(default_factory=list)
    deleted: int = 0
    not_aboard: int = 0
    repeats: int = 0
    doubts: list[tuple[int, int, str]] = field(default_factory=list)


def combine(lists: Sequence[ListedMessage]) -> FlightList:
    """Return the passengers aboard by all lists of one flight, in whatever order they come."""
    result = FlightList(aboard=list(_named(lists, "PNL", {""})))
    for file, traveller in _named(lists, "ADL", {"DEL"}):
        if _take_off(result, file, traveller):
            result.deleted += 1
    for file, new in _named(lists, "ADL", {"ADD", "CHG"}):
        _add_or_change(result, file, new)
    for file, new in _named(lists, "PFS", None):
        if _matching(result.aboard, new) is None:
            result.aboard.append((file, new))
        else:
            result.repeats += 1
    for file, traveller in _named(lists, "PFS", NOT_ABOARD):
        if _take_off(result, file, traveller):
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
    result.repeats += 1
    if new.seats:
        # Of two changes nobody knows which came last: both seats are possible.
        old.seats = [*old.seats, *new.seats] if old.changed else list(new.seats)
        old.changed = True
    old.documents.extend(new.documents)
    old.infants.extend(name for name in new.infants if name not in old.infants)
    old.bookings.extend(new.bookings)
    old.marketed_as.extend(new.marketed_as)
    old.strays.extend(new.strays)


def _take_off(result: FlightList, file: int, traveller: Traveller) -> bool:
    passenger = _matching(result.aboard, traveller)
    if passenger is None:
        reason = "takes off nobody for certain, everyone stays"
        result.doubts.append((file, traveller.line, reason))
        return False
    result.aboard = [(place, one) for place, one in result.aboard if one is not passenger]
    return True


def _matching(aboard: Sequence[tuple[int, Traveller]], traveller: Traveller) -> Traveller | None:
    """Return the passenger of that name, destination and booking; None unless there is just one."""
    alike = [
        one
        for _, one in aboard
        if traveller.key and one.key == traveller.key and one.alight == traveller.alight
    ]
    if traveller.bookings:
        same = [one for one in alike if set(one.bookings) & set(traveller.bookings)]
        alike = same or [one for one in alike if not one.bookings]
    return alike[0] if len(alike) == 1 else None


def sharing_flights(flights_of: Sequence[set[Flight]]) -> Iterator[list[int]]:
    """Yield the places of files that share a flight, directly or through another file."""
    group = list(range(len(flights_of)))

    def root(place: int) -> int:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    first: dict[Flight, int] = {}
    for place, flights in enumerate(flights_of):
        for flight in flights:
            group[root(place)] = root(first.setdefault(flight, place))
    together: dict[int, list[int]] = {}
    for place in range(len(flights_of)):
        together.setdefault(root(place), []).append(place)
    yield from together.values()
