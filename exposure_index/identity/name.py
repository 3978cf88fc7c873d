"""Canonical names: which names are the same.

Order, spacing, case, titles, accents and variants of characters do not count, nor does any E:
MÜLLER, Müller and MUELLER are one name. Names that this cannot join are ``entry_spellings``.
"""

import re
from pathlib import Path
from unicodedata import category, normalize

FOLD_PATH = Path(__file__).parents[1] / "fold.tsv"
TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR"})
HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN_WORD = re.compile("[A-Z]+")
_LATIN_PAIRS = str.maketrans(
    {
        "Ø": "O",
        "Æ": "A",
        "Œ": "O",
        "ß": "SS",
        "ẞ": "SS",
        "Þ": "TH",
        "Ł": "L",
        "Đ": "D",
        "Ð": "D",
        "ı": "I",
    }
)
_FOLD = str.maketrans(dict(line.split("\t") for line in FOLD_PATH.read_text("utf-8").splitlines()))


def canonical_name(text: str) -> str:
    """Return the name in the form that order, spacing, case and script variants share.

    Han folded character by character; else the sorted letters A–Z without titles and E; else
    the letters of the other script in order. "" when nothing remains.
    """
    if not text.isascii():
        text = normalize("NFKC", text)
        if han := HAN.findall(text):
            return fold_han("".join(han))
    if words := latin_words(text):
        letters = "".join([word for word in words if word not in TITLES] or words)
        return "".join(sorted(letters.replace("E", "") or letters))
    return "".join([letter for letter in text if category(letter)[0] == "L"]).upper()


def fold_han(text: str) -> str:
    """Return a text that is Han throughout with each character's representative."""
    return text.translate(_FOLD)


def latin_words(text: str) -> list[str]:
    """Return the runs of A–Z that Latin folding leaves of a text without Han, titles included."""
    if not text.isascii():
        unmarked = [c for c in normalize("NFKD", text) if category(c)[0] != "M"]
        text = "".join(unmarked).upper().translate(_LATIN_PAIRS)
    else:
        text = text.upper()
    return _LATIN_WORD.findall(text)
