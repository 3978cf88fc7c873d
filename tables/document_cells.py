"""Cells about documents: kinds in words, filler numbers and stand-ins."""

from __future__ import annotations

import re
from functools import lru_cache

from exposure_index.trip_text.folding import compact

_KINDS = {
    "resident": ("RESIDENT", "RESIDENTID", "身份证", "居民身份证", "二代身份证", "IDCARD", "ID"),
    "passport": (
        *("PASSPORT", "PP", "护照", "普通护照", "因私护照", "因公护照", "因私普通护照"),
        *("因公普通护照", "公务护照", "外交护照", "外国护照", "中国护照", "護照", "普通護照"),
    ),
    "hk_mo_permit": (
        *("HK_MO_PERMIT", "HKMOPERMIT", "港澳通行证", "回乡证", "港澳居民来往内地通行证"),
        *("港澳通行證", "回鄉證", "港澳居民來往內地通行證"),
    ),
    "tw_permit": (
        *("TW_PERMIT", "TWPERMIT", "台胞证", "台湾居民来往大陆通行证", "台胞證", "臺胞證"),
        *("台灣居民來往大陸通行證", "臺灣居民來往大陸通行證"),
    ),
    "foreign_pr": (
        *("FOREIGN_PR", "FOREIGNPR", "外国人永久居留身份证", "外国人永久居留证", "永久居留证"),
        *("外國人永久居留身份證", "外國人永久居留證"),
    ),
}
_KIND_OF_WORD = {word: kind for kind, words in _KINDS.items() for word in words}
_OTHER = frozenset(("OTHER", "其他", "其它"))
_WORDS_KEPT = 1 << 10
_STAND_IN_LENGTHS = range(4, 21)
_DIGITS = "0123456789" * 3
_FILLER = re.compile(
    "0+|X+|NA|NONE|NIL|NULL|TBA|TBC|TBD|UNKNOWN|PENDING|NOTAVAILABLE|NOTKNOWN|NODOCUMENT"
)

STAND_INS = frozenset(
    run[start : start + length]
    for run in (_DIGITS, _DIGITS[::-1], *(digit * 20 for digit in "0123456789"))
    for start in range(10)
    for length in _STAND_IN_LENGTHS
    if start + length <= len(run)
)
"""Canonical numbers of one digit repeated, and plain runs (1111111, 12345678, 87654321)."""


@lru_cache(_WORDS_KEPT)
def document_kind(text: str) -> str:
    """Return the id_type that a cell means, "other" for whatever is not known."""
    return _KIND_OF_WORD.get(compact(text), "other")


def known_kind(text: str) -> str | None:
    """Return the id_type that a cell means, None where it is none that is known."""
    word = compact(text)
    return "other" if word in _OTHER else _KIND_OF_WORD.get(word)


def kind_words(kind: str) -> tuple[str, ...]:
    """Return the words of cells that mean an id_type, without spaces and in upper case."""
    return _KINDS[kind]


def is_filler(document: str) -> bool:
    """Whether a canonical number is a filler (`N/A`, `000000`): many people share it, nobody's."""
    return _FILLER.fullmatch(document) is not None


def is_stand_in(document: str) -> bool:
    """Whether a canonical number is one that is typed where none is at hand: 1111111, 12345678.

    It may be somebody's all the same, unlike a filler: its rows list people, and prove nothing
    about who they are.
    """
    return document in STAND_INS
