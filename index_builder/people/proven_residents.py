"""Resident numbers that prove themselves, told by the engine: Python need not read them.

A number whose check digit holds is its own canonical form under every kind of document, and has no
fault. Nearly everybody in a passenger list has one. Source of the check digit: ISO 7064 MOD 11-2.
"""

from typing import Any

import ibis

from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS

Column = Any  # an ibis column has no useful static type

NO_NAME = ibis.literal("")
"""Stands for the name where it does not matter whether it can be typed."""
_CHARACTERS, _HALF = 18, 9
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_proven_residents(rows: ibis.Table) -> ibis.Table:
    """Return rows with `resident`: a number proves itself, its name can be typed; never null.

    rows: id_number, name (texts as read, "" where blank) and more. Each step is a projection of its
    own: as one expression the engine cuts and casts the same digits for each of their terms.
    """
    number = rows.id_number
    shape = number.re_search("^[1-9][0-9]{16}[0-9X]$") & (number.length() == _CHARACTERS)
    shaped = rows.mutate(resident=shape & (rows.name.length() <= MAX_FIELD_CHARACTERS))
    # Engines read other texts as numbers too, as large as no sum of digits can be: 9e0000018.
    digits = shaped.resident.ifelse(shaped.id_number, ibis.null("string"))
    last = digits.substr(_CHARACTERS - 1, 1)
    parts = shaped.mutate(
        first_digits=digits.substr(0, _HALF).try_cast("int64"),
        other_digits=digits.substr(_HALF, _HALF - 1).try_cast("int64"),
        check=(last == "X").ifelse(10, last.try_cast("int64")),
    )
    first = _weighted(parts.first_digits, _WEIGHTS[:_HALF])
    others = _weighted(parts.other_digits, _WEIGHTS[_HALF:])
    holds = (first + others + parts.check) % 11 == 1
    proven = parts.mutate(resident=parts.resident & holds.fill_null(False))
    return proven.drop("first_digits", "other_digits", "check")


def _weighted(value: Column, weights: tuple[int, ...]) -> Column:
    """Return a whole number that modulo 11 is the weighted sum of a number's digits.

    Taking digits apart takes an engine longer than all else of it. 10 is -1 modulo 11, so that a
    digit is, but for its sign, the difference of two remainders of the whole number; summed up,
    each remainder has one weight. None is negative: engines differ in what remains of those.
    """
    signed = [weight * (-1) ** place for place, weight in enumerate(reversed(weights))]
    terms = [
        (value % 10**place) * ((signed[place - 1] - signed[place]) % 11)
        for place in range(1, len(signed))
    ]
    return sum(terms, value * (signed[-1] % 11))
