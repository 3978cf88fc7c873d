"""Service numbers of a cell: flights, trains, licence plates, lines.

A cell may name one service by several numbers (codeshares, trains that change their number under
way); all are returned, for the join makes them one service, and nothing else beside them, for that
would unite strangers. A flight whose cell is not read whole has no number. Elsewhere such a text is
kept folded and joined exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from exposure_index.trip_text.folding import (
    compact,
    is_plain,
    plain_marks,
    says_unknown,
    simplified,
    spaced,
    without_unknown_words,
)
from exposure_index.trip_text.modes import modes_named
from exposure_index.trip_text.plates import names_a_plate, plates
from exposure_index.trip_text.scheduled_numbers import (
    flight_digits,
    flight_numbers,
    has_unknown_designator,
    is_too_long,
    train_numbers,
)

_SPACE_AT_MARK = re.compile(r" ?([.-]) ?")
# `B-12` is B12, as `B 12` is; behind a digit a mark may part two numbers: 5-6 is not 56.
_MARK_BEHIND_LETTER = re.compile(r"(?<=[^\W\d_])[.-]+(?=[^\W_])")
# What a spreadsheet makes of a number without letters.
_DECIMAL_ZERO = re.compile(r"(?<=[0-9])\.0(?![0-9A-Z])")
_SHAPES = {
    "train": re.compile(r"[GDCZTKYLS][0-9]{1,4}"),
    "flight": re.compile(r"(?:[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])[0-9]{3,4}"),
}
# What a notice writes at the number of a vehicle or line, or the name of a ship: Taxi ZQ1001,
# ZQ1001（的士）, bus no. 3, 地铁2号线, 邮轮“钻石公主”号; behind a ship's name alone 号 and 轮.
_PLATE_WORDS = r"车牌(?:号[码碼]?)?:?|(?:LICEN[CS]E PLATE|PLATE|REGO|REG)(?![A-Z])[.:]?"
_OWN_WORDS = {
    "taxi": rf"(?:TAXI|TAXICAB|CAB|NUMBER|NO)(?![A-Z])\.?|{_PLATE_WORDS}"
    "|出租车|出租汽车|的士|计程车|网约车",
    "bus": rf"(?:BUS|ROUTE|LINE|NUMBER|NO)(?![A-Z])\.?|{_PLATE_WORDS}|公交车?|公共汽车|巴士",
    "coach": rf"(?:COACH|BUS|NUMBER|NO)(?![A-Z])\.?|{_PLATE_WORDS}|大巴车?|客车|长途汽车|班车",
    "metro": r"(?:METRO|SUBWAY|MRT|MTR|LINE|NUMBER|NO)(?![A-Z])\.?"
    "|城市轨道交通|轨道交通|地铁|捷运|港铁|轻轨",
    "ship": r"(?:CRUISE SHIP|CRUISE|FERRY|SHIP|M[/.]?[VS]|THE)(?![A-Z])\.?"
    "|轮船|邮轮|游轮|客轮|渡轮|客船|渡船|轮渡|游船",
}
_BEHIND_ALONE = {"ship": "|号|轮"}
_OWN_WORDS_AT_ENDS = {
    mode: (
        re.compile(rf"(?:(?:{words}) ?)+"),
        re.compile(rf"(?: ?(?<![A-Z])\(?(?:{words}{_BEHIND_ALONE.get(mode, '')})\)?)+$"),
    )
    for mode, words in _OWN_WORDS.items()
}
# Most of what is typed: a number as it stands on a ticket, which is canonical but for its case. No
# word is before it, nor a zero that would be left out. NA is none; AN to ON are no train's letters.
_ALONE = {
    mode: re.compile(form, re.ASCII | re.IGNORECASE)
    for mode, form in {
        "flight": "(?!NA)[A-Z]{2}[1-9][0-9]{2,3}|[A-Z][1-9]{2}[0-9]{0,2}",
        "train": "[A-Z]?[1-9][0-9]{0,3}|(?!AN|AS|AT|BY|NA|NO|OF|ON)[A-Z]{2}[1-9][0-9]{2,3}",
        **{mode: rf"(?!{words})[A-Z]{{0,2}}[0-9]{{1,5}}" for mode, words in _OWN_WORDS.items()},
    }.items()
}
_NAMED_WITHOUT_DIGITS = frozenset({"metro", "ship"})
_QUOTATION_MARKS = str.maketrans("", "", "\"'“”‘’「」『』《》<>")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ROUTE_IN_BRACKETS = re.compile(r" ?\([^()0-9]* TO [^()0-9]*\)")
_TRAIN_LIKE = re.compile(r"(?<![A-Z0-9])[A-Z]?[ .-]?[0-9]{1,4}(?![0-9])")
# Beside the name or number of a vehicle or line these say more than what it is called.
_MORE_THAN_A_NAME = re.compile(r"[:,;?#]|(?<![A-Z])(?:FROM|TO|VIA)(?![A-Z])")
_NAMED_TRAIN = re.compile(r"[A-Z]{2,12}[0-9]{1,5}")

Doubt = Literal["designator", "digits", "text"]
"""Why a number that was kept may join nothing, or less than it should: see `number_doubt`."""


def numbers(mode: str | None, text: str) -> tuple[str, ...]:
    """Return every canonical service number in a cell, in order, each once; () for unknown.

    mode: as `modes.mode` returns it. Canonical: upper case, no spaces, no leading zeros in the
    number's digits (`CA0123` is `CA123`). Several numbers of a cell name one service. Of a flight a
    cell that is not understood whole, or names no airline, is unknown.
    """
    if mode in _ALONE and _ALONE[mode].fullmatch(text):
        return (text.upper(),)
    folded = _folded(text)
    if mode == "flight":
        return flight_numbers(without_unknown_words(folded))
    if mode == "train":
        matches = train_numbers(without_unknown_words(folded))
    else:
        matches = tuple(dict.fromkeys(plates(_plain(text))))
    if matches:
        return matches
    whole = _whole(_without_own_words(mode, folded))
    # Without its marks and spaces the text may be a number: `G12 34`, or a plate with many marks.
    return numbers(mode, whole[0]) if whole and whole[0] != folded else whole


def digits_without_airline(mode: str | None, text: str) -> str:
    """Return the digits of a flight whose airline its cell does not name; "" for any other cell."""
    if mode != "flight":
        return ""
    return flight_digits(without_unknown_words(_folded(text)))


def number_doubt(mode: str, text: str) -> Doubt | None:
    """Return why the numbers of a cell that are kept should be looked at; None for no reason.

    designator: of a flight, three letters of no known airline, so that it joins no row under the
    airline's two; digits: more than any flight has; text: of the other modes, a cell that was not
    understood whole and is joined with the same text alone.
    """
    kept = numbers(mode, text)
    if mode == "flight":
        if any(map(has_unknown_designator, kept)):
            return "designator"
        return "digits" if any(map(is_too_long, kept)) else None
    folded = _folded(text)
    if not kept or names_a_plate(folded):
        return None
    if mode == "train" and train_numbers(without_unknown_words(folded)):
        return None
    named = _NAMED_TRAIN.fullmatch(kept[0])
    like_a_train = mode == "train" and _TRAIN_LIKE.search(folded) and not named
    more = _MORE_THAN_A_NAME.search(_without_own_words(mode, folded))
    return "text" if like_a_train or more else None


def mode_by_shape(
    text: str, numbers_of: Callable[[str], Sequence[str]] | None = None
) -> str | None:
    """Return the mode that a number's cell shows: by its words, or train or flight by its shape.

    `Taxi ZQ1001` is a taxi. G1234 is a train, though an airline G1 might have a flight 234: trains
    come first. A plate is neither, though 粤A12345 holds what could be a flight. None where it
    shows none, or words of several. numbers_of: what each mode reads in the text, where the caller
    has read it already.
    """
    read = numbers_of or partial(numbers, text=text)
    named = modes_named(text)
    if named:
        return named[0] if len(named) == 1 else None
    if is_plate(text):
        return None
    looking = (
        mode
        for mode, shape in _SHAPES.items()
        if any(shape.fullmatch(number) for number in read(mode))
    )
    return next(looking, None)


def is_plate(text: str) -> bool:
    """Return whether a number names a vehicle by its licence plate."""
    return names_a_plate(_folded(text))


def _folded(text: str) -> str:
    return _DECIMAL_ZERO.sub("", _plain(text))


def _plain(text: str) -> str:
    if is_plain(text):
        return text.upper()
    return _SPACE_AT_MARK.sub(r"\1", simplified(spaced(plain_marks(text))))


def _without_own_words(mode: str | None, folded: str) -> str:
    """Return the text without words that name the vehicle itself; whole where none is left."""
    if mode not in _OWN_WORDS_AT_ENDS:
        return folded
    rest = _ROUTE_IN_BRACKETS.sub("", folded)
    if mode == "ship":
        rest = rest.translate(_QUOTATION_MARKS)
    before, behind = _OWN_WORDS_AT_ENDS[mode]
    rest = behind.sub("", before.sub("", rest, count=1) if before.match(rest) else rest).strip(
        " -.:,/"
    )
    bracketed = _IN_BRACKETS.fullmatch(rest)
    rest = bracketed[1] if bracketed else rest
    named = r"\w\w" if mode in _NAMED_WITHOUT_DIGITS and not rest[:1].isdigit() else "[0-9]"
    return rest if re.search(named, rest) else folded


def _whole(folded: str) -> tuple[str, ...]:
    """A text that fits no pattern, whole; () where it says "unknown" and holds no digit."""
    if says_unknown(folded):
        return (compact(folded),) if re.search(r"[0-9]", folded) else ()
    text = _MARK_BEHIND_LETTER.sub("", compact(folded))
    return (text,) if text else ()
