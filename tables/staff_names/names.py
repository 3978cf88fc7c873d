"""Names of staff lists that are only a part of one, or several people's; and further names.

Threat: a name that a wrong encoding has garbled, or that holds more than a name, is nobody's: its
person is told "not found". Limit: garbled Han are seen where UTF-8 was read as GBK or as Latin-1,
and where GBK and Big5 were read for each other and now begin with no surname.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from unicodedata import normalize

from exposure_index.identity.han_asides import (
    holds_han_aside,
    names_without_asides,
    speaks_of_others,
)
from exposure_index.identity.name import HAN, UnusableName, canonical_name, fold_han, read_names
from exposure_index.identity.name_brackets import (
    BRACKETS,
    former_names,
    is_explanation,
    names_of_other_script,
    outside_brackets,
)
from exposure_index.identity.name_words import HAN_CLASS, holds_mask
from exposure_index.identity.parsing import (
    HAN_TYPES,
    LATIN_TYPES,
    MAX_FIELD_CHARACTERS,
    InvalidIdentity,
)
from exposure_index.identity.whole_name import whole_name_doubt
from tables.staff_names.asides import (
    NAME_MAX,
    han_fault,
    may_hold_aside,
    names_beside_asides,
    names_of_fewer_characters,
)
from tables.staff_names.garbled_names import holds_other_han, is_other_han, names_read_otherwise
from tables.staff_names.han_pieces import is_piece_fault
from tables.staff_names.han_surnames import COMPOUND_SURNAMES, begins_with_surname
from tables.staff_names.latin_names import (
    WORDS_MAX,
    is_whole_name,
    name_words,
    names_in_full,
    names_of_fewer_words,
    names_without_glued_titles,
    names_without_known_words,
)
from tables.staff_names.name_cells import (
    holds_no_name,
    is_read_whole,
    names_in_doubt,
    without_groups,
)
from tables.staff_names.pinyin import has_lost_character, names_in_pinyin

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
PLAIN_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
_CUT_OFF = re.compile(r"…|\.\.|[-_—–]{2,}")
_SEVERAL = re.compile(
    rf"[{HAN_CLASS}]\s*[/、,;|+&\n]\s*[{HAN_CLASS}]|[&;|]|[{HAN_CLASS}]\s*等[0-9一二两三四五六七八九十几多]*[人名位个個]?\s*$"
    rf"|[{HAN_CLASS}]{{2}}\s*[和与與及]\s*[{HAN_CLASS}]{{2}}"
)
_AND = "AND"
_BETWEEN_NAMES = re.compile(
    "[、﹑､,，;；/／|／&＆\n\t]|(?<=[\u4e00-\u9fff])\\s+(?=[\u4e00-\u9fff]{2})"
)
_DESCRIBED = re.compile("[\u2ff0-\u2fff\u31ef\u303e]")
"""Signs that describe a character which a program cannot write: 许⿰王可 has two characters."""
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
_DOUBTS_OF_FORMER = frozenset({"several", "aside", "surname_only", "initials"})
_NAMES_IN_PINYIN_MAX = 6
_GUESSES_MAX = 12
"""Of one cell: who guesses at a name in one row of a list shall not try hundreds."""
_LATIN = re.compile("[A-Za-z]")
_FORMER_WORDS_MAX = 3
_OR = frozenset({"OR", "AND", "UND", "ODER"})
_IN_BRACKETS = re.compile(r"[(\[{（【〔［｛]([^()\[\]{}（）【】〔〕［］｛｝]*)[)\]}）】〕］｝]")


class DoubtfulIdentity(InvalidIdentity):
    """Whom a row is about can be guessed at, and is not certain."""


def refuse_partial_names(kind: str, name: str, name_latin: str) -> None:
    """Refuse names that are cut off, initials, a family's name alone, or several people's.

    kind: of the document; the name that it needs must be whole, and where it bears both scripts
    each one that is given. Raises DoubtfulIdentity: field, and partial, unclear or filler. What
    parse_names refuses passes.
    """
    if not name_latin and is_plain_han(name):
        return  # nearly every name
    if _DESCRIBED.search(name):
        raise DoubtfulIdentity("name", "unclear")
    whole: set[str] = set()
    faults: dict[str, tuple[str, str]] = {}  # script → field and why
    for field, text in (("name", name), ("name_latin", name_latin)):
        for script, fault in _scripts(field, text):
            if fault:
                faults[script] = (field, fault)
            else:
                whole.add(script)
    if kind in HAN_TYPES:
        needed = {"han"}
    elif kind in LATIN_TYPES:
        needed = {"latin"}
    else:  # a passenger list may give either
        needed = set(faults)
    for script in sorted(needed & set(faults) - whole):
        raise DoubtfulIdentity(*faults[script])
    if kind not in LATIN_TYPES and _lacks_character(name, name_latin):
        raise DoubtfulIdentity("name", "unclear")


def _lacks_character(name: str, name_latin: str) -> bool:
    """Whether the pinyin beside a name in Han has more syllables than the name has characters."""
    both = f"{name} {name_latin}"
    words = name_words(both)
    if not words or not HAN.search(both):
        return False
    with suppress(UnusableName):
        if han := read_names(name).han or read_names(name_latin).han:
            return has_lost_character(han, words)
    return False


def refuse_unclear_former_names(former: str) -> None:
    """Refuse a cell of former names that holds anything beside them, or a part of one.

    王*芳, Ann?, 顾雪玉→段宇洋, A. Silva, 2015年前. A word for "former name" before it goes; one for
    "none" is no name. Raises DoubtfulIdentity: name, unclear.
    """
    for text in _former_texts(former):
        if any(map(str.isalpha, text)) and _is_unclear_former(text):
            raise DoubtfulIdentity("name", "unclear")


def _former_texts(former: str) -> list[str]:
    """Return what stands between the signs of a cell of former names, without words for them."""
    if not former or _NONE.fullmatch(former):
        return []
    texts = (text.strip() for text in _BETWEEN_NAMES.split(normalize("NFKC", former)))
    return [rest for text in texts if text and (rest := _FORMERLY.sub("", text, count=1))]


def _is_unclear_former(text: str) -> bool:
    if holds_mask(text):
        return True
    try:
        names = read_names(text)
    except UnusableName:
        return HAN.search(text) is not None and _LATIN.search(text) is not None  # not 无, N/A
    has_dot = "·" in text
    return (
        _SIGNS_OF_NAMES.fullmatch(text) is None
        or _SEVERAL.search(text) is not None
        or (len(names.han) > NAME_MAX and not has_dot)
        or not _OR.isdisjoint(name_words(text))
        or whole_name_doubt(text) in _DOUBTS_OF_FORMER
    )


def is_plain_han(name: str) -> bool:
    """Whether a cell is two to four common Han, and no word beside a name can be among them."""
    if not PLAIN_HAN.fullmatch(name) or holds_han_aside(name):
        return False
    folded = fold_han(name)
    return not (may_hold_aside(folded) or is_piece_fault(folded) or is_garbled(name))


def name_in_brackets(name: str) -> str:
    """Return the Latin name in brackets beside a Han one, or the other way round; else ""."""
    if name.isalnum() or not BRACKETS.search(normalize("NFKC", name)):
        return ""
    return next(iter(names_of_other_script(name)), "")


def further_names(name: str) -> tuple[str, ...]:
    """Return what else a cell calls its person: in brackets, formerly, without 经理 or 旅客."""
    plain = normalize("NFKC", name)
    outside = outside_brackets(plain)
    beside = [*names_beside_asides(outside), *_without_groups(outside)]
    if PLAIN_HAN.fullmatch(name):
        return tuple(dict.fromkeys((*names_without_asides(name), *beside)))
    further = [
        *(*former_names(name), *names_of_other_script(name), *names_without_asides(name)),
        *beside,
    ]
    if BRACKETS.search(plain):
        further += [one for one in _IN_BRACKETS.findall(plain) if _may_be_name(one)]
    return tuple(dict.fromkeys(further))


def _may_be_name(content: str) -> bool:
    is_known = is_explanation(content) or holds_no_name(content)
    return any(map(str.isalpha, content)) and not is_known


def _without_groups(outside: str) -> Iterator[str]:
    """Yield the names in Han that remain of a cell without numbered groups at its ends."""
    if HAN.search(outside) and (rest := without_groups(outside)) != outside:
        yield rest
        yield from names_beside_asides(rest)


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


def shorter_names(
    kind: str, name: str, name_latin: str, *, in_doubt: bool = False
) -> tuple[str, ...]:
    """Return the canonical names, distinct, that remain of names without some of their words.

    kind: of the document; in_doubt: also every run of letters that may be a name. Each is a guess
    at one name of a document that has another too.
    """
    texts = list(names_of_fewer_characters(outside_brackets(normalize("NFKC", name))))
    if kind not in HAN_TYPES:
        texts += [*names_of_fewer_words(name), *names_of_fewer_words(name_latin)]
        for text in (name, name_latin):
            texts += [*names_without_glued_titles(text), *names_in_full(text)]
            texts += [*names_read_otherwise(text)]
            if in_doubt:
                texts += [*names_without_known_words(text)]
    if in_doubt:
        texts += [*islice(names_in_doubt(name), _GUESSES_MAX)]
        texts += [*islice(names_in_doubt(name_latin), _GUESSES_MAX)]
    found = [*map(canonical_name, texts), *_in_pinyin(kind, name, name_latin)]
    return tuple(dict.fromkeys(one for one in found if one))


def _in_pinyin(kind: str, name: str, name_latin: str) -> tuple[str, ...]:
    """Return how documents that bear Latin letters write the names in Han of a row."""
    if kind in HAN_TYPES or not HAN.search(f"{name}{name_latin}"):
        return ()
    with suppress(UnusableName):
        if han := read_names(name).han or read_names(name_latin).han:
            outside = outside_brackets(normalize("NFKC", name))
            beside = (
                *(*names_without_asides(name), *names_beside_asides(outside)),
                *(*_without_groups(outside), *names_of_fewer_characters(outside)),
            )
            likely = dict.fromkeys(
                one for one in beside if begins_with_surname(one) and len(one) <= NAME_MAX
            )
            named = islice(dict.fromkeys((han, *likely)), _NAMES_IN_PINYIN_MAX)
            return tuple(one for each in named for one in names_in_pinyin(each))
    return ()


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


def _scripts(field: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield each script of a name and why it is not whole, "" where it is.

    Raises DoubtfulIdentity.
    """
    if not text or len(text) > MAX_FIELD_CHARACTERS:
        return
    try:
        names = read_names(text)
    except UnusableName:
        return
    outside = outside_brackets(normalize("NFKC", text))
    if speaks_of_others(text) or _SEVERAL.search(outside) or is_garbled(text):
        raise DoubtfulIdentity(field, "unclear")
    is_cut = _CUT_OFF.search(outside) is not None
    unread = "" if is_read_whole(text) and not _holds_unclear_former(text) else "unclear"
    if names.han:
        without_titles = names_without_asides(text) or (names.han,)
        surname_alone = max(map(len, without_titles)) < 2 or _is_title_alone(text)
        fault = han_fault(without_groups(outside))
        if fault == "unclear" and holds_han_aside(text) and not any(map(han_fault, without_titles)):
            fault = ""
        yield "han", "partial" if is_cut or surname_alone else fault or unread
    if names.latin:
        words = name_words(outside)
        if len(words) > WORDS_MAX or _AND in words:
            raise DoubtfulIdentity(field, "unclear")
        is_whole = not is_cut and is_whole_name(words)
        yield "latin", unread if is_whole else "partial"
    if names.other:
        yield "other", unread


def _holds_unclear_former(text: str) -> bool:
    """Whether brackets give a former name that is a part of one, or with more beside it."""
    return any(map(_is_unclear_former, former_names(text)))


def _is_title_alone(text: str) -> bool:
    """Whether a surname stands with a word that is no name: 张经理."""
    return holds_han_aside(text) and not names_without_asides(text)
