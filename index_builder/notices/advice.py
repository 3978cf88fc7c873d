"""Rows of seats in what a notice advises: `You are a contact if seated in row 23, 24 or 25`."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.;!\n]+(?:\s|$)|\n")
_PLACES = re.compile(r"\b(?:rows?|seats?)\b.*", re.IGNORECASE | re.DOTALL)
# The rows that are named are not those at risk, or not all of them.
_TURNED = re.compile(
    r"\b(?:not|no|except(?:ing)?|other|outside|exclud\w*|apart|besides|casual|beyond|unless)\b",
    re.IGNORECASE,
)
_EVERYONE = re.compile(
    r"\b(?:(?:all|every|other)\s+(?:\w+\s+)?(?:passengers?|travell?ers?|people)|"
    r"(?:everyone|anyone|all|those)\s+(?:on\s*board|aboard|on\s+(?:the|this)\s+\w+)|"
    r"(?:whole|entire)\s+\w+)\b",
    re.IGNORECASE,
)


def places_in(advice: str) -> str:
    """Return the words that name rows or seats, for the reader of seats; "" where none do.

    "" too where the advice may speak of other rows than those named.
    """
    sentences = [text for text in _SENTENCE.split(advice) if _PLACES.search(text)]
    others = [text for text in _SENTENCE.split(advice) if text not in sentences]
    if any(map(_TURNED.search, sentences)) or any(map(_EVERYONE.search, others)):
        return ""
    found = [match[0].strip() for text in sentences if (match := _PLACES.search(text))]
    return "; ".join(found)
