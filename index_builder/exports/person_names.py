"""Splits a name into given name and family name, which other systems ask for apart."""

import re

from exposure_index.identity.name_words import TITLES

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+[·•]?")
_PAIRS = (
    "欧阳歐陽司马司馬上官诸葛諸葛东方東方皇甫尉迟尉遲公孙公孫慕容令狐宇文长孙長孫"
    "司徒夏侯轩辕軒轅端木南宫南宮闻人聞人淳于单于單于申屠钟离鍾離独孤獨孤司空呼延"
)
_COMPOUND = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
"""Family names of two characters that are still in use."""
NOT_KNOWN = "N/A"
_NOT_FIRST = "=+-@\t\r "
"""A spreadsheet takes a cell that begins so for a formula; no name does."""


def split_name(name: str) -> tuple[str, str]:
    """Return (given name, family name); NOT_KNOWN for a part that the cell does not hold.

    Han: the family name stands first, of one character or a known pair. `SILVA/ANA MS` and
    `Silva, Ana`: what stands before the sign. Else the last word is the family name.
    """
    text = " ".join(name.split()).lstrip(_NOT_FIRST)
    if _HAN.match(text) and " " not in text and "·" not in text:
        cut = 2 if text[:2] in _COMPOUND and len(text) > 2 else 1
        family_name, given_name = text[:cut], text[cut:]
    elif sign := re.search("[/,，]", text):
        family_name, given_name = text[: sign.start()], text[sign.end() :]
    else:
        *first, family_name = text.split(" ")
        given_name = " ".join(first)
    words = [word for word in given_name.split() if word.upper() not in TITLES]
    return (
        " ".join(words).lstrip(_NOT_FIRST) or NOT_KNOWN,
        family_name.strip().lstrip(_NOT_FIRST) or NOT_KNOWN,
    )
