"""Canonical names: which names are the same.

Order, spacing, case, titles, accents and variants of characters do not count, nor does any E, nor
any A after the first: MÜLLER, Müller and MUELLER are one name, and so are Åberg and Aaberg. Names
that this cannot join are ``entry_spellings``. What names nobody, a filler or a mask, is no name.
"""

import re
from typing import NamedTuple
from unicodedata import category, normalize

from exposure_index.identity.name_brackets import outside_brackets
from exposure_index.identity.name_words import (
    HAN_CLASS,
    NO_NAME_TITLES,
    TITLES,
    holds_mask,
    is_han_filler,
    is_latin_filler,
    is_other_filler,
    without_han_title,
)
from exposure_index.identity.tables import FOLD, LATIN, LOOKALIKES

HAN = re.compile(f"[{HAN_CLASS}]+")
_COMMON_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")  # NFKC leaves them alone
_PLAIN_LATIN = re.compile("[A-Za-z ,.'/-]*")
_EUROPEAN_LATIN = re.compile("[A-Za-z ,.'/\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f-]*")
_EUROPEAN_MARKS = re.compile("[\u0300-\u036f]+")
_LATIN_WORD = re.compile("[A-Z]+")
_REPEATED = re.compile("([^\u3005])\u3005+")
_TITLE_WORDS = "|".join(sorted(TITLES, key=len, reverse=True))
_TITLE_AT_HAN = re.compile(
    f"(?<=[{HAN_CLASS}])(?:{_TITLE_WORDS})(?![A-Z])|(?<![A-Z])(?:{_TITLE_WORDS})(?=[{HAN_CLASS}])"
)
_LATIN_AT_HAN = re.compile(f"[{HAN_CLASS}][A-Z]|[A-Z][{HAN_CLASS}]")
_ICAO_XX = re.compile("(?<=[NU])XX(?=[A-W])")
_LETTERLIKE = {ord(c): letter for c, letter in LOOKALIKES.items() if category(c)[0] == "L"}
_MIXED_WORD = re.compile(f"[A-Z{''.join(map(chr, _LETTERLIKE))}]+")
# Default_Ignorable_Code_Point: what shows nothing joins and divides nothing
IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_DOCUMENT_DIGITS_MIN = 4


class UnusableName(ValueError):
    """A text is no name. reason: empty, filler or looks_like_document."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ScriptNames(NamedTuple):
    """The canonical names that one text holds: in Han, in Latin letters, in neither; "" for none.

    Where there are Han or Latin letters, those of other scripts do not count.
    """

    han: str = ""
    latin: str = ""
    other: str = ""


def canonical_name(text: str) -> str:
    """Return the name in the form that order, spacing, case and script variants share.

    Han folded character by character; else the sorted letters A–Z without titles, E, and A after
    the first; else the letters of the other script in order. "" for what names nobody.
    """
    try:
        names = read_names(text)
    except UnusableName:
        return ""
    return names.han or names.latin or names.other


def read_names(text: str) -> ScriptNames:
    """Return the canonical names of a text: two where it holds both scripts. Raises UnusableName.

    A text that is part filler or mask names nobody as a whole: the row is then found under its
    document number whichever name is typed.
    """
    if _PLAIN_LATIN.fullmatch(text):  # nearly all Latin names
        if words := _LATIN_WORD.findall(text.upper()):
            return ScriptNames("", _latin_name(words))
        raise UnusableName("empty")
    if _COMMON_HAN.fullmatch(text) and text.count("\u3007") < 2:  # nearly all Han names
        return ScriptNames(_han_name(text))
    if _EUROPEAN_LATIN.fullmatch(text):
        unmarked = _EUROPEAN_MARKS.sub("", normalize("NFKD", text))
        if words := _LATIN_WORD.findall(unmarked.upper().translate(LATIN)):
            return ScriptNames("", _latin_name(words))
    text = outside_brackets(normalize("NFKC", IGNORABLE.sub("", text)))
    if holds_mask(text):
        raise UnusableName("filler")
    return _names_with_han(text) if HAN.search(text) else _names_without_han(text)


def plain_latin_name(text: str) -> str | None:
    """Return the canonical name of a text as most Latin names are written; None for any other.

    Where it returns one, ``read_names`` finds the same and no other; tests hold both to that.
    """
    if _PLAIN_LATIN.fullmatch(text) is None:
        return None
    words = _LATIN_WORD.findall(text.upper())
    try:
        return _latin_name(words) if words else None
    except UnusableName:
        return None


def _names_without_han(text: str) -> ScriptNames:
    if _is_numeric(text):
        raise UnusableName("looks_like_document")
    letters = latin_letters(text)
    words = _LATIN_WORD.findall(letters)
    if words and not TITLES.issuperset(words):
        return ScriptNames(latin=_latin_name(words))
    other = "".join([c for c in text if category(c)[0] == "L"])
    other = "".join([c for c in other if not _LATIN_WORD.search(latin_letters(c))]).upper()
    if other:
        if is_other_filler(other):
            raise UnusableName("filler")
        return ScriptNames(other=other)
    if words:
        return ScriptNames(latin=_latin_name(words))
    raise UnusableName("empty")


def fold_han(text: str) -> str:
    """Return a text that is Han throughout with each character's representative."""
    folded = text.translate(FOLD)
    if "\u3005" in folded:  # 々 repeats the character before it
        folded = _REPEATED.sub(lambda found: found[1] * len(found[0]), folded)
    return folded


def latin_words(text: str) -> list[str]:
    """Return the runs of A–Z that Latin folding leaves of a text without Han, titles included."""
    return _LATIN_WORD.findall(text.upper() if text.isascii() else latin_letters(text))


def latin_letters(text: str) -> str:
    """Return a text upper case with its Latin letters as A–Z.

    A word of A–Z and of letters that look like A–Z (АNNA with a Cyrillic А) is read as A–Z.
    """
    unmarked = [c for c in normalize("NFKD", text) if category(c)[0] != "M"]
    letters = "".join(unmarked).upper().translate(LATIN)
    return _MIXED_WORD.sub(_unmixed, letters)


def _unmixed(word: re.Match[str]) -> str:
    return word[0].translate(_LETTERLIKE) if _LATIN_WORD.search(word[0]) else word[0]


def _names_with_han(text: str) -> ScriptNames:
    letters = _TITLE_AT_HAN.sub(" ", latin_letters(text))
    if _LATIN_AT_HAN.search(letters):  # 张X, or a rare character in pinyin: 王YAN
        raise UnusableName("filler")
    han = _han_name("".join(HAN.findall(text.translate(FOLD))))
    words = [word for word in _LATIN_WORD.findall(letters) if word not in TITLES]
    latin = _latin_name(words) if len("".join(words)) > 1 else ""
    if words == ["X"]:
        raise UnusableName("filler")
    return ScriptNames(han=han, latin=latin)


def _han_name(han: str) -> str:
    name = without_han_title(fold_han(han))
    if is_han_filler(name):
        raise UnusableName("filler")
    return name


def _latin_name(words: list[str]) -> str:
    if not TITLES.isdisjoint(words):
        named = [word for word in words if word not in TITLES]
        if not (named or NO_NAME_TITLES.isdisjoint(words)):
            raise UnusableName("filler")
        words = named or words
    if is_latin_filler(words):
        raise UnusableName("filler")
    letters = "".join(words)
    if "XX" in letters:  # ICAO 9303-3 allows NXX for Ñ and UXX for Ü
        letters = "".join([_ICAO_XX.sub("", word) for word in words])
    name = "".join(sorted(letters.replace("E", "")))
    return name[name.count("A") - 1 :] if name.startswith("A") else name or letters


def _is_numeric(text: str) -> bool:
    """Whether a text has more digits than letters, as document numbers do."""
    digits = sum("0" <= c <= "9" for c in text)
    return digits >= _DOCUMENT_DIGITS_MIN and digits > sum(category(c)[0] == "L" for c in text)
