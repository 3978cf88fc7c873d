"""Names in a passenger list that may not be the whole name of whoever bears the document.

A check takes them, since somebody may be called so; but whoever types the whole name must be found
too, so that a build enters a document that has no better name under its number alone as well.
"""

import re
from unicodedata import category, normalize

from exposure_index.identity.han_asides import holds_han_aside, speaks_of_others
from exposure_index.identity.name import (
    HAN,
    ScriptNames,
    UnusableName,
    fold_han,
    latin_letters,
    latin_words,
    read_names,
)
from exposure_index.identity.name_brackets import outside_brackets, unexplained_brackets
from exposure_index.identity.name_words import HAN_CLASS, HAN_TRIAL, TITLES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FAMILY_NAMES_OF_TWO = _words(
    "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 东方 司徒 司空 南宫 端木 轩辕"
)
_HAN_MAX = 4  # characters of a Chinese name; longer ones are written with a dot
_TRIAL = fold_han(HAN_TRIAL)
_CIRCLE = re.compile("[○◯〇]")
_CUT_OFF = re.compile(rf"[{HAN_CLASS}]\s*[-_—–.…]{{2,}}|[-_—–.…]{{2,}}\s*$|…")
_DOT = re.compile("[·・•‧∙⋅.]")
_SEVERAL_HAN = re.compile(rf"[{HAN_CLASS}]\s*[/、,;|+]\s*[{HAN_CLASS}]|[0-9]")
_SEVERAL = re.compile("[&@+;|\n]")
# of a family's name before a stroke or a comma: DE LA CRUZ/JUAN CARLOS is one person
_PARTICLES = _words(
    "DE DEL DELLA DI DA DO DOS LA LAS LOS LE VAN VON DER DEN TEN BIN BINTI AL EL ST"
)
# what stands among the words of a name and is none, though no title: somebody else's is near
_NO_NAME_WORDS = _words(
    "FNU LNU CHILD CHILDREN INF INFT INFANT BABY ADULT CREW VIP SVIP VVIP NEE AKA ALIAS FORMERLY"
    " EPOUSE EP AND SURNAME LASTNAME FIRSTNAME FORENAME GIVENNAME"
)
# what is a name beside another word, and none where all are such
_FILLERS = _words(
    "NO SHOW NAME NAMES NULL NONE NIL NA NAN UNK GIVEN FAMILY FIRST LAST PASSENGER PAX GUEST TEST"
    " EXTRA ANON ANONYMOUS MALE FEMALE"
)
_PARTS_MAX = 2  # SURNAME/GIVEN NAMES


def whole_names(text: str) -> ScriptNames:
    """Return the names of a text in each script, without those that are perhaps a part of one.

    Parts are a family's name or a single Latin word, initials, a title alone, what is cut off, and
    whatever more than a name stands beside: a second person, a filler, brackets that explain
    nothing, another script. ○ may stand for any character.
    """
    try:
        han, latin, other = read_names(text)
    except UnusableName:
        return ScriptNames()
    outside = outside_brackets(normalize("NFKC", text))
    if (
        _SEVERAL.search(outside)
        or speaks_of_others(text)
        or _CUT_OFF.search(text)
        or unexplained_brackets(text)
    ):
        return ScriptNames()
    beside_han = HAN.sub(" ", outside) if han else outside
    foreign = bool(han or latin) and _holds_other_script(beside_han)
    return ScriptNames(
        han="" if foreign or (han and _is_partial_han(outside, han)) else han,
        latin="" if foreign or (latin and _is_partial_latin(beside_han)) else latin,
        other=other,
    )


def may_be_partial_han(han: str) -> bool:
    """Whether a canonical name in Han alone is perhaps a part, or more than a name."""
    return (
        not 1 < len(han) <= _HAN_MAX
        or han in FAMILY_NAMES_OF_TWO
        or han.startswith(("某", _TRIAL))
        or holds_han_aside(han)
        or speaks_of_others(han)
    )


def _is_partial_han(outside: str, han: str) -> bool:
    words = HAN.findall(outside)
    if len(words) > 1 and min(map(len, words)) > 1 and words[0] not in FAMILY_NAMES_OF_TWO:
        return not _DOT.search(outside)  # two people, or a Japanese name
    if _CIRCLE.search(outside) or _SEVERAL_HAN.search(outside) or holds_han_aside(outside):
        return True
    dotted = len(han) > _HAN_MAX and _DOT.search(outside)
    return not dotted and may_be_partial_han(han)


def _is_partial_latin(text: str) -> bool:
    every_word = latin_words(text)
    words = [word for word in every_word if word not in TITLES]
    return (
        len(words) < 2  # of many people a family's name only; some have no other
        or any(len(word) == 1 for word in words)
        or not _NO_NAME_WORDS.isdisjoint(every_word)
        or _FILLERS.issuperset(words)
        or any("0" <= c <= "9" for c in text)
        or _names_several(text)
    )


def _names_several(text: str) -> bool:
    """Whether more parts than a family's and given names stand there, or two that are whole."""
    parts = [part for part in re.split("[/,]", text) if not TITLES.issuperset(latin_words(part))]
    words = [[word for word in latin_words(part) if word not in TITLES] for part in parts]
    if len(parts) == _PARTS_MAX and min(map(len, words)) > 1:
        return _PARTICLES.isdisjoint(words[0])
    return len(parts) > _PARTS_MAX


def _holds_other_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = latin_letters(text)
    return any(c > "Z" and category(c) in {"Lu", "Ll", "Lt", "Lo"} for c in letters)
