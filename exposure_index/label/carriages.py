"""Carriages by the numbers in which a label holds them: 8 is carriage 8, 201 is 加1.

A train of the holidays gets extra carriages, which tickets and lists call 加1, 加2 and so on. They
are carriages of their own: 加1 is not carriage 1.
"""

import re

CARRIAGE_NONE = 0
CARRIAGE_OTHER = 255
PLAIN_MAX = 200
EXTRA_SIGN = "加"
EXTRA_MAX = CARRIAGE_OTHER - 1 - PLAIN_MAX
_NUMBERED = re.compile(rf"({EXTRA_SIGN}?)([1-9][0-9]{{0,2}})")


def carriage_number(carriage: str | None) -> int:
    """Return the number of a carriage's canonical label: 0 for none, 255 for any other.

    1 to 200 are themselves, 加1 to 加54 are 201 to 254; `A3`, `餐车` and the like are other.
    """
    if not carriage:
        return CARRIAGE_NONE
    numbered = _NUMBERED.fullmatch(carriage)
    if numbered is None:
        return CARRIAGE_OTHER
    extra, number = numbered[1] == EXTRA_SIGN, int(numbered[2])
    if number > (EXTRA_MAX if extra else PLAIN_MAX):
        return CARRIAGE_OTHER
    return number + PLAIN_MAX * extra


def extra_carriage(number: int) -> int:
    """Return which extra carriage a number means, 1 to 54; 0 where it means none."""
    return number - PLAIN_MAX if PLAIN_MAX < number < CARRIAGE_OTHER else 0
