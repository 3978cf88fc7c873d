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
from exposure_index.identity.parsing import (
    HAN_TYPES,
    LATIN_TYPES,
    MAX_FIELD_CHARACTERS,
)
from tables.staff_names.asides import (
    NAME_MAX,
    han_fault,
    may_hold_aside,
    names_beside_asides,
    names_of_fewer_characters,
)
from tables.staff_names.doubts import DoubtfulIdentity
from tables.staff_names.former_names import SEVERAL, is_unclear_former
from tables.staff_names.garbled_names import is_garbled, names_read_otherwise
from tables.staff_names.han_pieces import is_piece_fault
from tables.staff_names.han_surnames import begins_with_surname
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

PLAIN_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
_CUT_OFF = re.compile(r"…|\.\.|[-_—–]{2,}")
_AND = "AND"
_DESCRIBED = re.compile("[\u2ff0-\u2fff\u31ef\u303e]")
"""Signs that describe a character which a program cannot write: 许⿰王可 has two characters."""
_NAMES_IN_PINYIN_MAX = 6
_GUESSES_MAX = 12
"""Of one cell: who guesses at a name in one row of a list shall not try hundreds."""
_IN_BRACKETS = re.compile(r"[(\[{（【〔［｛]([^()\[\]{}（）【】〔〕［］｛｝]*)[)\]}）】〕］｝]")


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
    if speaks_of_others(text) or SEVERAL.search(outside) or is_garbled(text):
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
    return any(map(is_unclear_former, former_names(text)))


def _is_title_alone(text: str) -> bool:
    """Whether a surname stands with a word that is no name: 张经理."""
    return holds_han_aside(text) and not names_without_asides(text)
