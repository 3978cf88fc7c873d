"""Names that a program read in another encoding than they were written in.

Han of GBK that were read as Big5, or the other way round (笚坒霴 for 周诗诺), or as letters of an
alphabet (ÖÜÊ«Åµ); and letters of Turkish, of central Europe or the Baltic read as western ones,
which are looked up as both.

Limit: of Han what begins with one of the hundred usual surnames is not looked at; anything else
counts as garbled where the other reading is a name in characters that are far likelier.
"""

import re

from exposure_index.identity.name import HAN, fold_han
from tables.staff_names.han_surnames import FREQUENT_SURNAMES, begins_with_surname
from tables.text_encodings.han_frequencies import han_costs

_FIRST_HAN = "\u3005"
_LEADS_OF_HAN, _TRAILS = range(0xE3, 0xFF), range(0x40, 0xFF)
_HAN_BYTES = 3
"""Bytes of a common Han character in UTF-8; its first one is E3 or above."""
_FIRST_GARBLED = frozenset(
    bytes(byte for lead in _LEADS_OF_HAN for trail in _TRAILS for byte in (lead, trail)).decode(
        "gbk", "ignore"
    )
)
"""What GBK shows first of UTF-8 in Han; nearly no surname is among them."""
_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_READ_FOR_EACH_OTHER = (("big5", "gbk"), ("gbk", "big5"))
_ALPHABETS = ("cp1252", "cp1251", "koi8_r", "latin-1")
_OTHER_ALPHABETS = ("cp1254", "cp1250", "cp1257", "mac_roman", "cp1251")
_ASCII_LETTER = re.compile("[A-Za-z]")
_WESTERN = re.compile("[\u00a1-\u024f]")
_RARE = 15.0
_LIKELIER_BY = 8.0
"""In nats: three thousand times as likely; more where a rare surname stands first."""


def is_garbled(text: str) -> bool:
    """Whether a name is UTF-8 that was read in another encoding: 寮犱紵 for 张伟, MÃ¼ller."""
    if "锟斤" in text or is_other_han(text):  # what GBK shows for characters that were lost
        return True
    is_latin = text[:1] < _FIRST_HAN and not HAN.search(text)
    if is_latin and holds_other_han(text):
        return True
    if not is_latin and text[0] not in _FIRST_GARBLED:
        return False
    try:
        raw = text.encode("cp1252" if is_latin else "gbk")
    except UnicodeEncodeError:
        return False
    meant = raw.decode("utf-8", "ignore")
    if not 0 < len(meant) < len(text):
        return False
    lost = len(raw) - len(meant.encode())
    return lost == 0 if is_latin else lost < _HAN_BYTES and HAN.fullmatch(meant) is not None


def is_other_han(text: str) -> bool:
    """Whether a name in Han is another in the other one of two encodings."""
    if not _NAME.fullmatch(text) or fold_han(text[0]) in FREQUENT_SURNAMES:
        return False
    by = _LIKELIER_BY * (1 + 1.5 * begins_with_surname(fold_han(text)))
    return any(_is_likelier(meant, text, by) for meant in _meant(text))


def _meant(text: str) -> list[str]:
    found = []
    for codec, other_codec in _READ_FOR_EACH_OTHER:
        try:
            found.append(text.encode(codec).decode(other_codec))
        except UnicodeError:
            continue
    return found


def _is_likelier(meant: str, text: str, by: float) -> bool:
    is_name = _NAME.fullmatch(meant) is not None and begins_with_surname(fold_han(meant))
    return is_name and _cost(meant) + by < _cost(text)


def _cost(text: str) -> float:
    """Return how unlikely Han are, in nats."""
    costs = han_costs()
    return sum(costs.get(character, _RARE) for character in fold_han(text))


def holds_other_han(text: str) -> bool:
    """Whether letters without A–Z are a name in Han that an alphabet was read for: ÖÜÊ«Åµ."""
    if text.isascii() or _ASCII_LETTER.search(text):
        return False
    for codec in _ALPHABETS:
        for meant in ("utf-8", "gbk", "big5"):
            try:
                name = text.strip().encode(codec).decode(meant)
            except UnicodeError:
                continue
            if _NAME.fullmatch(name) and begins_with_surname(fold_han(name)):
                return True
    return False


def names_read_otherwise(text: str) -> tuple[str, ...]:
    """Return what a Latin name says in other alphabets: Ayşe Yıldız of Ayþe Yýldýz."""
    if text.isascii() or not _WESTERN.search(text):
        return ()
    found = []
    for codec in _OTHER_ALPHABETS:
        try:
            name = text.encode("cp1252").decode(codec)
        except UnicodeError:
            continue
        if name != text and all(c.isalpha() or c in " -'.,/" for c in name):
            found.append(name)
    return tuple(dict.fromkeys(found))
