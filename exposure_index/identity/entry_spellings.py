"""Entry spellings: the names under which a build enters a person, and where a number stands alone.

Which names are equal by themselves is told by ``name``. Passenger lists write one person's name in
several ways; a person types it in one. What the canonical form cannot join (glued titles, the three
ways of writing ü, a Han name read in pinyin on a passport) is entered as further spellings, the
likeliest first, until a document has 8. A name that some row really holds is never left out. A
document whose rows hold no name that a check of it surely takes, or one of whose Latin
spellings was left out, is entered under its number alone too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from exposure_index.identity.canonical import Identity, identity_encoding
from exposure_index.identity.document import canonical_document
from exposure_index.identity.glued_titles import with_titles_as_names, without_glued_titles
from exposure_index.identity.han_asides import names_without_asides, speaks_of_others
from exposure_index.identity.name import (
    HAN,
    ScriptNames,
    UnusableName,
    canonical_name,
    latin_words,
    read_names,
)
from exposure_index.identity.name_brackets import (
    former_names,
    names_of_other_script,
    outside_brackets,
)
from exposure_index.identity.name_doubts import may_be_partial_han, whole_names
from exposure_index.identity.name_readings import readings, u_forms
from exposure_index.identity.name_words import TITLES

SPELLINGS_MAX = 8
"""How many entries a document gets, spellings as written included, unless more are written."""
READ_IN_LATIN = frozenset({"passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other"})
_NAMED_EITHER_WAY = frozenset({"hk_mo_permit", "tw_permit"})
_NOT_READ_IN_PINYIN = frozenset({"foreign_pr", "other"})
RESIDENT_SHAPE = re.compile("[0-9]{17}[0-9X]")
# passports of the mainland, whose Latin names are pinyin: E12345678, EA1234567
_MAINLAND_PASSPORT = re.compile("[EGDSP][A-Z0-9][0-9]{7}")
_TEN_DIGITS = re.compile("[0-9]{10}")
_NAMES_KEPT = 1 << 12
_HAN_NAMES_KEPT = 1 << 16  # two texts each: many people of a million are called alike
_VARIANTS_MAX = 12 * SPELLINGS_MAX  # of one name; many are one in canonical form
_ICAO_XX = re.compile("(?<=[NU])XX(?=[X-Z]|$)")  # where canonical names keep it


class _WrittenName(NamedTuple):
    """One name as a row writes it: the text, what it holds in each script, what of it is whole."""

    text: str
    names: ScriptNames
    whole: ScriptNames


def entries_of_person(
    documents: Iterable[tuple[str, str, frozenset[str]]],
) -> set[bytes]:
    """Return every x0 and xd under which one person is entered.

    documents: (id_type, id_number, names as written in that document's own rows). Every
    document gets every name of the person. One whose own rows name nobody whom a check of it
    could name is entered under its number alone as well. What is no document number is left out;
    its names are the person's all the same.
    """
    documents = list(documents)
    if len(documents) == 1:
        id_type, number, names = documents[0]
        if len(names) == 1 and (alone := only_spelling(id_type, number, *names)):
            return {alone}
    types: defaultdict[str, set[str]] = defaultdict(set)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    own: defaultdict[str, set[_WrittenName]] = defaultdict(set)
    for id_type, number, names in documents:
        document = canonical_document(number, id_type)
        own[document].update(name for text in names for name in written_names(text))
        if document:
            types[document].add(id_type)
            forms[document].update(_forms(document, canonical_document(number)))
    every_name = sorted(set().union(*own.values()))
    entries: set[bytes] = set()
    for document, kinds in types.items():
        spellings, complete = _spellings(every_name, latin=not kinds.isdisjoint(READ_IN_LATIN))
        complete = complete or bool(RESIDENT_SHAPE.fullmatch(document))  # found by Han as written
        can_be_found = any(
            _can_be_typed(name, document, kinds, spellings) for name in own[document]
        )
        for form in forms[document]:
            entries.update(Identity(form, name).encode() for name in spellings)
            if not (can_be_found and complete):
                entries.add(Identity(form, "").encode_document())
    return entries


def only_spelling(id_type: str, number: str, name: str) -> bytes | None:
    """Return the one entry of a resident whose only name is Han throughout, as most are.

    None where there may be others: then entries_of_person tells them all.
    """
    if id_type in READ_IN_LATIN:
        return None
    if not RESIDENT_SHAPE.fullmatch(number):  # which is its own canonical form
        number = canonical_document(number, id_type)
        if not RESIDENT_SHAPE.fullmatch(number):
            return None
    han = only_han(name)
    return identity_encoding(number, han) if han else None


@lru_cache(_HAN_NAMES_KEPT)
def only_han(name: str) -> str:
    """Return the canonical name of a text that is one whole Han name, "" of any other."""
    if not HAN.fullmatch(normalize("NFKC", name)):
        return ""
    han = canonical_name(name)
    return "" if may_be_partial_han(han) else han


def likely_names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the canonical names under which a build would enter who is called so, in order.

    Pinyin for a Han name included; () where the texts name nobody.
    """
    names = sorted({name for text in texts for name in written_names(text)})
    return tuple(sorted(_spellings(names, latin=True)[0]))


@lru_cache(_NAMES_KEPT)
def written_names(text: str) -> tuple[_WrittenName, ...]:
    """Return what a name cell names: its name, and former ones in brackets; () for nobody."""
    found = []
    further = (*former_names(text), *names_of_other_script(text), *names_without_asides(text))
    for each in (text, *further):
        try:
            names = read_names(each)
        except UnusableName:
            continue
        outside = outside_brackets(normalize("NFKC", each))
        whole = ScriptNames() if speaks_of_others(text) else whole_names(each)
        found.append(_WrittenName(outside, names, whole))
    return tuple(found)


def _forms(document: str, number: str) -> tuple[str, ...]:
    """Return the canonical forms that checks of a document give it, by whatever kind.

    Ten digits may be a permit for Taiwan residents, of which a check under that kind keeps eight:
    airlines call it a passport.
    """
    if not _TEN_DIGITS.fullmatch(number):
        return (document,)
    return (number, canonical_document(number, "tw_permit"))


def _can_be_typed(
    name: _WrittenName, document: str, kinds: set[str], spellings: frozenset[str]
) -> bool:
    """Whether a check of the document takes a name as it stands in a row, and finds an entry.

    A resident number asks for Han, permits take any script, all others ask for Latin letters. A
    Han name will do on a passport of the mainland where each of its readings is entered; others
    are read in Cantonese, Japanese, Korean. A kind that the source does not say may be a passport.
    """
    han, latin, other = name.whole
    if RESIDENT_SHAPE.fullmatch(document):
        return bool(han and (latin or "foreign_pr" not in kinds))
    if latin:
        return True
    if not kinds.isdisjoint(_NOT_READ_IN_PINYIN):
        return False
    if not kinds.isdisjoint(_NAMED_EITHER_WAY):
        return bool(han or other)
    if not (han and _MAINLAND_PASSPORT.fullmatch(document)):
        return False
    return spellings.issuperset(map(canonical_name, readings(_han_of(name.text))))


def _spellings(names: list[_WrittenName], *, latin: bool) -> tuple[frozenset[str], bool]:
    """Return all canonical names as written, and variants up to 8 in all, the likeliest first.

    And whether every one of a name written in Latin letters is among them.
    """
    own = {canonical for name in names for canonical in name.names if canonical}
    ranked = sorted(
        (rank, order, canonical_name(text))
        for order, name in enumerate(names)
        for rank, text in enumerate(islice(_variants(name, latin=latin), _VARIANTS_MAX))
    )
    variants = dict.fromkeys(name for _, _, name in ranked if name and name not in own)
    places = max(0, SPELLINGS_MAX - len(own))
    entered = frozenset(own | set(islice(variants, places)))
    if len(variants) <= places:
        return entered, True
    rewritten = {canonical_name(text) for name in names for text in _latin_variants(name)}
    return entered, rewritten - {""} <= entered


def _variants(name: _WrittenName, *, latin: bool) -> Iterator[str]:
    """Yield other ways of writing a name, the likeliest first."""
    yield from _latin_variants(name)
    if name.names.han and latin:
        yield from readings(_han_of(name.text))


def _latin_variants(name: _WrittenName) -> Iterator[str]:
    if not name.names.latin:
        return
    every_word = latin_words(HAN.sub(" ", name.text))  # beside Han, 张伟 ZHANG WEI, or alone
    words = tuple(word for word in every_word if word not in TITLES)
    spellings = [*without_glued_titles(words), words] if words else []
    if named := with_titles_as_names(every_word):
        spellings.append(named)
    if any("XX" in word for word in words):
        spellings.insert(0, tuple(_ICAO_XX.sub("", word) for word in words))
    for spelling in dict.fromkeys(" ".join(each) for each in spellings):
        yield spelling
        yield from u_forms(spelling)


def _han_of(text: str) -> str:
    return "".join(HAN.findall(text))
