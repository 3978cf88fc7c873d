"""Codes by which a kiosk is enrolled: 16 letters of Crockford's base 32, 80 random bits."""

import secrets
import unicodedata

from app.records.kiosks.settings import CROCKFORD

LETTERS = 16
GROUP_LETTERS = 4
TYPED_MAX_CHARACTERS = 64
MISREADINGS = str.maketrans("ILO", "110")


class CodeMistyped(ValueError):
    """Not a code that could have been handed out; says nothing of what was typed."""


def new_code() -> str:
    """Return a fresh code without separators."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(LETTERS))


def in_groups(code: str) -> str:
    """Return a code as a page bears it: 4F7K-…"""
    return "-".join(
        code[start : start + GROUP_LETTERS] for start in range(0, len(code), GROUP_LETTERS)
    )


def parse_code(text: str) -> str:
    """Return the code that somebody typed, in any case and however spaced. Raises CodeMistyped."""
    if len(text) > TYPED_MAX_CHARACTERS:
        raise CodeMistyped
    folded = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(c for c in folded if c.isalnum()).translate(MISREADINGS)
    if len(letters) != LETTERS or not set(letters) <= set(CROCKFORD):
        raise CodeMistyped
    return letters
