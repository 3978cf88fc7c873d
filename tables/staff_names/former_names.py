"""Former and other names in staff lists: in a column of their own, or in brackets behind a name.

Threat: what stands beside a former name, or in its place, is looked up as a name, and whoever bears
the former one is told "not found".
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

from exposure_index.identity.name import HAN, UnusableName, fold_han, read_names
from exposure_index.identity.name_words import HAN_CLASS, holds_mask
from exposure_index.identity.whole_name import whole_name_doubt
from tables.staff_names.asides import NAME_MAX
from tables.staff_names.doubts import DoubtfulIdentity
from tables.staff_names.han_surnames import COMPOUND_SURNAMES, begins_with_surname
from tables.staff_names.latin_names import name_words

SEVERAL = re.compile(
    rf"[{HAN_CLASS}]\s*[/、,;|+&\n]\s*[{HAN_CLASS}]|[&;|]|[{HAN_CLASS}]\s*等[0-9一二两三四五六七八九十几多]*[人名位个個]?\s*$"
    rf"|[{HAN_CLASS}]{{2}}\s*[和与與及]\s*[{HAN_CLASS}]{{2}}"
)
_BETWEEN_NAMES = re.compile(
    "[、﹑､,，;；/／|／&＆\n\t]|(?<=[\u4e00-\u9fff])\\s+(?=[\u4e00-\u9fff]{2})"
)
_FORMERLY = re.compile(
    r"\s*(?:曾用名|曾用|原姓名|原名|又名|别名|別名|本名|婚前姓名|婚前|旧名|舊名"
    r"|原叫|曾叫|曾名|小名|乳名|艺名|改名前"
    r"|former(?:ly)?(?: name)?|previous(?:ly)?|prev|born|n[ée]e|maiden(?: name)?|was|ex(?=[ -])"
    r"|yes(?=[ ,-])|old name|a\.?k\.?a\.?|also known as|alias|geb(?:\.|oren|orene)?(?= ))"
    r"(?![A-Za-z])[\s:：,.;=为為是叫-]*",
    re.IGNORECASE,
)
_BEFORE_FORMER = frozenset("原旧舊前有是曾")
_SURNAME_FORMER = re.compile("[原旧舊曾]?姓(?P<behind>.{1,2})|(?P<before>.{1,2})[姓氏]")
_NONE = re.compile(r"\s*(?:N/?A|无|無|没有|沒有)\s*", re.IGNORECASE)
_SIGNS_OF_NAMES = re.compile(r"(?:[^\W\d_]|[\s·•‧∙⋅・.'’\-])+")
_DOUBTS_OF_FORMER = frozenset({"repetition", "several", "aside", "surname_only", "initials"})
_LATIN = re.compile("[A-Za-z]")
_FORMER_WORDS_MAX = 3
_OR = frozenset({"OR", "AND", "UND", "ODER"})


def refuse_unclear_former_names(former: str) -> None:
    """Refuse a cell of former names that holds anything beside them, or a part of one.

    王*芳, Ann?, 顾雪玉→段宇洋, A. Silva, 2015年前. A word for "former name" before it goes; one for
    "none" is no name. Raises DoubtfulIdentity: name, unclear.
    """
    for text in _former_texts(former):
        if any(map(str.isalpha, text)) and is_unclear_former(text):
            raise DoubtfulIdentity("name", "unclear")


def _former_texts(former: str) -> list[str]:
    """Return what stands between the signs of a cell of former names, without words for them."""
    if not former or _NONE.fullmatch(former):
        return []
    texts = (text.strip() for text in _BETWEEN_NAMES.split(normalize("NFKC", former)))
    return [rest for text in texts if text and (rest := _FORMERLY.sub("", text, count=1))]


def is_unclear_former(text: str) -> bool:
    """Whether a former name has more beside it, or is a part of one; no name is none."""
    if holds_mask(text):
        return True
    try:
        names = read_names(text)
    except UnusableName:
        return HAN.search(text) is not None and _LATIN.search(text) is not None  # not 无, N/A
    has_dot = "·" in text
    return (
        _SIGNS_OF_NAMES.fullmatch(text) is None
        or SEVERAL.search(text) is not None
        or (len(names.han) > NAME_MAX and not has_dot)
        or not _OR.isdisjoint(name_words(text))
        or whole_name_doubt(text) in _DOUBTS_OF_FORMER
    )


def names_in_former(former: str, name: str) -> tuple[str, ...]:
    """Return the names in a cell of former or other names of somebody, as they are looked up.

    name: the name of now. Up to three words of A–Z may be a former surname: they stand in the place
    of the first word or of the last one, or beside them all. So may 姓周 and 周氏; two Han that
    begin with no surname may be a former given name.
    """
    found: list[str] = []
    words = name_words(name)
    for text in _former_texts(former):
        found += [text, *_former_han(text, name)]
        surname = name_words(text)
        if 0 < len(surname) <= _FORMER_WORDS_MAX and len(words) > 1 and not HAN.search(text):
            changed = ([*words[:-1], *surname], [*surname, *words[1:]], [*words, *surname])
            found += [" ".join(each) for each in changed]
    return tuple(dict.fromkeys(found))


def _former_han(text: str, name: str) -> Iterator[str]:
    """Yield the names that a former one in Han may be beside itself, folded."""
    folded, now = fold_han(text), "".join(map(fold_han, HAN.findall(name)))
    if text[0] in _BEFORE_FORMER and len(text) > len("原周诺") - 1:
        yield text[1:]
    cut = len("欧阳") if now[:2] in COMPOUND_SURNAMES else 1
    if surname := _SURNAME_FORMER.fullmatch(folded):
        yield (surname["behind"] or surname["before"]) + now[cut:]
    elif len(folded) < len("周诗诺") and not begins_with_surname(folded):
        yield now[:cut] + folded
