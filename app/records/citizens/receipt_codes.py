"""Codes that a person copies from paper: random, in groups, with a letter that finds slips.

Thirty-one signs, without 0, 1, I, L and O, which are mistaken for one another. 15 random ones
(74 bits) and a check sign: the sum of each sign's number times its place, modulo 31. As 31 is
prime and greater than the number of places, one wrong sign or two that changed places are found.
"""

import secrets
import unicodedata
from string import ascii_uppercase, digits

# 31 signs, without those that are mistaken for one another
READABLE_SIGNS = "".join(c for c in digits + ascii_uppercase if c not in "01ILO")
RANDOM_SIGNS = 15
GROUP_SIGNS = 4
TYPED_MAX_CHARACTERS = 64


class ReceiptMistyped(ValueError):
    """Not a code that we could have handed out; says nothing of what was typed."""


def new_receipt() -> str:
    """Return a fresh code, 16 signs without separators."""
    return with_check_sign("".join(secrets.choice(READABLE_SIGNS) for _ in range(RANDOM_SIGNS)))


def with_check_sign(signs: str) -> str:
    """Return the signs and their check sign."""
    places = enumerate(signs, 1)
    total = sum(place * READABLE_SIGNS.index(sign) for place, sign in places)
    return signs + READABLE_SIGNS[total % len(READABLE_SIGNS)]


def in_groups(receipt: str) -> str:
    """Return a code as it is shown: K7QM-2XWD-…"""
    return "-".join(
        receipt[start : start + GROUP_SIGNS] for start in range(0, len(receipt), GROUP_SIGNS)
    )


def parse_receipt(text: str) -> str:
    """Return the code that somebody typed, however spaced. Raises ReceiptMistyped."""
    if len(text) > TYPED_MAX_CHARACTERS:
        raise ReceiptMistyped
    folded = unicodedata.normalize("NFKC", text).upper()
    signs = "".join(c for c in folded if c.isalnum())
    if len(signs) != RANDOM_SIGNS + 1 or not set(signs) <= set(READABLE_SIGNS):
        raise ReceiptMistyped
    if with_check_sign(signs[:-1]) != signs:
        raise ReceiptMistyped
    return signs
