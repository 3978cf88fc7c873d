"""Entry spellings: the further names under which a build enters a person, beside the canonical one.

Which names are equal by themselves is told by ``name``. Passenger lists write one person's name in
several ways; a person types it in one. What the canonical form cannot join (glued titles, the three
ways of writing ü, a Han name read in pinyin on a passport) is entered as further spellings, the
likeliest first, until a document has 8. A name that some row really holds is never left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, product
from unicodedata import normalize

from exposure_index.identity.canonical import Identity, identity_encoding
from exposure_index.identity.document import canonical_document
from exposure_index.identity.name import HAN, canonical_name, latin_words
from exposure_index.identity.name_words import TITLES
from exposure_index.identity.surname_readings import SURNAME_READINGS

SPELLINGS_MAX = 8
"""How many entries a document gets, spellings as written included, unless more are written."""
READ_IN_LATIN = frozenset({"passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other"})
_READINGS_MAX = 12
_U_FORMS = ("YU", "V", "U")
# L or N with one of ü's spellings where a pinyin syllable may hold it: SILVA has none
_U_SYLLABLE = re.compile(r"(?:(?<=[AEIOUNGR])|(?<![A-Z]))([LN])(YU|V|U)(?![AIOUVY])")
_GLUED_TITLE = re.compile(r"(?<=[A-Z]{2})(?:MISS|MSTR|MRS|CHD|INF|MR|MS|DR)$")


def entries_of_person(
    documents: Iterable[tuple[str, str, frozenset[str]]],
) -> set[bytes]:
    """Return every x0 and xd under which one person is entered.

    documents: (id_type, id_number, names as written in that document's own rows). Every
    document gets every name of the person; one whose own rows name nobody is entered under
    its number alone as well. A document without A–Z 0–9 is left out; its names are the
    person's all the same.
    """
    documents = list(documents)
    if len(documents) == 1:
        id_type, number, names = documents[0]
        if len(names) == 1 and (alone := only_spelling(id_type, number, *names)):
            return {alone}
    types: defaultdict[str, set[str]] = defaultdict(set)
    own: defaultdict[str, set[str]] = defaultdict(set)
    for id_type, number, names in documents:
        document = canonical_document(number, id_type)
        own[document].update(name for name in names if canonical_name(name))
        if document:
            types[document].add(id_type)
    every_name = sorted(set().union(*own.values()))
    entries = set()
    for document in types:
        latin = not types[document].isdisjoint(READ_IN_LATIN)
        for name in _spellings(every_name, latin):
            entries.add(Identity(document, name).encode())
        if not own[document]:
            entries.add(Identity(document, "").encode_document())
    return entries


def only_spelling(id_type: str, number: str, name: str) -> bytes | None:
    """Return the one entry of a resident whose only name is Han throughout, as most are.

    None where there may be others: then entries_of_person tells them all.
    """
    document = canonical_document(number, id_type)
    if id_type in READ_IN_LATIN or not document or not HAN.fullmatch(normalize("NFKC", name)):
        return None
    han = canonical_name(name)
    return identity_encoding(document, han) if han else None


def _spellings(names: list[str], latin: bool) -> set[str]:
    """Return all canonical names as written, and variants up to 8 in all, the likeliest first."""
    own = {canonical_name(name) for name in names}
    ranked = sorted(
        (rank, order, canonical_name(text))
        for order, name in enumerate(names)
        for rank, text in enumerate(_variants(name, latin))
    )
    variants = dict.fromkeys(name for _, _, name in ranked if name and name not in own)
    return own | set(islice(variants, max(0, SPELLINGS_MAX - len(own))))


def _variants(name: str, latin: bool) -> Iterator[str]:
    """Yield other ways of writing a name, the likeliest first."""
    text = normalize("NFKC", name)
    if HAN.search(text):
        beside = HAN.sub(" ", text)  # 张伟 ZHANG WEI holds two spellings
        if not TITLES.issuperset(latin_words(beside)):
            yield beside
            yield from _latin_variants(beside)
        if latin:
            yield from _readings("".join(HAN.findall(text)))
    else:
        yield from _latin_variants(text)


def _latin_variants(text: str) -> Iterator[str]:
    words = [word for word in latin_words(text) if word not in TITLES]
    if not words:
        return
    unglued = [*words[:-1], _GLUED_TITLE.sub("", words[-1])]
    for spelling in dict.fromkeys([" ".join(unglued), " ".join(words)]):
        yield spelling
        yield from _u_forms(spelling)


def _u_forms(text: str) -> Iterator[str]:
    """Yield LYU, LV and LU (NYU, NV, NU) for one another, all alike first, then mixed."""
    pieces = _U_SYLLABLE.split(text)  # text, letter, form, text, letter, form, …, text
    places = range(2, len(pieces), 3)
    alike = [(form,) * len(places) for form in _U_FORMS]
    mixed = product(_U_FORMS, repeat=len(places))
    for forms in [*alike, *islice(mixed, SPELLINGS_MAX)] if places else []:
        for place, form in zip(places, forms, strict=True):
            pieces[place] = form
        yield "".join(pieces)


def _readings(han: str) -> Iterator[str]:
    """Yield the pinyin of a Han name: by the surname's own reading, then the common one."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its dictionaries load only for a builder

    surname = next((han[:n] for n in (2, 1) if han[:n] in SURNAME_READINGS), "")
    common = [reading[0] for reading in pinyin(han, style=Style.NORMAL)]
    leading = [*SURNAME_READINGS.get(surname, ()), " ".join(common[: len(surname) or 1])]
    given_name = pinyin(han[len(surname) or 1 :], style=Style.NORMAL, heteronym=True)
    usual = common[len(surname) or 1 :]
    likely = [(reading, *usual) for reading in leading]
    others = [(leading[0], *rest) for rest in islice(product(*given_name), _READINGS_MAX)]
    for syllables in dict.fromkeys([*likely, *others]):
        text = " ".join(syllables).replace("ü", "v").upper()
        for form in _U_FORMS if "V" in text else ("",):  # pinyin has no other V
            yield text.replace("V", form)
