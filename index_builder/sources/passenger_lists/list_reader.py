"""Reads the folder `passenger_lists/` of a source, flight by flight, into rows of legs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Never

from index_builder.sources.passenger_lists.airline_messages import NO_FLIGHT, Message, messages
from index_builder.sources.passenger_lists.flights import (
    Flight,
    FlightList,
    ListedMessage,
    combine,
    sharing_flights,
)
from index_builder.sources.passenger_lists.travellers import passengers, rows_of
from index_builder.sources.reject_list import RejectList
from tables.table_faults import TableUnreadable
from tables.text_encodings.encodings import detect_encoding

FOLDER = "passenger_lists"
SUFFIXES = frozenset({".pnl", ".adl", ".pfs", ".txt"})
LEG_COLUMNS = (
    "mode",
    "number",
    "service_date",
    "seat",
    "board",
    "alight",
    "role",
    "booking",
    "id_type",
    "id_number",
    "name",
    "operator",
)
SENT_AHEAD_DAYS = 7
"""A list may be sent this many days before its flight."""
FILE_ROWS, LINE_ROWS = 10**10, 1000
"""The row of a leg is file × 10^10 + line × 1000 + place in the line; files count from 1."""

_SHANGHAI = timezone(timedelta(hours=8))
_LINE_MAX_CHARACTERS = 1024
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DATE_IN_NAME = re.compile(r"(?<![0-9])(20[0-9]{2})-?([0-9]{2})-?([0-9]{2})(?![0-9])")


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder of lists, in the order in which the rows of legs count them."""
    return sorted(path for path in folder.iterdir() if path.is_file())


def place_of_row(folder: Path, row: int) -> tuple[str, int] | None:
    """Return the file and line from which a row of legs was made, None for one of a table."""
    file, within = divmod(row, FILE_ROWS)
    return (f"{FOLDER}/{files_of(folder)[file - 1].name}", within // LINE_ROWS) if file else None


@dataclass
class ListTotals:
    """The control total of the names in all lists.

    names = aboard + repeats + 2 × (deleted + not_aboard) + doubts: who is taken off is named
    in the list and in what takes them off. faults: lines that could not be read. short: how many
    passengers the totals of the lists count beyond those that they name.
    """

    files: int = 0
    flights: int = 0
    names: int = 0
    aboard: int = 0
    repeats: int = 0
    deleted: int = 0
    not_aboard: int = 0
    doubts: int = 0
    faults: int = 0
    short: int = 0

    def remarks(self) -> list[str]:
        """Return the control total as a remark, and one on passengers without a name."""
        remarks = [
            f"{FOLDER}: {self.files} files, {self.flights} flights, {self.names} names: "
            f"{self.aboard} aboard, {self.repeats} told of again, {self.deleted} deleted, "
            f"{self.not_aboard} not aboard by the final list, {self.doubts} deletions that fit "
            "nobody for certain (everyone stays)"
        ]
        if self.short:
            remarks.append(f"{FOLDER}: {self.short} passengers are counted in lists and not named")
        return remarks


class PassengerLists:
    """All lists of a directory; iterated, the rows that they make of legs.

    as_of: the day to which the data reach; by default when each file was changed. encoding: that of
    files which prove none. Raises
    TableUnreadable for a file that is no list, and for a list that is cut short.
    """

    def __init__(
        self, folder: Path, rejects: RejectList, as_of: date | None, encoding: str = ""
    ) -> None:
        self.files = files_of(folder)
        self.totals = ListTotals(files=len(self.files))
        self._rejects = rejects
        self._as_of = as_of
        self._encoding = encoding
        for path in self.files:
            if path.suffix.lower() not in SUFFIXES:
                suffixes = ", ".join(sorted(SUFFIXES))
                message = f"{FOLDER}/{path.name}: not read; a passenger list ends in {suffixes}"
                raise TableUnreadable(message)

    @property
    def oldest(self) -> datetime:
        """The time (UTC) of the file that was changed longest ago."""
        return datetime.fromtimestamp(min(path.stat().st_mtime for path in self.files), UTC)

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield (row, cells of LEG_COLUMNS); lists that share a flight are read together."""
        for files in sharing_flights([self._flights_of(place) for place in range(len(self.files))]):
            flights: dict[Flight, list[ListedMessage]] = {}
            for place in files:
                for message in self._messages(place, listing=True):
                    flight = self._flight(place, message)
                    flights.setdefault(flight, []).append(ListedMessage(place, message))
            for flight, lists in flights.items():
                self._check_whole(lists)
                yield from self._rows(flight, lists)

    def _flights_of(self, place: int) -> set[Flight]:
        flights = {self._flight(place, message) for message in self._messages(place)}
        if not flights:
            self._refuse(place, "no PNL, ADL or PFS in it")
        return flights

    def _messages(self, place: int, *, listing: bool = False) -> Iterator[Message]:
        path = self.files[place]
        outside: list[tuple[int, str]] = []
        for message in messages(self._lines(path, outside), outside):
            if listing:
                self._list_faults(path, message.faults)
            yield message
        for line, reason in outside:
            if reason == NO_FLIGHT:
                self._refuse(place, f"row {line}: {reason}")
        if listing:
            self._list_faults(path, outside)

    def _lines(self, path: Path, faults: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        encoding = detect_encoding(path, self._encoding)
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    text = line.decode(encoding)
                except UnicodeDecodeError:
                    faults.append((number, "not valid text in the file's encoding"))
                    continue
                if len(text) > _LINE_MAX_CHARACTERS:
                    faults.append((number, f"longer than {_LINE_MAX_CHARACTERS} characters"))
                    continue
                yield number, text

    def _list_faults(self, path: Path, faults: Iterable[tuple[int, str]]) -> None:
        for line, reason in faults:
            self._rejects.reject(f"{FOLDER}/{path.name}", line, "", reason)
            self.totals.faults += 1

    def _flight(self, place: int, message: Message) -> Flight:
        match = message.flight
        month = _MONTHS.index(match["month"]) + 1 if match["month"] in _MONTHS else 0
        on = self._date(self.files[place], match["year"], month, int(match["day"]))
        if on is None:
            self._refuse(place, f"row {message.line}: no such day in the flight line")
        return match["airline"] + match["number"], on, match["board"]

    def _date(self, path: Path, year: str | None, month: int, day: int) -> date | None:
        """The year: of the flight line, of a date in the file's name, else the last that fits."""
        if year:
            return _possible(int(year) if len(year) == 4 else 2000 + int(year), month, day)
        for date_in_name in _DATE_IN_NAME.finditer(path.stem):
            if (month, day) == (int(date_in_name[2]), int(date_in_name[3])):
                return _possible(int(date_in_name[1]), month, day)
        changed = datetime.fromtimestamp(path.stat().st_mtime, _SHANGHAI).date()
        last = (self._as_of or changed) + timedelta(days=SENT_AHEAD_DAYS)
        years = (_possible(last.year - back, month, day) for back in range(9))
        return next((on for on in years if on is not None and on <= last), None)

    def _check_whole(self, lists: Sequence[ListedMessage]) -> None:
        """Refuse a list that is cut: whoever stood in the rest would be told "not found"."""
        for kind in ("PNL", "ADL", "PFS"):
            parts = [listed for listed in lists if listed.message.kind == kind]
            for listed in parts:
                if not listed.message.ended:
                    what = f"not ended by ENDPART or END{kind}: is it cut short?"
                    self._refuse(listed.file, f"row {listed.message.line}: {what}")
            final = [listed.message.part for listed in parts if listed.message.final]
            expected = sorted(part for last in final for part in range(1, last + 1))
            if expected != sorted(listed.message.part for listed in parts):
                what = f"a part of the {kind} is missing, or there twice"
                self._refuse(parts[0].file, f"row {parts[0].message.line}: {what}")

    def _refuse(self, place: int, what: str) -> Never:
        message = f"{FOLDER}/{self.files[place].name}: {what}"
        raise TableUnreadable(message)

    def _rows(
        self, flight: Flight, lists: Sequence[ListedMessage]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        number, on, board = flight
        flight_list = combine(lists)
        self._count(lists, flight_list)
        within: dict[tuple[int, int], int] = {}
        for file, traveller in flight_list.aboard:
            numbers = "/".join(dict.fromkeys([number, *traveller.marketed_as]))
            for role, id_type, id_number, name in rows_of(traveller):
                place = within[file, traveller.line] = within.get((file, traveller.line), -1) + 1
                row = (file + 1) * FILE_ROWS + traveller.line * LINE_ROWS + place
                yield (
                    row,
                    (
                        "flight",
                        numbers,
                        on.isoformat(),
                        "|".join(dict.fromkeys(traveller.seats)),
                        board,
                        traveller.alight,
                        role,
                        next(iter(traveller.bookings), ""),
                        id_type,
                        id_number,
                        name,
                        re.sub(r"[0-9]+[A-Z]?$", "", number),
                    ),
                )

    def _count(self, lists: Sequence[ListedMessage], flight_list: FlightList) -> None:
        for file, line, reason in flight_list.doubts:
            self._rejects.warn(f"{FOLDER}/{self.files[file].name}", line, "", reason)
        totals = self.totals
        totals.flights += 1
        totals.aboard += len(flight_list.aboard)
        totals.repeats += flight_list.repeats
        totals.deleted += flight_list.deleted
        totals.not_aboard += flight_list.not_aboard
        totals.doubts += len(flight_list.doubts)
        totals.short += _short(listed.message for listed in lists)
        for listed in lists:
            totals.names += sum(map(passengers, listed.message.elements))
            for element in listed.message.elements:
                for reason in sorted(element.unread):
                    table = f"{FOLDER}/{self.files[listed.file].name}"
                    self._rejects.warn(table, element.line, "", reason)


def _short(lists: Iterable[Message]) -> int:
    """Return how many passengers the totals of a flight's PNL count beyond those it names."""
    booked: dict[tuple[str, str], int] = {}
    named = 0
    for message in lists:
        if message.kind == "PNL":
            for place, count in message.totals.items():
                booked[place] = max(booked.get(place, 0), count)
            named += sum(map(passengers, message.elements))
    return max(sum(booked.values()) - named, 0)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
