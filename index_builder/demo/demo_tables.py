"""The tables of the demo as they fill, and whom a check is expected to find in them."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from index_builder.demo.invented_people import Inventor, Person
from index_builder.demo.published_extract import DemoTrip
from index_builder.demo.vehicle_layouts import Layout, layout_of
from index_builder.normalise import seats

_OPERATORS = {
    "3U": "四川航空",
    "8L": "祥鹏航空",
    "CA": "中国国际航空",
    "CZ": "中国南方航空",
    "EU": "成都航空",
    "JD": "首都航空",
    "KY": "昆明航空",
    "MF": "厦门航空",
    "MU": "中国东方航空",
    "SC": "山东航空",
    "TR": "酷航",
    "ZH": "深圳航空",
}
RAILWAY = "中国铁路"


@dataclass(frozen=True, slots=True)
class LegDetails:
    """Where and how somebody travels; blank is unknown, None as the case travelled."""

    seat: str = ""
    carriage: str | None = None
    board_call: int | None = None
    alight_call: int | None = None
    number: str | None = None
    days_later: int = 0  # the same service on another day
    role: str = "passenger"
    as_published: bool = False  # the carriage written as in the notice


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expected answer about one identity under each of the two rule sets, and the reason.

    nhc, au: close, general, or "" for not found.
    """

    person: Person
    nhc: str
    au: str
    reason: str


@dataclass
class DemoTables:
    """All rows of the demo's tables so far, and the seats that are occupied."""

    chance: random.Random
    invent: Inventor
    as_of: date
    cases: list[tuple[str, ...]] = field(default_factory=list)
    case_legs: list[tuple[str, ...]] = field(default_factory=list)
    legs: list[tuple[str, ...]] = field(default_factory=list)
    carriages: list[tuple[str, ...]] = field(default_factory=list)
    documents: list[tuple[str, ...]] = field(default_factory=list)
    contacts: list[tuple[str, ...]] = field(default_factory=list)
    cleared: list[tuple[str, ...]] = field(default_factory=list)
    expected: list[Expectation] = field(default_factory=list)
    case_of: dict[str, tuple[str, Person]] = field(default_factory=dict)
    seats_taken: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    travellers: set[str] = field(default_factory=set)

    def case(self, trip: DemoTrip, also: tuple[DemoTrip, ...] = ()) -> None:
        """Add a case who made a trip (and others), ill soon after it and then isolated."""
        person = self.invent.passenger()
        case_id = f"D{len(self.cases) + 1:04}"
        onset = min(trip.service_date + timedelta(days=len(self.cases) % 3), self.as_of)
        isolated = min(onset + timedelta(days=2), self.as_of).isoformat()
        kind, dates = "confirmed", (onset.isoformat(), "", isolated)
        if len(self.cases) % 10 == 9:
            kind, dates = "asymptomatic", ("", onset.isoformat(), isolated)
        identity = (person.id_type, person.id_number, person.name)
        self.cases.append((case_id, "covid-19", kind, *dates, *identity, "demo"))
        for one in (trip, *also):
            self.case_of[one.source_id] = (case_id, person)
            leg = (one.carriage, one.seats, one.board, one.alight, "", "", "passenger", "", "")
            self.case_legs.append(
                (case_id, one.mode, one.number, one.service_date.isoformat(), *leg)
            )
            # An investigator copied the passenger list: the carriage stands in both as one text.
            self.aboard(one, person, LegDetails(seat=one.seats, as_published=True))

    def aboard(self, trip: DemoTrip, person: Person, details: LegDetails) -> None:
        """Add a row to the passenger list of a trip's run."""
        carriage = trip.carriage if details.carriage is None else details.carriage
        board, alight, service_date = trip.board, trip.alight, trip.service_date
        if trip.calls and details.board_call is not None:
            board = trip.calls[details.board_call].city
            service_date = trip.boarding_date(details.board_call)
        if trip.calls and details.alight_call is not None:
            alight = trip.calls[details.alight_call].city
        if carriage == trip.carriage and not details.days_later:
            self.seats_taken[trip.source_id] |= _seat_names(trip.mode, details.seat)
        self.travellers.add(person.id_number)
        self.legs.append(
            (
                trip.mode,
                details.number or self.chance.choice(trip.numbers),
                (service_date + timedelta(days=details.days_later)).isoformat(),
                carriage if details.as_published else self._carriage_as_written(carriage),
                details.seat,
                board,
                alight,
                "",
                "",
                details.role,
                "",
                person.id_type,
                person.id_number,
                person.name,
                RAILWAY if trip.mode == "train" else _OPERATORS.get(trip.number[:2], ""),
            )
        )

    def expect(self, person: Person, nhc: str, au: str, reason: str) -> None:
        """Note the expected answer about a person; under each rule set close, general or ""."""
        self.expected.append(Expectation(person, nhc, au, reason))

    def is_occupied(self, trip: DemoTrip, seat: str) -> bool:
        """Return whether somebody sits there on the trip's run, in the case's carriage."""
        return bool(_seat_names(trip.mode, seat) & self.seats_taken[trip.source_id])

    def fill(self, trip: DemoTrip) -> None:
        """Seat people around a case: a whole carriage and a part of the next, or all rows."""
        layout = layout_of(trip)
        self._describe(trip, layout)
        for seat in [place for place in layout.places if not self.is_occupied(trip, place)]:
            if self.chance.random() < 0.9:
                self.aboard(trip, self.invent.passenger(), self._some_place(trip, seat))
        if trip.mode == "train":
            beside = _next_carriage(trip.carriage)
            for seat in self.chance.sample(layout.places, 12):
                details = replace(self._some_place(trip, seat), carriage=beside)
                self.aboard(trip, self.invent.passenger(), details)

    def _some_place(self, trip: DemoTrip, seat: str) -> LegDetails:
        """Most ride as far as the case; some any other stretch of the run."""
        if not trip.calls or self.chance.random() < 0.6:
            return LegDetails(seat=seat)
        board, alight = sorted(self.chance.sample(range(len(trip.calls)), 2))
        return LegDetails(seat=seat, board_call=board, alight_call=alight)

    def _describe(self, trip: DemoTrip, layout: Layout) -> None:
        carriage = trip.carriage if trip.mode == "train" else ""
        run_date = self._run_date(trip).isoformat()
        shape = (layout.kind, "yes", layout.rows, layout.units, layout.seats)
        self.carriages.append((trip.mode, trip.number, run_date, carriage, *shape))

    @staticmethod
    def _run_date(trip: DemoTrip) -> date:
        """The date on which the run began, by which carriages are described."""
        nights = trip.calls[trip.board_call].day if trip.calls else 0
        return trip.service_date - timedelta(days=nights)

    def _carriage_as_written(self, carriage: str) -> str:
        """Railways write one carriage in several ways."""
        if not carriage.isdigit():
            return carriage
        return self.chance.choice((carriage, carriage, f"{carriage:0>2}", f"{carriage}号车厢"))


def _seat_names(mode: str, cell: str) -> set[str]:
    """Every place a cell takes; a whole row takes nobody's seat, the case sat in one of them."""
    return {
        f"{place.row}{place.letter}" if place.letter else f"{place.berth}{place.level or ''}"
        for place in seats(mode, cell).positions
        if place.letter or place.berth
    }


def _next_carriage(carriage: str) -> str:
    return str(int(carriage) % 8 + 1) if carriage.isdigit() else "1"
