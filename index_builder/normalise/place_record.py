"""What a cell about places has been found to name: places, carriages, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from index_builder.normalise.place_ends import PlaceEnd
from index_builder.normalise.place_words import SEAT_LETTERS, Kind

ROW_MAXIMUM = 99
BERTH_MAXIMUM = 200  # the longest hard-seat carriage in service holds 128, double-deckers more
CARRIAGES_MAXIMUM = 60
"""More in one cell are no list of carriages, nor is a longer range."""
DINING_CAR = "餐车"
EXTRA = "加"
_TRAIN_MAXIMUM = 99  # 317 is 3 and 17 of which a comma got lost
_CABIN_MAXIMUM = 9_999
_ROW_MAXIMUM_DIGITS = 3  # 001F
_TICKET_CODE_DIGITS = 5
_TICKET_CODE_CARRIAGES = 30  # 03008 is carriage 3, seat 8; 43902 is a date that Excel made a number
_CLASS_CODES = frozenset({"YZ", "RZ", "YW", "RW", "GW", "ZE", "ZY", "ZT", "SW"})
"""The railway's class codes before a carriage's number: YW3 is hard sleeper, carriage 3.

ZE, ZY, ZT and SW are those of multiple units: second, first, premium and business class.
"""


@dataclass(frozen=True, slots=True)
class SeatPosition:
    """One place: a seat (row and letter), a whole row (row alone), or a numbered seat or berth."""

    row: int | None = None
    letter: str | None = None
    berth: int | None = None
    level: str | None = None  # 上, 中 or 下
    carriage: str | None = None  # where written with this very seat


@dataclass(frozen=True, slots=True)
class Places:
    """Every place a cell names.

    unknown: some or all of it could not be placed, so positions alone are not enough and the
    widening for unknown seats applies; always set for standing, crew and an infant without seat.
    carriages: every carriage named; carriage_unknown: it may have been another one as well.
    residue: the cell holds something that is not understood, or that may mean two things.
    """

    positions: tuple[SeatPosition, ...] = ()
    carriages: tuple[str, ...] = ()
    standing: bool = False
    unknown: bool = False
    carriage_unknown: bool = False
    crew: bool = False
    infant: bool = False
    residue: bool = False


@dataclass(slots=True)
class PlaceRecord:
    """The places of a cell as far as it has been read.

    default: what a number alone is: Kind.ROW, Kind.SEAT or Kind.CARRIAGE; carriage_maximum: the
    highest number that a carriage may have. rows: those of the last
    seat, for `13排A、B、C座`; whole_rows: they have no letter yet; new_rows: those of them that
    nothing named before.
    """

    default: Kind
    carriage_maximum: int
    positions: dict[SeatPosition, None] = field(default_factory=dict)
    carriages: dict[str, None] = field(default_factory=dict)
    carriage: str | None = None
    rows: tuple[int, ...] = ()
    whole_rows: bool = False
    new_rows: list[SeatPosition] = field(default_factory=list)
    standing: bool = False
    crew: bool = False
    infant: bool = False
    everybody: bool = False
    unknown: bool = False
    carriage_unknown: bool = False
    residue: bool = False

    def fault(self, *, of_carriage: bool = False) -> None:
        """Note that something is not understood; of_carriage: it may name a carriage."""
        self.residue = True
        self.carriage_unknown |= of_carriage or self.default is Kind.CARRIAGE

    def add_rows(self, first: int, last: int, letters: Iterable[str] = ()) -> None:
        """Add the seats with these letters in a row or in all rows of a range, whole without."""
        if not 0 < first <= last <= ROW_MAXIMUM:
            self._impossible(first)
            return
        self.rows, self.whole_rows = tuple(range(first, last + 1)), not letters
        whole = [SeatPosition(row, carriage=self.carriage) for row in self.rows]
        self.new_rows = [place for place in whole if place not in self.positions]
        self._add_seats(letters)

    def _add_seats(self, letters: Iterable[str]) -> None:
        for row in self.rows:
            for letter in letters or (None,):
                self.positions[SeatPosition(row, letter, carriage=self.carriage)] = None

    def add_whole_rows(self, first: int, last: int, end: PlaceEnd) -> None:
        """Add rows that no letter narrows, in the place of the seats of one end of their range."""
        for letter in end.letters:
            place = SeatPosition(int(end.digits), letter, carriage=self.carriage)
            self.positions.pop(place, None)
        self.add_rows(first, last)
        self.rows = ()

    def add_letters(self, letters: tuple[str, ...]) -> None:
        """Add seats to the last rows; rows named whole before are those seats only.

        One letter narrows no range: `24-26 A` may end at seat 26A, and all rows stay whole.
        """
        if self.whole_rows and len(self.rows) > 1 and len(letters) == 1:
            return
        if self.whole_rows:
            for place in self.new_rows:
                self.positions.pop(place, None)
        self.whole_rows = False
        self._add_seats(letters)

    def add_berths(self, first: int, last: int, level: str | None = None) -> None:
        """Add numbered seats or berths; a letter that follows belongs to a row of that number."""
        if not 0 < first <= last <= BERTH_MAXIMUM:
            self._impossible(first)
            return
        for berth in range(first, last + 1):
            place = SeatPosition(berth=berth, level=level, carriage=self.carriage)
            self.positions[place] = None
        self.rows = (last,) if first == last <= ROW_MAXIMUM else ()
        self.whole_rows = False

    def _impossible(self, number: int) -> None:
        """Note a number that no seat has; 0 fills a field of somebody's form."""
        self.rows = ()
        self.unknown = True
        self.residue |= number != 0

    def add_ticket_code(self, digits: str) -> bool:
        """Add carriage and seat of a railway ticket's five digits; return whether it is a code."""
        split = _TICKET_CODE_DIGITS - 3
        if len(digits) != _TICKET_CODE_DIGITS:
            return False
        carriage, seat = int(digits[:split]), int(digits[split:])
        if 0 < carriage <= _TICKET_CODE_CARRIAGES and 0 < seat <= BERTH_MAXIMUM:
            self.carriage = str(carriage)
            self.carriages[self.carriage] = None
            self.add_berths(seat, seat)
            return True
        return False

    def add_carriages(self, prefix: str, first: int, last: int) -> None:
        """Add a carriage or a range of them; seats that follow are in it where it is one."""
        prefix = "" if prefix in _CLASS_CODES else prefix
        fits = last <= self.carriage_maximum and last - first < CARRIAGES_MAXIMUM
        if not fits or (first == 0 and last > 0):
            self.carriage = None
            self.fault(of_carriage=True)
        elif last == 0:
            self.carriage_unknown = self.unknown = True
        else:
            # 加1、3号车厢 may be the extra carriages 1 and 3, or the extra one and carriage 3.
            extra = not prefix and any(label.startswith(EXTRA) for label in self.carriages)
            for number in range(first, last + 1):
                self.carriages[f"{prefix}{number}"] = None
                if extra:
                    self.carriages[f"{EXTRA}{number}"] = None
            self.carriage = f"{prefix}{first}" if first == last and not extra else None
        self.rows = ()

    def add_label(self, label: str) -> None:
        """Add a carriage whose label is no number: B, 餐车."""
        self.carriages[label] = None
        self.carriage = label
        self.rows = ()

    def places(self) -> Places:
        """Return what has been found, once the whole cell is read."""
        if len(self.carriages) > CARRIAGES_MAXIMUM:
            self.carriages.clear()
            self.fault(of_carriage=True)
        positions = tuple(self.positions)
        if len(self.carriages) > 1 and any(place.carriage is None for place in positions):
            # Seats stand before their carriages, or several carriages before their seats.
            positions = tuple(dict.fromkeys(map(_without_carriage, positions)))
        seatless = not positions or self.standing or self.crew or self.everybody
        lost = self.everybody or (self.residue and bool(self.carriages))
        return Places(
            positions,
            tuple(self.carriages),
            self.standing,
            self.unknown or self.residue or seatless,
            self.carriage_unknown or lost,
            self.crew,
            self.infant,
            self.residue,
        )


def _without_carriage(place: SeatPosition) -> SeatPosition:
    return SeatPosition(place.row, place.letter, place.berth, place.level)


def letters_between(first: PlaceEnd, last: PlaceEnd) -> tuple[str, ...]:
    """Return the letters of `12A-12C`; () where the ends are not one letter each of one row."""
    ends = (first, last)
    if int(first.digits) != int(last.digits) or any(len(end.letters) != 1 for end in ends):
        return ()
    one, other = sorted(SEAT_LETTERS.find(end.letters[0]) for end in ends)
    return tuple(SEAT_LETTERS[one : other + 1])


def carriage_maximum(mode: str | None) -> int:
    """Return the highest number of a carriage, of a car of a metro or a cabin of a ship."""
    return _TRAIN_MAXIMUM if mode == "train" else _CABIN_MAXIMUM


def seat_row(digits: str) -> int:
    """Return the number of a row, one that no row has where it has too many digits."""
    return int(digits) if len(digits) <= _ROW_MAXIMUM_DIGITS else ROW_MAXIMUM + 1
