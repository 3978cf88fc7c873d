"""Texts of carriages, cabins and berths: 11号车厢, 加1号车厢, 10号下铺."""

import re

from flask_babel import gettext, lazy_gettext

from exposure_index.label.carriages import (
    CARRIAGE_NONE,
    CARRIAGE_OTHER,
    EXTRA_SIGN,
    PLAIN_MAX,
    extra_carriage,
)
from exposure_index.label.model import Mode

_NUMBER = re.compile(rf"({EXTRA_SIGN}?)([0-9]+)")
_BERTH = re.compile("([0-9]+)([上中下])")

ANOTHER_CARRIAGE = lazy_gettext("another carriage")
ANOTHER_CABIN = lazy_gettext("another cabin")


def carriage_words(carriage: int) -> str:
    """Return the carriage to show, "" where there is none; by the same work for each."""
    extra = extra_carriage(carriage)
    either = numbered_carriage_words(str(carriage)), extra_carriage_words(str(extra))
    words = {CARRIAGE_NONE: "", CARRIAGE_OTHER: str(ANOTHER_CARRIAGE)}
    return words.get(carriage, either[extra > 0])


def cabin_words(cabin: int) -> str:
    """Return the cabin to show, "" where there is none; by the same work for each."""
    either = numbered_cabin_words(str(cabin)), str(ANOTHER_CABIN)
    return ("", either[cabin > PLAIN_MAX])[cabin != CARRIAGE_NONE]


def numbered_carriage_words(number: str) -> str:
    """Return what a carriage of a number is called: 11号车厢."""
    return str(gettext("carriage %(number)s", number=number))


def extra_carriage_words(number: str) -> str:
    """Return what an extra carriage of a number is called: 加1号车厢."""
    return str(gettext("extra carriage %(number)s", number=number))


def numbered_cabin_words(number: str) -> str:
    """Return what a ship's cabin of a number is called."""
    return str(gettext("cabin %(number)s", number=number))


def published_carriage_words(mode: str, carriage: str) -> str:
    """Return a carriage as a notice gives it in words; one without a number stays as it is."""
    numbered = _NUMBER.fullmatch(carriage)
    if numbered is None:
        return carriage
    if numbered[1]:
        return extra_carriage_words(numbered[2])
    if mode == Mode.SHIP.word:
        return numbered_cabin_words(numbered[2])
    return numbered_carriage_words(numbered[2])


def berth_words(seat: str) -> str:
    """Return a berth in words: 10号下铺; a seat stays as it is: 12F."""
    berth = _BERTH.fullmatch(seat)
    if berth is None:
        return seat
    number = berth[1]
    words = {
        "上": gettext("upper berth %(number)s", number=number),
        "中": gettext("middle berth %(number)s", number=number),
        "下": gettext("lower berth %(number)s", number=number),
    }
    return str(words[berth[2]])
