"""Names of staff lists that are only a part of one, or several people's; and further names."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from exposure_index.identity.han_asides import (
    holds_han_aside,
    names_without_asides,
    speaks_of_others,
)
from exposure_index.identity.name import HAN, UnusableName, latin_words, read_names
from exposure_index.identity.name_brackets import (
    BRACKETS,
    former_names,
    names_of_other_script,
    outside_brackets,
)
from exposure_index.identity.name_words import HAN_CLASS, TITLES
from exposure_index.identity.parsing import (
    HAN_TYPES,
    LATIN_TYPES,
    MAX_FIELD_CHARACTERS,
    InvalidIdentity,
)

PLAIN_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
_APOSTROPHES = re.compile("['’ʼ`´‘]")
_CUT_OFF = re.compile(r"…|\.\.|[-_—–]{2,}")
_SEVERAL = re.compile(
    rf"[{HAN_CLASS}]\s*[/、,;|+&\n]\s*[{HAN_CLASS}]|[&;|]|[{HAN_CLASS}]等[0-9]*人?\s*$"
    rf"|[{HAN_CLASS}]{{2}}\s*[和与與及]\s*[{HAN_CLASS}]{{2}}"
)
_IN_BRACKETS = re.compile(r"[(\[{（【〔［｛]([^()\[\]{}（）【】〔〕［］｛｝]*)[)\]}）】〕］｝]")


def refuse_partial_names(kind: str, name: str, name_latin: str) -> None:
    """Refuse names that are cut off, initials, a family's name alone, or several people's.

    kind: of the document; only the name that it needs must be whole. Raises InvalidIdentity: field,
    and partial or unclear. What parse_names refuses passes.
    """
    if not name_latin and PLAIN_HAN.fullmatch(name) and not holds_han_aside(name):
        return  # nearly every name
    whole: set[str] = set()
    partial: dict[str, str] = {}  # script → field
    for field, text in (("name", name), ("name_latin", name_latin)):
        for script, is_whole in _scripts(field, text):
            if is_whole:
                whole.add(script)
            else:
                partial[script] = field
    if kind in HAN_TYPES:
        needed = {"han"}
    else:
        needed = {"latin"} if kind in LATIN_TYPES else {"han", "latin"}
    if not whole & needed and (fields := [partial[one] for one in needed & set(partial)]):
        raise InvalidIdentity(fields[0], "partial")


def name_in_brackets(name: str) -> str:
    """Return the Latin name in brackets beside a Han one, or the other way round; else ""."""
    if name.isalnum() or not BRACKETS.search(normalize("NFKC", name)):
        return ""
    return next(iter(names_of_other_script(name)), "")


def further_names(name: str) -> tuple[str, ...]:
    """Return what else a cell calls its person: in brackets, formerly, without 经理 or 旅客."""
    if PLAIN_HAN.fullmatch(name):
        return names_without_asides(name)
    further = [*former_names(name), *names_of_other_script(name), *names_without_asides(name)]
    plain = normalize("NFKC", name)
    if BRACKETS.search(plain):
        further += [one for one in _IN_BRACKETS.findall(plain) if any(map(str.isalpha, one))]
    return tuple(dict.fromkeys(further))


def _scripts(field: str, text: str) -> Iterator[tuple[str, bool]]:
    """Yield each script of a name and whether the name is whole. Raises InvalidIdentity."""
    if not text or len(text) > MAX_FIELD_CHARACTERS:
        return
    try:
        names = read_names(text)
    except UnusableName:
        return
    outside = outside_brackets(normalize("NFKC", text))
    if speaks_of_others(text) or _SEVERAL.search(outside):
        raise InvalidIdentity(field, "unclear")
    is_cut = _CUT_OFF.search(outside) is not None
    if names.han:
        without_titles = names_without_asides(text) or (names.han,)
        surname_alone = max(map(len, without_titles)) < 2 or _is_title_alone(text)
        yield "han", not is_cut and not surname_alone
    if names.latin:
        plain = _APOSTROPHES.sub("", HAN.sub(" ", outside))
        words = [word for word in latin_words(plain) if word not in TITLES]
        yield "latin", not is_cut and len(words) > 1 and all(len(word) > 1 for word in words)


def _is_title_alone(text: str) -> bool:
    """Whether a surname stands with a word that is no name: 张经理."""
    return holds_han_aside(text) and not names_without_asides(text)
