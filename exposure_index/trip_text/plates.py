"""Licence plates of mainland China in a cell, and whether a number can be anything else."""

from __future__ import annotations

import re

PLATED_MODES = ("taxi", "bus", "coach")
"""Vehicles that are named by their plate; the plate alone does not say which of them it was."""

# The tail behind the office's letter, likeliest first: an electric car's six (D or F first or last)
# and, where nothing else follows, with a mark anywhere; an unbroken five or six; four and a word;
# five or six with marks, whole where nothing else follows, else the shortest (`鄂ALB-961`, and the
# 6 of `鄂ALB 961 6路` belongs to no plate); four alone, which a department may have cut.
_MARK = "[ .-]{0,3}"
_NOTHING_ELSE = r"(?![ .-]*[A-Z0-9路号线座排班次人])"
_TAIL = (
    rf"[DF]{_MARK}[A-Z0-9]{_MARK}(?:[0-9]{_MARK}){{3}}[0-9]{_NOTHING_ELSE}"
    rf"|(?:[0-9]{_MARK}){{5}}[DF]{_NOTHING_ELSE}"
    r"|[A-Z0-9]{5,6}(?![A-Z0-9])"
    rf"|(?:[A-Z0-9]{_MARK}){{3}}[A-Z0-9][.-]?[学警港澳]"
    rf"|[A-Z0-9]{{4}} {_MARK}[A-Z0-9]{_NOTHING_ELSE}"
    rf"|(?=[A-Z0-9]{{1,3}}[ .-]|[A-Z0-9]{{4}}[.-])(?:[A-Z0-9]{_MARK}){{4,5}}[A-Z0-9]{_NOTHING_ELSE}"
    rf"|(?=[A-Z0-9]{{1,3}}[ .-]|[A-Z0-9]{{4}}[.-])(?:[A-Z0-9]{_MARK}){{4,5}}?[A-Z0-9]"
    r"|[A-Z0-9]{4}"
)
_PLATE = re.compile(
    rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]{_MARK}[A-Z]{_MARK}"
    rf"(?:{_TAIL})(?![A-Z0-9])"
)
_MARKS = str.maketrans("", "", " .-")
# Their last character is a province's too: `北京CA1234` is a flight, `粤CA1234` a car.
_PLACES = re.compile("北京|南京|东京|天津|江津|四川|银川|江苏|西宁|南宁|西藏|内蒙")


def plates(folded: str) -> list[str]:
    """Return every plate of folded text with plain marks, in order, without its marks."""
    if folded.isascii():  # without the sign of a province
        return []
    return [plate.translate(_MARKS) for plate in _PLATE.findall(folded)]


def names_a_plate(folded: str) -> bool:
    """Return whether folded text with plain marks names a vehicle by its plate.

    A place whose name ends like the sign of a province does not begin a plate.
    """
    return not folded.isascii() and _PLATE.search(_PLACES.sub(" ", folded)) is not None


def modes_of(mode: str, number: str) -> tuple[str, ...]:
    """Return the modes under which a canonical number of a mode may be known, its own first.

    One department's bus is another's coach: the plate says that it is one vehicle.
    """
    if mode not in PLATED_MODES or not names_a_plate(number):
        return (mode,)
    return (mode, *(other for other in PLATED_MODES if other != mode))
