"""Means of transport, however a department writes them.

A cell is read whole or not at all: each of its words is known, and together they name one mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import filterfalse

from exposure_index.trip_text.airlines import IATA_OF_NAME
from exposure_index.trip_text.folding import is_number_alone, plain_marks, simplified, spaced
from exposure_index.trip_text.mode_words import (
    KIND_WORDS,
    OWN_WORDS,
    PRIVATE_WORDS,
    SHARED_WORDS,
    SHUTTLE_WORDS,
)
from exposure_index.trip_text.places import place_at

MODES = ("flight", "train", "metro", "coach", "bus", "taxi", "ship")
SETTING = "setting"
"""In the place of a mode: no trip, but a place where investigators found somebody."""
MODES_WITH_CARRIAGES = ("train", "metro", "ship")
"""Divided into carriages or cabins; elsewhere the word means a class of seats."""

_ROAD = frozenset({"coach", "bus", "taxi"})
_VEHICLES = frozenset({"own", "shared", "shuttle"})
_SIMPLIFIED = str.maketrans("場紅綠噴覽雙體預網絡", "场红绿喷览双体预网络")
_LATIN_WORD = re.compile(r"[A-Z]+(?:'[A-Z]+)?")
# Where people wait is no trip: 火车站, 客运中心, bus stop; it decides over the word before it.
_PLACE_BEHIND = re.compile(
    r" ?(?:[东西南北]?站(?!票)|机场|码头|中心|公司|口岸|港口"
    r"|STATION|STOP|TERMINAL|DEPOT|CREW|DRIVER|ATTENDANT)"
)
_PARTS = re.compile(r"[:/\\|,;、+&()\[\]{}<>「」【】]|\bAND\b|\bOR\b|和|或|及|与")
_NUMBER = re.compile(r"[A-Z]{0,3} ?[0-9]{1,5}(?:次|路|号线|号)?")
# The number of a mode in somebody's list: 1-飞机, 01 火车.
_IN_A_LIST = re.compile(r"[0-9]{1,2} ?[ .] ?(?=[^\W\d_])")
_NUMBER_OF_LINE = re.compile(r"(?<![A-Z0-9])[0-9]{1,4}(?:号线|路)")
_LINE = re.compile(r"[0-9]路(?![A-Z0-9])|\bROUTE ?[A-Z]?[0-9]")
_WORDS: Mapping[str, tuple[str, str | None]] = {
    **dict.fromkeys(KIND_WORDS, ("kind", None)),
    **dict.fromkeys(filterfalse(str.isascii, IATA_OF_NAME), ("own", "flight")),
    **{word: ("shared", mode) for word, mode in SHARED_WORDS.items()},
    **{word: ("shuttle", SHARED_WORDS[word]) for word in SHUTTLE_WORDS},
    **{word: ("own", mode) for word, mode in OWN_WORDS.items()},
    **dict.fromkeys(PRIVATE_WORDS, ("private", None)),
}
_WORD_MAX = max(map(len, _WORDS))


def exposure_mode(text: str) -> str | None:
    """Return the mode of an exposure: as `mode` has it, or setting."""
    return SETTING if spaced(text).lower() == SETTING else mode(text)


def mode(text: str) -> str | None:
    """Return flight, train, metro, coach, bus, taxi or ship; None where the text names none.

    None too where a part of the text is not known, or its parts name different modes.
    """
    parts = (_IN_A_LIST.sub("", part.strip(), 1) for part in _PARTS.split(_folded(text)))
    modes = {_mode_of_part(part) for part in parts if not _says_no_mode(part)}
    return modes.pop() if len(modes) == 1 else None


def modes_named(text: str) -> tuple[str, ...]:
    """Return the modes that words in a number's cell name (`Taxi ZQ1001`, `公交126路`), each once.

    What is no such word is passed over: numbers, places, names of lines and ships. Words that one
    mode alone has decide over those that several share.
    """
    if is_number_alone(text):
        return ()
    folded = _folded(text)
    own: dict[str, None] = {}
    shared: dict[str, None] = {}
    at = 0
    while at < len(folded):
        end, kind, named = _word_at(folded, at) or (at + 1, "", None)
        if named and not _PLACE_BEHIND.match(folded, end):
            (own if kind == "own" else shared)[named] = None
        at = end
    if _LINE.search(folded):
        own["bus"] = None
    return tuple(own or shared)


def _folded(text: str) -> str:
    return simplified(spaced(plain_marks(text))).translate(_SIMPLIFIED).replace("-", " ")


def _says_no_mode(part: str) -> bool:
    """Return whether a part is a number, or says only which kind of a mode it was: 火车（硬座）."""
    return bool(_NUMBER.fullmatch(part)) or all(kind == "kind" for kind, _ in _words(part))


def _mode_of_part(part: str) -> str | None:
    own: set[str] = set()
    shared: str | None = None
    for kind, named in _words(part):
        if kind == "own" and named:
            own.add(named)
        elif kind == "shuttle" and own - _ROAD:
            return None  # 地铁接驳巴士, train shuttle bus: which of the two is meant
        elif kind in {"shared", "shuttle"}:
            shared = named  # the last one is the noun: 城际客车 is a coach
        elif kind not in {"kind", "place"}:
            return None
    if len(own) > 1:
        return None
    return own.pop() if own else shared


def _words(part: str) -> Iterator[tuple[str, str | None]]:
    """Yield each word of a part as (kind, mode): own, shared, kind, place, private or unknown."""
    at = 0
    while at < len(part):
        if part[at] in " .":
            at += 1
        elif line := _NUMBER_OF_LINE.match(part, at):
            at = line.end()
            yield "kind", None
        elif word := _word_at(part, at):
            at, kind, named = word
            waiting = kind in _VEHICLES and _PLACE_BEHIND.match(part, at)
            yield ("unknown", None) if waiting else (kind, named)
        elif end := place_at(part, at):
            at = end
            yield "place", None
        else:
            at += 1
            yield "unknown", None


def _word_at(text: str, at: int) -> tuple[int, str, str | None] | None:
    """Return (end, kind, mode) of the longest word that begins here; of Latin letters, whole."""
    latin = _LATIN_WORD.match(text, at)
    if latin and at and text[at - 1].isascii() and text[at - 1].isalnum():
        return None
    for end in range(min(len(text), at + _WORD_MAX), at, -1):
        if (
            latin
            and end > at
            and text[end - 1 : end + 1].isascii()
            and text[end : end + 1].isalpha()
        ):
            continue
        word = text[at:end]
        known = _WORDS.get(word) or (_WORDS.get(word.removesuffix("S")) if latin else None)
        if known:
            return end, *known
    return None
