"""Plain resident numbers with plain names, which are nearly all rows of a long list: read quickly.

Only what every rule leaves as it is comes through here: a number of 18 characters whose check digit
fits, and two to four common Han among which no word of asides, titles, fillers or masks can be.
Whatever is not plain is none, and is read by ``parsing``. Tests hold both to one result.
"""

import re

from exposure_index.identity.han_asides import BEGINNINGS, ENDS, FORMERLY_SIGNS
from exposure_index.identity.name_words import NOBODY_BEGINNINGS, TITLES_OF_HAN
from exposure_index.identity.tables import FOLD

_NUMBER = re.compile("[0-9]{17}[0-9X]")
_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
_ANYWHERE = "某" + "".join(FORMERLY_SIGNS)
_AT_BEGINNING = _ANYWHERE + "".join(BEGINNINGS | NOBODY_BEGINNINGS)
_AT_END = _ANYWHERE + "".join(ENDS) + "".join(title[-1] for title in TITLES_OF_HAN)
_PLAIN = re.compile(f"[^{_AT_BEGINNING}][^{_ANYWHERE}]{{0,2}}[^{_AT_END}]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # ISO 7064 MOD 11-2
_CHECK_DIGITS = "10X98765432"


def _sums(begin: int, length: int) -> tuple[int, ...]:
    """Return the weighted sum of digits at a place of the number, for each value they may have."""
    weights = _WEIGHTS[begin : begin + length]
    return tuple(
        sum(
            int(digit) * weight for digit, weight in zip(f"{value:0{length}}", weights, strict=True)
        )
        for value in range(10**length)
    )


_FIRST, _SECOND, _THIRD = _sums(0, 4), _sums(4, 4), _sums(8, 4)
_FOURTH, _FIFTH = _sums(12, 3), _sums(15, 2)


def plain_resident(number: str, name: str) -> str | None:
    """Return the canonical name of a plain row of a resident, whose document is ``number`` itself.

    None where the row is not plain: it may be a resident all the same.
    """
    if _NUMBER.fullmatch(number) is None or _HAN.fullmatch(name) is None:
        return None
    total = (
        _FIRST[int(number[:4])]
        + _SECOND[int(number[4:8])]
        + _THIRD[int(number[8:12])]
        + _FOURTH[int(number[12:15])]
        + _FIFTH[int(number[15:17])]
    )
    if _CHECK_DIGITS[total % 11] != number[17]:
        return None
    folded = name.translate(FOLD)
    return folded if _PLAIN.fullmatch(folded) is not None else None
