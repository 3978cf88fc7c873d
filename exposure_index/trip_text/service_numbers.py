"""Service numbers of a cell: flights, trains, licence plates, lines.

A cell may name one service by several numbers (codeshares, trains that change their number under
way); all are returned, for the join makes them one service. A number that fits no pattern is kept
as folded text and joined exactly: nothing is dropped.
"""

from __future__ import annotations

import re

from exposure_index.trip_text.folding import compact, says_unknown, spaced, without_unknown_words

_SEPARATORS = re.compile(r"[/|\\、,;()\[\]【】<>《》+&]|(?<=[0-9])(?:[-~和与转])(?=[A-Z0-9])")
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9]) (?=[A-Z]{1,2}[0-9]|[0-9][A-Z][0-9])")
# IATA designator (two characters, at least one a letter) or ICAO designator (three letters), the
# number and, after a delay, one letter.
_FLIGHT = re.compile(
    r"(?<![A-Z0-9])([A-Z]{3}|[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])[ -]?([0-9]{1,4})([A-Z]?)(?![A-Z0-9])"
)
_TRAIN = re.compile(r"(?<![A-Z0-9])([A-Z])[ -]?([0-9]{1,4})(?![A-Z0-9])")
_SHAPES = {
    "train": re.compile(r"[GDCZTKYLS][0-9]{1,4}"),
    "flight": re.compile(r"(?:[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])[0-9]{3,4}"),
}
_TRAIN_OF_DIGITS = re.compile(r"[^A-Z0-9:]*?([0-9]{1,4})(?:次|列车|火车|普快|普客)*")
_PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])[ ·.-]?([A-Z])[ ·.-]?"
    r"([A-Z0-9]{4,6}[学警港澳]?)(?![A-Z0-9])"
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")

# Digit zero typed for the letter O. Only designators where the form with the letter belongs to an
# airline and the form with the digit to nobody; others stay as typed, for a guess could join two
# services. (H03461 of a published notice is HO3461, Juneyao.)
_ZERO_FOR_O = {"H0": "HO", "0Z": "OZ", "0K": "OK", "0S": "OS"}


def numbers(mode: str | None, text: str) -> tuple[str, ...]:
    """Return every canonical service number in a cell, in order, each once; () for unknown.

    mode: as `modes.mode` returns it. Canonical: upper case, no spaces, no leading zeros in the
    number's digits (`CA0123` is `CA123`). Several numbers of a cell name one service.
    """
    folded = spaced(text)
    if mode in ("flight", "train"):
        found = _services(mode, without_unknown_words(folded))
    else:
        found = ["".join(match) for match in _PLATE.findall(folded)]
    if not found and " " in folded and not says_unknown(folded):
        return numbers(mode, compact(folded))
    return tuple(dict.fromkeys(found)) or _whole(folded)


def mode_by_shape(text: str) -> str | None:
    """Return train or flight where a number looks like one of theirs, else None.

    G1234 is a train, though an airline G1 might have a flight 234: trains come first.
    """
    looking = (
        mode
        for mode, shape in _SHAPES.items()
        if any(shape.fullmatch(number) for number in numbers(mode, text))
    )
    return next(looking, None)


def _services(mode: str, folded: str) -> list[str]:
    split_at = _SPACE_BETWEEN_NUMBERS.sub("/", _CLOCK.sub(" ", folded))
    found: list[str] = []
    unmatched: list[str] = []
    for token in (part.strip() for part in _SEPARATORS.split(split_at)):
        if found and re.fullmatch(r"[0-9]{1,4}", token):
            found.append(_continued(mode, found[-1], token))
            continue
        here = _flights(token) if mode == "flight" else _trains(token)
        found.extend(here)
        if not here and re.search(r"[0-9]", token):
            unmatched.append(compact(token))
    return [*found, *unmatched] if found else []


def _flights(token: str) -> list[str]:
    return [
        _ZERO_FOR_O.get(designator, designator) + _bare(digits) + suffix
        for designator, digits, suffix in _FLIGHT.findall(token)
    ]


def _trains(token: str) -> list[str]:
    lettered = [letter + _bare(digits) for letter, digits in _TRAIN.findall(token)]
    if lettered:
        return lettered
    only_digits = _TRAIN_OF_DIGITS.fullmatch(token)
    return [_bare(only_digits[1])] if only_digits else []


def _continued(mode: str, previous: str, digits: str) -> str:
    """`C6506/6507` is C6507; `T182/3` is T183: what is left out is as in the number before."""
    form = _FLIGHT.fullmatch(previous) if mode == "flight" else _TRAIN.fullmatch(previous)
    prefix, number = (form[1], form[2]) if form else ("", "")
    kept = number[: len(number) - len(digits)] if len(digits) < len(number) else ""
    return prefix + _bare(kept + digits)


def _whole(folded: str) -> tuple[str, ...]:
    """A text that fits no pattern, whole; () where it says "unknown" and holds no digit."""
    if says_unknown(folded) and not re.search(r"[0-9]", folded):
        return ()
    text = compact(folded)
    return (text,) if text else ()


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"
