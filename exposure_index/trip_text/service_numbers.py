"""Service numbers of a cell: flights, trains, licence plates, lines.

A cell may name one service by several numbers (codeshares, trains that change their number under
way); all are returned, for the join makes them one service, and nothing else beside them, for that
would unite strangers. A number that fits no pattern is kept as folded text and joined exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exposure_index.trip_text.airlines import IATA_OF_ICAO
from exposure_index.trip_text.folding import (
    compact,
    plain_marks,
    says_unknown,
    simplified,
    spaced,
    without_unknown_words,
)
from exposure_index.trip_text.plates import names_a_plate, plates

_SEPARATORS = re.compile(r"([^\w .:-]|_|(?<=[0-9])(?:[-.~和与转])(?=[A-Z0-9]))")
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9]) (?=[A-Z]{1,2}[0-9]|[0-9][A-Z][0-9])")
_SPACE_AT_MARK = re.compile(r" ?([.-]) ?")
# `B-12` is B12, as `B 12` is; behind a digit a mark may part two numbers: 5-6 is not 56.
_MARK_BEHIND_LETTER = re.compile(r"(?<=[^\W\d_])[.-]+(?=[^\W_])")
# What a spreadsheet makes of a number without letters.
_DECIMAL_ZERO = re.compile(r"(?<=[0-9])\.0(?![0-9A-Z])")
# IATA designator (two characters, at least one a letter) or ICAO designator (three letters), the
# number and, after a delay, one letter.
_FLIGHT = re.compile(
    r"(?<![A-Z0-9])([A-Z]{3}|[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])[ .-]{0,2}([0-9]{1,4})([A-Z]?)"
    r"(?![A-Z0-9])"
)
_DESIGNATOR_WITH_DIGIT = re.compile(r"(?<![A-Z0-9])([A-Z][0-9])[.-](?=[0-9]{3,4}(?![0-9]))")
_TRAIN = re.compile(r"(?<![A-Z0-9])([A-Z])[ .-]{0,2}([0-9]{1,4})(?![A-Z0-9])")
_SHAPES = {
    "train": re.compile(r"[GDCZTKYLS][0-9]{1,4}"),
    "flight": re.compile(r"(?:[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])[0-9]{3,4}"),
}
_WORDS_BEHIND = r"(?:次|列车|火车|普快|普客|航班)*"
_TRAIN_OF_DIGITS = re.compile(rf"[^A-Z0-9:]*?([0-9]{{1,4}}){_WORDS_BEHIND}")
_ANOTHER_ENDING = re.compile(rf"([0-9]{{1,4}}){_WORDS_BEHIND}")
_ENDING_APART_MAX = 9
_PADDED = re.compile(r"0[0-9]*")
# A320, B738: not a second number, or all flights of that type would be one.
_AIRCRAFT = re.compile(r"[A-Z][0-9]{3}")
# A slip in a second number keeps it; a carriage, a seat or a date in brackets is no number at all.
_LIKE_A_NUMBER = re.compile(r"(?:[A-Z]{1,3}|[0-9][A-Z])[.-]?[0-9]{2,}[A-Z]?")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_DAY = re.compile(
    r"(?<![A-Z0-9])20[0-9]{2}([./-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
)

# Digit zero typed for the letter O. Only designators where the form with the letter belongs to an
# airline and the form with the digit to nobody; others stay as typed, for a guess could join two
# services. (H03461 of a published notice is HO3461, Juneyao.)
_ZERO_FOR_O = {"H0": "HO", "0Z": "OZ", "0K": "OK", "0S": "OS"}
_DESIGNATORS = {**IATA_OF_ICAO, **_ZERO_FOR_O}


def numbers(mode: str | None, text: str) -> tuple[str, ...]:
    """Return every canonical service number in a cell, in order, each once; () for unknown.

    mode: as `modes.mode` returns it. Canonical: upper case, no spaces, no leading zeros in the
    number's digits (`CA0123` is `CA123`). Several numbers of a cell name one service.
    """
    folded = _folded(text)
    if mode in ("flight", "train"):
        matches = _services(mode, without_unknown_words(folded))
    else:
        matches = plates(_plain(text))
    unmarked = _unmarked(folded)
    if not matches and unmarked != folded and not says_unknown(folded):
        return numbers(mode, unmarked)
    return tuple(dict.fromkeys(matches)) or _whole(folded)


def mode_by_shape(text: str) -> str | None:
    """Return train or flight where a number looks like one of theirs, else None.

    G1234 is a train, though an airline G1 might have a flight 234: trains come first. A plate is
    neither, though 粤A12345 holds what could be a flight.
    """
    if is_plate(text):
        return None
    looking = (
        mode
        for mode, shape in _SHAPES.items()
        if any(shape.fullmatch(number) for number in numbers(mode, text))
    )
    return next(looking, None)


def is_plate(text: str) -> bool:
    """Return whether a number names a vehicle by its licence plate."""
    return names_a_plate(_folded(text))


def _folded(text: str) -> str:
    return _DECIMAL_ZERO.sub("", _plain(text))


def _plain(text: str) -> str:
    return _SPACE_AT_MARK.sub(r"\1", simplified(spaced(plain_marks(text))))


def _services(mode: str, folded: str) -> list[str]:
    timeless = _DAY.sub(" ", _CLOCK.sub(" ", folded))
    split_at = _SPACE_BETWEEN_NUMBERS.sub("/", timeless)
    if mode == "flight":
        split_at = _DESIGNATOR_WITH_DIGIT.sub(r"\1", split_at)
    matches: list[str] = []
    unmatched: list[str] = []
    depth_of_number = 0
    for token, depth in _tokens(split_at):
        if matches and (ending := _ANOTHER_ENDING.fullmatch(token)):
            beside = depth > depth_of_number
            matches.extend(_continued(mode, matches[-1], ending[1], in_brackets=beside))
            continue
        if _PADDED.fullmatch(token) and _TRAIN.search(split_at):
            continue
        if mode == "flight" and matches and _AIRCRAFT.fullmatch(token):
            continue
        here = _flights(token) if mode == "flight" else _trains(token)
        matches.extend(here)
        depth_of_number = depth if here else depth_of_number
        if not here and _LIKE_A_NUMBER.fullmatch(compact(token)):
            unmatched.append(_unmarked(token))
    return [*matches, *unmatched] if matches else []


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield each part of a cell with the number of brackets it stands in."""
    depth = 0
    for at, part in enumerate(_SEPARATORS.split(text)):
        if at % 2 == 0:
            yield part.strip(), depth
        elif part == "<" or unicodedata.category(part) in ("Ps", "Pi"):
            depth += 1
        elif part == ">" or unicodedata.category(part) in ("Pe", "Pf"):
            depth = max(0, depth - 1)


def _flights(token: str) -> list[str]:
    return [
        _DESIGNATORS.get(designator, designator) + _bare(digits) + suffix
        for designator, digits, suffix in _FLIGHT.findall(token)
    ]


def _trains(token: str) -> list[str]:
    lettered = [letter + _bare(digits) for letter, digits in _TRAIN.findall(token)]
    if lettered:
        return lettered
    only_digits = _TRAIN_OF_DIGITS.fullmatch(token)
    return [_bare(only_digits[1])] if only_digits else []


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
        prefix, number = flight[1], flight[2]
    padded = digits.startswith("0")
    whole = number[: max(0, len(number) - len(digits))] + digits
    apart = abs(int(whole) - int(number or "0"))
    near = apart <= _ENDING_APART_MAX and (mode == "flight" or apart % 2 == 1)
    if in_brackets:
        likely = near and not padded
    else:
        likely = near or (len(digits) >= len(number) and not padded)
    return [prefix + _bare(whole)] if likely else []


def _whole(folded: str) -> tuple[str, ...]:
    """A text that fits no pattern, whole; () where it says "unknown" and holds no digit."""
    if says_unknown(folded) and not re.search(r"[0-9]", folded):
        return ()
    text = compact(folded)
    return (text,) if text else ()


def _unmarked(folded: str) -> str:
    return _MARK_BEHIND_LETTER.sub("", compact(folded))


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"
