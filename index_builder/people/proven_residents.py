"""Resident numbers that prove themselves, told by the engine: Python need not read them.

A number whose check digit holds is its own canonical form under every kind of document, and has no
fault. Nearly everybody in a passenger list has one. Source of the check digit: ISO 7064 MOD 11-2.
"""

from typing import Any

import ibis

from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS

Column = Any  # an ibis column has no useful static type

_CHARACTERS, _HALF = 18, 9
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_proven_resident(id_number: Column, name: Column) -> Column:
    """Return whether a number proves itself and its name is not too long to be typed; never null.

    id_number, name: expressions of text as read, "" where blank.
    """
    shape = id_number.re_search("^[1-9][0-9]{16}[0-9X]$") & (id_number.length() == _CHARACTERS)
    # Engines read other texts as numbers too, as large as no sum of digits can be: 9e0000018.
    digits = shape.ifelse(id_number, ibis.null("string"))
    first = _weighted(digits.substr(0, _HALF), _WEIGHTS[:_HALF])
    second = _weighted(digits.substr(_HALF, _HALF - 1), _WEIGHTS[_HALF:])
    last = digits.substr(_CHARACTERS - 1, 1)
    check = (last == "X").ifelse(10, last.try_cast("int64"))
    holds = (first + second + check) % 11 == 1
    return shape & holds.fill_null(False) & (name.length() <= MAX_FIELD_CHARACTERS)


def _weighted(digits: Column, weights: tuple[int, ...]) -> Column:
    """Return a whole number that modulo 11 is the weighted sum of the digits; null for no number.

    Taking digits apart takes an engine longer than all else of it. 10 is -1 modulo 11, so that a
    digit is, but for its sign, the difference of two remainders of the whole number; summed up,
    each remainder has one weight. None is negative: engines differ in what remains of those.
    """
    value = digits.try_cast("int64")
    signed = [weight * (-1) ** place for place, weight in enumerate(reversed(weights))]
    terms = [
        (value % 10**place) * ((signed[place - 1] - signed[place]) % 11)
        for place in range(1, len(signed))
    ]
    return sum(terms, value * (signed[-1] % 11))
