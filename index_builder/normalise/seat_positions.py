"""Seats and berths of a cell, in every spelling that published notices and passenger lists use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from exposure_index.trip_text.folding import (
    han_numbers_as_digits,
    says_unknown,
    spaced,
    without_unknown_words,
)

ROW_MAXIMUM = 99
BERTH_MAXIMUM = 200  # the longest hard-seat carriage in service holds 128, double-deckers more
_LETTERS = "ABCDEFGHJKL"  # no seat is called I

# One alternative a spelling; the first that fits where the reader stands wins.
_SPELLINGS = re.compile(
    r"""
    (?P<standing> 无座 | 站票 | 无票 | STANDING | (?<![A-Z])WZ(?![A-Z]) )
  | (?P<crew> (?<![A-Z])(?:CC|CREW|CABIN\ CREW|FLIGHT\ ATTENDANT)(?![A-Z])
        | 机组(?:人员)? | 乘务员? | 空乘 | 列车员 )
  | (?P<infant> (?<![A-Z])(?:INF|INFANT)(?![A-Z]) | 婴儿 )
  | (?P<from_the_end> 倒数第?[0-9]{1,2}\ ?[节号]?(?:车厢|车箱|车)? )
  | 第?(?P<carriage> 加?[0-9]{1,2} | (?<![A-Z])[A-Z][0-9] )\ ?(?:号|节)?(?:车厢|车箱|车)
  | 0*(?P<berth> [0-9]{1,3})\ ?(?:号|床|座|位)*\ ?(?P<level>[上中下])(?:铺|\b|(?=[^A-Z0-9]))铺?
  | 0*(?P<from_row> [0-9]{1,3})(?P<from_letter>[A-Z])\ ?[-~至到]\ ?0*(?P<to_row> [0-9]{1,3})
        (?P<to_letter>[A-Z])(?![A-Z0-9])
  | (?:第|ROWS?\ ?)?0*(?P<first_row> [0-9]{1,3})\ ?排?[-~至到]第?0*(?P<last_row>[0-9]{1,3})
        \ ?排?(?P<range_letters>[A-Z](?![A-Z0-9]))?
  | (?:第|(?<![A-Z])R)?0*(?P<row> [0-9]{1,3})\ ?(?:号|排|-)?\ ?\(?
        (?P<letters> [A-Z]{1,10}(?![A-Z0-9])(?:-[A-Z](?![A-Z0-9]))?)
  | (?:第|ROWS?\ ?)0*(?P<rows> [0-9]{1,3}(?:[/,、][0-9]{1,3})*)\ ?排?
  | 0*(?P<whole_row> [0-9]{1,3})\ ?排
  | (?<![A-Z0-9])(?P<letter_first> [A-Z])0*(?P<row_after>[0-9]{1,2})(?![A-Z0-9])
  | (?<![A-Z0-9])(?P<more_letters> [A-Z]{1,10})(?![A-Z0-9])
  | (?P<number> [0-9]{1,9})
    """,
    re.VERBOSE,
)
# Words around a seat that do not change it.
_AROUND = re.compile(
    r"座位号?|座次|座席|坐席|坐位|席位|号码|经停(?:[^0-9A-Z]*)|网上订票信息为|"
    r"头等舱|商务舱|经济舱|公务舱|商务座|特等座|一等座|二等座|硬卧|软卧|硬座|软座|卧铺|"
    r"靠窗|窗边|靠过道|过道|(?<![A-Z])(?:SEATS?|NO|BERTHS?|AND)(?![A-Z])"
)
_MARKS = re.compile(r"[\s,、;:/|\\()\[\]+&.。和及为是号排座位铺床厢在-]+")


@dataclass(frozen=True, slots=True)
class SeatPosition:
    """One place: a seat (row and letter), a whole row (row alone), or a numbered seat or berth."""

    row: int | None = None
    letter: str | None = None
    berth: int | None = None
    level: str | None = None  # 上, 中 or 下
    carriage: str | None = None  # where written with this very seat


@dataclass(frozen=True, slots=True)
class Seats:
    """Every place a cell names.

    unknown: some or all of it could not be placed, so positions alone are not enough and the
    widening for unknown seats applies; always set for standing, crew and an infant without seat.
    carriage: the one carriage named in the cell; None where it names none or several.
    """

    positions: tuple[SeatPosition, ...] = ()
    standing: bool = False
    unknown: bool = False
    carriage: str | None = None
    crew: bool = False
    infant: bool = False
    carriages: tuple[str, ...] = ()  # every carriage named, for seats changed under way


@dataclass
class _Reading:
    """The state of reading one cell."""

    numbers_are_rows: bool
    positions: list[SeatPosition] = field(default_factory=list)
    carriages: dict[str, None] = field(default_factory=dict)
    carriage: str | None = None
    row: int | None = None  # of the last seat, for `13排A、B、C座`
    standing: bool = False
    crew: bool = False
    infant: bool = False
    unknown: bool = False


def seats(mode: str | None, text: str) -> Seats:
    """Return the places a cell names; never raises.

    mode: on flights a number alone is a row, elsewhere a numbered seat or berth.
    """
    folded = han_numbers_as_digits(spaced(text))
    reading = _Reading(numbers_are_rows=mode == "flight", unknown=says_unknown(folded))
    folded = _AROUND.sub(" ", without_unknown_words(folded))
    stood = 0
    for match in _SPELLINGS.finditer(folded):
        reading.unknown |= _MARKS.sub("", folded[stood : match.start()]) != ""
        _take(reading, match)
        stood = match.end()
    reading.unknown |= _MARKS.sub("", folded[stood:]) != ""
    positions = tuple(dict.fromkeys(reading.positions))
    carriages = tuple(reading.carriages)
    return Seats(
        positions=positions,
        standing=reading.standing,
        unknown=reading.unknown or not positions or reading.standing or reading.crew,
        carriage=carriages[0] if len(carriages) == 1 else None,
        crew=reading.crew,
        infant=reading.infant,
        carriages=carriages,
    )


def _take(reading: _Reading, match: re.Match[str]) -> None:
    if match["standing"]:
        reading.standing = True
    elif match["crew"]:
        reading.crew = True
    elif match["infant"]:
        reading.infant = True
    elif match["from_the_end"]:
        reading.unknown = True  # trains are not of one length
    elif match["carriage"]:
        reading.carriage = _carriage_label(match["carriage"])
        if reading.carriage:
            reading.carriages[reading.carriage] = None
    elif match["number"]:
        _take_number(reading, match["number"])
    else:
        places = list(_places(reading, match))
        reading.unknown |= not places
        reading.positions.extend(places)
        if places:
            reading.row = places[-1].row


def _places(reading: _Reading, match: re.Match[str]) -> Iterator[SeatPosition]:
    """The seats of one match; none where it is no possible seat."""
    at = reading.carriage
    if match["berth"]:
        if 0 < int(match["berth"]) <= BERTH_MAXIMUM:
            yield SeatPosition(berth=int(match["berth"]), level=match["level"], carriage=at)
    elif match["from_row"]:
        yield from _stretch(match, at)
    elif match["first_row"]:
        first, last = int(match["first_row"]), int(match["last_row"])
        if 0 < first <= last <= ROW_MAXIMUM:
            for row in range(first, last + 1):
                yield SeatPosition(row=row, letter=match["range_letters"], carriage=at)
    elif match["row"]:
        yield from _lettered(int(match["row"]), match["letters"], at)
    elif match["rows"] or match["whole_row"]:
        for row in re.findall("[0-9]+", match["rows"] or match["whole_row"]):
            if 0 < int(row) <= ROW_MAXIMUM:
                yield SeatPosition(row=int(row), carriage=at)
    elif match["letter_first"]:
        yield from _lettered(int(match["row_after"]), match["letter_first"], at)
    elif reading.row is not None:
        yield from _lettered(reading.row, match["more_letters"], at)


def _stretch(match: re.Match[str], carriage: str | None) -> Iterator[SeatPosition]:
    """`12A-12C` is three seats; `12A-14C` every seat of the three rows, whichever way counted."""
    first, last = int(match["from_row"]), int(match["to_row"])
    if first == last:
        yield from _lettered(first, f"{match['from_letter']}-{match['to_letter']}", carriage)
    elif 0 < first < last <= ROW_MAXIMUM:
        for row in range(first, last + 1):
            yield SeatPosition(row=row, carriage=carriage)


def _lettered(row: int, letters: str, carriage: str | None) -> Iterator[SeatPosition]:
    if "-" in letters:
        first, _, last = letters.rpartition("-")
        ends = (_LETTERS.find(first), _LETTERS.find(last))
        letters = _LETTERS[ends[0] : ends[1] + 1] if 0 <= ends[0] <= ends[1] else "?"
    if 0 < row <= ROW_MAXIMUM and set(letters) <= set(_LETTERS):
        for letter in letters:
            yield SeatPosition(row=row, letter=letter, carriage=carriage)


def _take_number(reading: _Reading, digits: str) -> None:
    """A number alone. Railway ticket codes: 0048 is seat 48, 03008 is carriage 3, seat 8."""
    value = int(digits)
    if reading.numbers_are_rows:
        if 0 < value <= ROW_MAXIMUM and len(digits) <= 3:
            reading.positions.append(SeatPosition(row=value, carriage=reading.carriage))
            reading.row = value
        else:
            reading.unknown = True
        return
    if len(digits) == 5 and 0 < int(digits[2:]) <= BERTH_MAXIMUM and int(digits[:2]) > 0:
        reading.carriage = str(int(digits[:2]))
        reading.carriages[reading.carriage] = None
        value = int(digits[2:])
    # A published 3008 stood beside carriage 13: digits are missing, and who knows which.
    if 0 < value <= BERTH_MAXIMUM:
        reading.positions.append(SeatPosition(berth=value, carriage=reading.carriage))
        reading.row = value if value <= ROW_MAXIMUM else None
    else:
        reading.unknown = True


def _carriage_label(text: str) -> str:
    kind = text.rstrip("0123456789")
    return kind + text[len(kind) :].lstrip("0")
