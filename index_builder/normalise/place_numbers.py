"""Reads the numbers of a cell about places: what they count, lists of them, and ranges.

A number waits until a word, or the end of the cell, says what it counts: 3、17号车厢 are carriages.
"""

from __future__ import annotations

from dataclasses import dataclass

from index_builder.normalise.place_ends import PlaceEnd, PlaceWords
from index_builder.normalise.place_record import EXTRA, PlaceRecord, letters_between, seat_row
from index_builder.normalise.place_words import SEAT_LETTERS, Kind, Word

_SEAT_DIGITS = 3
_SEAT_UNITS = frozenset({Kind.SEAT, Kind.BERTH})


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A number or a range of which nothing has said yet what it counts."""

    end: PlaceEnd
    first: int
    last: int
    ranged: bool = False


class PlaceNumbers:
    """The numbers of one cell.

    context: what a number alone is here. pending: numbers of which nothing has said yet what they
    count; pending_after and after: what they, or the next word, stand behind: a carriage
    ("direct"), a carriage and a comma ("listed"), the word for seat ("seat"), a carriage behind
    that word ("swapped"). last: the last end, with which a dash may begin a range. listed: a comma
    stands since the last item. begun: there is an item. dangling: an "and" or a word for seats
    waits for what it joins.
    """

    def __init__(self, words: PlaceWords, numbers_are: Kind, highest_carriage: int) -> None:
        """numbers_are: what a number alone is: Kind.ROW, Kind.SEAT or Kind.CARRIAGE."""
        self.words = words
        self.record = PlaceRecord(numbers_are, highest_carriage)
        self.context = numbers_are
        self.pending: list[_Numbers] = []
        self.pending_after = self.after = ""
        self.last: PlaceEnd | None = None
        self.listed = self.dangling = self.begun = False

    def end(self) -> PlaceEnd:
        """Take and return the end that begins here."""
        explicit = self.context is Kind.CARRIAGE and self.record.default is not Kind.CARRIAGE
        end = self.words.end(prefixed=explicit)
        if not self.begun and not self.listed:
            self.record.everybody = False  # all seats in rows 20 to 24
        self.begun, self.dangling = True, False
        return end

    def place(self, end: PlaceEnd) -> None:
        """Note one number with what is said of it."""
        record = self.record
        if end.prefix and end.unit is None and end.readable:
            end = self._labelled(end)
        if not end.readable or end.unit is Kind.COUNTER:
            self.flush()
            record.fault(of_carriage=end.unit in {Kind.CARRIAGE, Kind.COUNTER})
            self.last = None
            return
        if end.unit is Kind.CARRIAGE:
            self._name_carriages(end, int(end.digits), int(end.digits))
        elif end.letters:
            self.flush()
            record.add_rows(seat_row(end.digits), seat_row(end.digits), end.letters)
            self.last = end
        elif end.unit is None:
            self._wait(_Numbers(end, int(end.digits), int(end.digits)))
        else:
            self._count(end, int(end.digits), int(end.digits), listed=self.listed)
        if end.unit is not Kind.CARRIAGE:
            self.after = ""
        self.listed = False

    def _labelled(self, end: PlaceEnd) -> PlaceEnd:
        """Say what letters before a number make of it: 加1 and A3 are carriages, K17 is 17K."""
        if end.prefix == EXTRA or self.context is Kind.CARRIAGE:
            return PlaceEnd(end.digits, end.prefix, Kind.CARRIAGE)
        is_seat = end.prefix in SEAT_LETTERS and len(end.prefix) == 1
        return PlaceEnd(end.digits, letters=(end.prefix,), readable=is_seat)

    def _wait(self, numbers: _Numbers) -> None:
        if not self.pending:
            self.pending_after = self.after
        self.pending.append(numbers)
        self.last = None

    def _count(self, end: PlaceEnd, first: int, last: int, *, listed: bool) -> None:
        """Note rows, seats or berths by their unit, which numbers listed before share."""
        if self.pending and listed and self.context is Kind.CARRIAGE:
            # 3、5座 may be seats 3 and 5, or seat 5 in carriage 3.
            self.record.fault(of_carriage=True)
        shared = listed and end.unit is Kind.ROW and self.context is not Kind.CARRIAGE
        self.flush(Kind.ROW if shared else None)
        self._seats(end.unit, first, last, end.level)
        self.last = end if first == last else None

    def _seats(self, unit: Kind | None, first: int, last: int, level: str | None) -> None:
        rows_only = self.record.default is Kind.ROW and unit is not Kind.BERTH
        if unit is Kind.ROW or rows_only:
            self.record.add_rows(first, last)
        else:
            self.record.add_berths(first, last, level)

    def flush(self, kind: Kind | None = None) -> None:
        """Note the pending numbers as what they are here; where they may be two things, as both."""
        pending, self.pending = self.pending, []
        if not pending:
            return
        record, kind = self.record, kind or self.context
        numbered = _is_seat(pending[0].end)
        doubtful = kind is not Kind.CARRIAGE and (
            self.pending_after == "listed" or (self.pending_after == "swapped" and not numbered)
        )
        if doubtful:
            record.unknown = True  # 3号车厢和17号: a carriage, or a seat in carriage 3
        for numbers in pending:
            if doubtful or kind is Kind.CARRIAGE:
                record.unknown |= bool(record.positions) or len(pending) > 1
                record.add_carriages(numbers.end.prefix, numbers.first, numbers.last)
            elif kind is Kind.ROW and self._numbered_seat(numbers.end):
                record.unknown = True
            elif numbers.ranged or not record.add_ticket_code(numbers.end.digits):
                self._seats(kind, numbers.first, numbers.last, None)
        if doubtful or len(pending) > 1:
            record.carriage = None if doubtful or kind is Kind.CARRIAGE else record.carriage

    def _name_carriages(self, end: PlaceEnd, first: int, last: int) -> None:
        """Note carriages by their word; numbers listed before them are carriages too."""
        record, in_seats = self.record, self.context is not Kind.CARRIAGE
        said_to_be_seats = in_seats and self.pending_after in {"direct", "seat"}
        if self.pending and said_to_be_seats and _is_seat(self.pending[-1].end):
            self.flush()  # 3车12号、5车13号
        pending, self.pending = self.pending, []
        if pending and in_seats:
            record.unknown = True
            record.residue |= said_to_be_seats
            record.carriage_unknown |= self.pending_after == "seat"
        for numbers in pending:
            record.add_carriages(numbers.end.prefix, numbers.first, numbers.last)
        record.add_carriages(end.prefix, first, last)
        if pending:
            record.carriage = None
        self.context = record.default
        # 座位5车厢3 may be seat 3 in carriage 5, or seat 5 in carriage 3.
        self.after = "swapped" if self.after == "seat" else "direct"
        self.last = end if first == last else None

    # Ranges

    def add_range(self, _: Word) -> None:
        """A dash: the number before it and the one behind it are the ends of a range."""
        waiting = self.pending[-1] if self.pending else None
        first = self.last if waiting is None else None if waiting.ranged else waiting.end
        if first is None or self.listed or not self.words.end_follows():
            self.record.fault()
            return
        second = self.end()
        if not second.readable or second.unit is Kind.COUNTER:
            self.record.fault(of_carriage=second.unit in {Kind.CARRIAGE, Kind.COUNTER})
            return
        self.last, self.after = None, ""
        seat_first = waiting is None and first.unit is not Kind.CARRIAGE
        if seat_first and self.context is Kind.CARRIAGE and not (second.unit or second.letters):
            self.record.fault(of_carriage=True)  # 3车12A-5: a row, or a carriage
        if Kind.CARRIAGE in {first.unit, second.unit}:
            self._carriage_range(first, second)
        elif first.letters or second.letters:
            self._lettered_range(first, second)
        else:
            self._number_range(first, second)
        self.listed = False

    def _carriage_range(self, first: PlaceEnd, second: PlaceEnd) -> None:
        """`3车-5车`, `3-5车`; a dash between carriage and seat joins the two: `3车-12A`."""
        one, other = sorted((int(first.digits), int(second.digits)))
        is_seat = self._explicit_rows() or self.pending_after in {"direct", "seat", "swapped"}
        if self.pending and is_seat and self.context is not Kind.CARRIAGE:
            self.record.fault(of_carriage=True)
        elif second.unit is Kind.CARRIAGE and self.pending and first.prefix == second.prefix:
            self.pending.pop()
            self._name_carriages(second, one, other)
        elif second.unit is not Kind.CARRIAGE and (second.letters or second.unit):
            self.place(second)
        elif first.prefix != second.prefix or first.unit is not Kind.CARRIAGE:
            self.record.fault(of_carriage=True)
        else:
            if second.unit is None and self.context is not Kind.CARRIAGE:
                self.record.unknown = True  # 3车-5号 may be a seat in carriage 3
            self._name_carriages(second, one, other)

    def _lettered_range(self, first: PlaceEnd, second: PlaceEnd) -> None:
        """`12A-12C`, `24-26 A、C`; where it may run from seat to seat every row of it is whole."""
        if self.pending:
            self.pending.pop()
        self.flush()
        one, other = sorted((seat_row(first.digits), seat_row(second.digits)))
        self.record.unknown |= self._numbered_seat(first) or self._numbered_seat(second)
        if {first.unit, second.unit} & _SEAT_UNITS or first.prefix or second.prefix:
            self.record.fault()
        elif letters := letters_between(first, second):
            self.record.add_rows(one, other, letters)
        elif not first.letters and len(second.letters) > 1:
            self.record.add_rows(one, other, second.letters)
        else:
            self.record.add_whole_rows(one, other, first)

    def _explicit_rows(self) -> bool:
        """Whether a word says that the numbers here are rows, where they need not be."""
        return self.context is Kind.ROW is not self.record.default

    def _numbered_seat(self, end: PlaceEnd) -> bool:
        """Whether 号 says that a number counts seats, where seats are numbered: it is no row."""
        return end.numbered and not end.letters and self.record.default is Kind.SEAT

    def _number_range(self, first: PlaceEnd, second: PlaceEnd) -> None:
        one, other = sorted((int(first.digits), int(second.digits)))
        first_unit = first.unit or (Kind.ROW if self.pending and self._explicit_rows() else None)
        unit = second.unit or first_unit
        if unit is not (first_unit or second.unit) or first.prefix or second.prefix:
            self.record.fault()
            return
        listed = self.listed
        if self.pending:
            listed = len(self.pending) > 1
            self.pending.pop()
        if unit is Kind.ROW and (self._numbered_seat(first) or self._numbered_seat(second)):
            self.record.unknown = True
        if unit is None:
            self.pending.append(_Numbers(second, one, other, ranged=True))
        else:
            self._count(PlaceEnd(second.digits, unit=unit), one, other, listed=listed)
            self.record.whole_rows &= one < other  # a letter says more than row 47 to row 47
        self.last = None


def _is_seat(end: PlaceEnd) -> bool:
    """Whether a number behind a carriage is a seat: 号 says so, or three digits: 012."""
    return end.numbered or len(end.digits) >= _SEAT_DIGITS
