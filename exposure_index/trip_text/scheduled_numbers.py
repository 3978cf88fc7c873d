"""Numbers of flights and trains in a cell, read whole or not at all.

A flight needs a designator and digits: the designator stands before them, or the cell names the
airline. What joins one number to another without being known to is no number of this cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from exposure_index.trip_text.airlines import DESIGNATORS, IATA_OF_ICAO, is_of_airline
from exposure_index.trip_text.number_parts import (
    Part,
    parts_of,
    understood,
    without_days_and_times,
)

# Before digits and a space these are words, and not the airlines of the same letters.
_WORDS = "AM AN AS AT BY DO EX GO HE IF IN IS IT ME MY NO OF ON OR PM SO TO UP US WE"
# Three letters before digits that are words, and no airline of the table has them.
_WORDS_OF_THREE = """
JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN THE AND FOR NOT ROW
CAR CAB BUS AIR JET FLT FLY SEA
VAN VIA DAY AGE BED ANY ALL NUM REF TEL PNR SET OUT OFF TAG TAX WAY USE NIL TBA TBC TBD UNK
"""
_NO_DESIGNATORS = "|".join(sorted(frozenset(_WORDS_OF_THREE.split()) - DESIGNATORS))
# IATA designator (two characters, at least one a letter) or ICAO designator (three letters), the
# number and, after a delay, one letter. Five digits and more are a slip that is kept.
_FLIGHT_FORM = (
    rf"(?!NO[ .-]|(?:{_NO_DESIGNATORS})[ .-]{{0,2}}[0-9])"
    r"([A-Z]{3}|[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])([ .-]{0,2})([0-9]{1,6})([A-Z]?)(?![A-Z0-9])"
)
_FLIGHT = re.compile(_FLIGHT_FORM)
_FLIGHT_AMONG_WORDS = re.compile(rf"(?!(?:{'|'.join(_WORDS.split())}) ){_FLIGHT_FORM}")
# CA/1234, CA_1234 alone in a cell; PVG/PEK, airports of a route beside a number.
_MARKED_FLIGHT = re.compile(r"([A-Z]{3}|[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])[/_]([0-9]{3,4})")
_AIRPORTS = re.compile(r"(?<![A-Z0-9])([A-Z]{3})/([A-Z]{3})(?![A-Z0-9/])")
_TRAIN = re.compile(r"([A-Z])([ .-]{0,2})([0-9]{1,4})(?![A-Z0-9])")
_FLIGHT_DIGITS_MAX = 4
_UNKNOWN_DESIGNATOR_DIGITS_MIN = 3
_ENDING_APART_MAX = 9
# A320, B738: not a second number, or all flights of that type would be one.
_AIRCRAFT = re.compile(r"[A-Z][0-9]{3}")
# Digit zero typed for the letter O. Only designators where the form with the letter belongs to an
# airline and the form with the digit to nobody; others stay as typed, for a guess could join two
# services. (H03461 of a published notice is HO3461, Juneyao.)
_ZERO_FOR_O = {"H0": "HO", "0Z": "OZ", "0K": "OK", "0S": "OS"}
_CANONICAL_DESIGNATORS = {**IATA_OF_ICAO, **_ZERO_FOR_O}
_KNOWN_DESIGNATORS = DESIGNATORS | _ZERO_FOR_O.keys()
_DAY_OR_TIME = re.compile(
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:[01][0-9]|2[0-3])[0-5][0-9]"
)
_CARRIAGE_DIGITS_MAX = 2


def flight_numbers(folded: str) -> tuple[str, ...]:
    """Return the canonical numbers of a folded cell; () where it is not read whole."""
    text = _AIRPORTS.sub(r"\1-\2", without_days_and_times(folded))
    marked = _MARKED_FLIGHT.fullmatch(text.strip())
    if marked and marked[1] in _KNOWN_DESIGNATORS:
        text = marked[1] + marked[2]
    alone = _FLIGHT.fullmatch(text.strip()) is not None
    parts = list(parts_of(text, "flight", _FLIGHT if alone else _FLIGHT_AMONG_WORDS))
    numbers = [part for part in parts if part.kind == "number"]
    if len(numbers) > 1:
        parts = [part for part in parts if not _is_aircraft(part)]
        numbers = [part for part in parts if part.kind == "number"]
    single = len(numbers) == 1
    parts = _with_words_of_airlines(parts, numbers)
    if not understood(parts) or not all(
        alone or _is_flight(each.value, single=single) for each in numbers
    ):
        return ()
    airlines = {part.value for part in parts if part.kind == "airline"}
    first = airlines.pop() if not numbers and len(airlines) == 1 else None
    # A slip with more digits than any flight stands behind the number that it is a slip of.
    return tuple(sorted(_read("flight", parts, first), key=is_too_long))


def flight_digits(folded: str) -> str:
    """Return the digits of a flight whose airline the cell does not name; "" for any other cell.

    `Flight 4014` is 4014; without leading zeros. The cell is read whole or not at all.
    """
    parts = list(parts_of(without_days_and_times(folded), "flight", _FLIGHT_AMONG_WORDS))
    digits = [part.value for part in parts if part.kind == "digits"]
    named = any(part.kind in {"number", "airline"} for part in parts)
    if named or len(digits) != 1 or len(digits[0]) > _FLIGHT_DIGITS_MAX or not understood(parts):
        return ""
    return _bare(digits[0])


def digits_of_flight(number: str) -> str:
    """Return the digits of a canonical flight number: 4014 of CZ4014; "" where it is none."""
    match = _FLIGHT.fullmatch(number)
    return match[3] if match else ""


def train_numbers(folded: str) -> tuple[str, ...]:
    """Return the canonical numbers of a folded cell; () where it is not read whole."""
    parts = list(parts_of(without_days_and_times(folded), "train", _TRAIN))
    if not understood(parts):
        return ()
    lettered = any(part.kind == "number" for part in parts)
    return _read("train", parts, None if lettered else "")


def has_unknown_designator(number: str) -> bool:
    """Return whether a canonical flight number bears three letters that no known airline has.

    It joins no row in which the flight stands under the two characters of its ticket.
    """
    match = _FLIGHT.fullmatch(number)
    return match is not None and len(match[1]) == 3 and match[1] not in DESIGNATORS


def is_too_long(number: str) -> bool:
    """Return whether a canonical flight number has more digits than any flight."""
    match = _FLIGHT.fullmatch(number)
    return match is not None and len(match[3]) > _FLIGHT_DIGITS_MAX


def _with_words_of_airlines(parts: Sequence[Part], numbers: Sequence[Part]) -> list[Part]:
    """Return the parts, as words those that call the airline of a number beside them for short."""
    matches = filter(None, (_FLIGHT.fullmatch(number.value) for number in numbers))
    airlines = {_CANONICAL_DESIGNATORS.get(match[1], match[1]) for match in matches}
    return [
        replace(part, kind="word")
        if part.kind in {"name", "unknown"}
        and any(is_of_airline(part.value, airline) for airline in airlines)
        else part
        for part in parts
    ]


def _is_aircraft(part: Part) -> bool:
    return part.kind == "number" and _AIRCRAFT.fullmatch(part.value) is not None


def _is_flight(text: str, *, single: bool) -> bool:
    """Return whether a number beside words or others is a flight's: its designator is known, or has
    letters alone, at least three digits behind it, and no space before them where others stand by.
    """
    match = _FLIGHT.fullmatch(text)
    if match is None:
        return False
    designator, mark, digits, _ = match.groups()
    likely = _UNKNOWN_DESIGNATOR_DIGITS_MIN <= len(digits) <= _FLIGHT_DIGITS_MAX
    close = single or " " not in mark
    return designator in _KNOWN_DESIGNATORS or (designator.isalpha() and likely and close)


def _read(mode: str, parts: Sequence[Part], designator: str | None) -> tuple[str, ...]:
    """Return the numbers of parts that are understood, () where digits beside them are not.

    designator: stands before the first digits of a cell that has digits alone; None where its
    numbers have their own.
    """
    numbers: list[str] = []
    before: list[Part] = []
    depth_of_number = 0
    previous: Part | None = None
    for part in parts:
        if part.kind == "number":
            numbers.append(_canonical(mode, part.value))
            depth_of_number = part.depth
        elif part.kind == "digits" and numbers:
            beside = part.depth > depth_of_number
            continued = _continued(mode, numbers[-1], part.value, in_brackets=beside)
            known = continued or _is_day_time_or_carriage(part.value)
            if not known or (part.joined and _cannot_be_followed(previous)):
                return ()
            numbers.extend(continued)
        elif part.kind == "digits":
            if designator is None:
                before.append(part)
            elif len(part.value) > _FLIGHT_DIGITS_MAX:
                return ()
            else:
                numbers.append(designator + _bare(part.value))
                depth_of_number = part.depth
        previous = part
    if any(not _is_day_time_or_carriage(part.value) for part in before):
        return ()
    return tuple(dict.fromkeys(numbers))


def _cannot_be_followed(part: Part | None) -> bool:
    """Return whether digits close behind a part have no meaning: `CA 12 34`, `CA1234 on 5`."""
    return part is not None and not (
        part.kind in {"sign", "dash"}
        or (part.kind == "word" and (part.value == "AND" or not part.value.isascii()))
    )


def _canonical(mode: str, text: str) -> str:
    if mode == "train":
        match = _TRAIN.fullmatch(text)
        return match[1] + _bare(match[3]) if match else text
    match = _FLIGHT.fullmatch(text)
    if match is None:
        return text
    designator, _, digits, suffix = match.groups()
    return _CANONICAL_DESIGNATORS.get(designator, designator) + _bare(digits) + suffix


def _continued(mode: str, previous: str, digits: str, *, in_brackets: bool) -> list[str]:
    """`C6506/6507` is C6507; `T182/3` is T183, `1461/4` is 1464: the rest is as in the one before.

    An ending that cannot be another number of the same run is none: a carriage, a seat, a day. It
    would unite the run with a stranger. Flights sold together are numbered close by; a train that
    changes its number turns from down (odd) to up (even) or back. A number of full length that
    stands outside brackets may be another run that the cell names too, so it is kept.
    """
    form = re.fullmatch(r"(.*?)([0-9]+)[A-Z]?", previous)
    prefix, number = (form[1], form[2]) if form else ("", "")
    if mode == "flight" and (flight := _FLIGHT.fullmatch(previous)):
        prefix, number = flight[1], flight[3]
    padded = digits.startswith("0")
    if len(digits) > _FLIGHT_DIGITS_MAX:
        return []
    whole = number[: max(0, len(number) - len(digits))] + digits
    apart = abs(int(whole) - int(number or "0"))
    near = apart <= _ENDING_APART_MAX and (mode == "flight" or apart % 2 == 1)
    if in_brackets:
        likely = near and not padded
    else:
        likely = near or (len(digits) >= len(number) and not padded)
    return [prefix + _bare(whole)] if likely else []


def _is_day_time_or_carriage(digits: str) -> bool:
    """Return whether digits beside a number are no number: 5, 05, 0121, 1230."""
    padded = digits.startswith("0") and len(digits) <= _FLIGHT_DIGITS_MAX
    return padded or len(digits) <= _CARRIAGE_DIGITS_MAX or bool(_DAY_OR_TIME.fullmatch(digits))


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"
