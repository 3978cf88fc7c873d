"""Columns that hold a part of a name: a surname, a given name, and what is called name beside them.

Threat: `Name;Vorname` is read as whole names, and everybody in the list is looked up under a
surname alone, which nobody bears: "not found".
Limit: known words in the languages of passports that are seen most; beside them a column of names
counts as whole only where its heading says so.
"""

import re
from collections.abc import Mapping, Sequence
from unicodedata import combining, normalize

from tables.headings import heading_form

_LATIN = re.compile("[A-Za-z]")
_SURNAME_WORDS = (
    "surname surnames familyname lastname nachname familienname zuname nomdefamille apellido"
    " apellidos nazwisko cognome sobrenome apelido apelidos numedefamilie achternaam etternavn"
    " efternavn efternamn sukunimi prijmeni priezvisko vezeteknev prezime priimek soyad soyadi"
    " familiya ho фамилия прізвище 姓 姓氏 氏 성"
)
_GIVEN_NAME_WORDS = (
    "firstname givenname givennames forename forenames vorname vornamen prenom prenoms nombre"
    " nombres imie imiona nome nomes prenume voornaam fornavn fornamn etunimi jmeno keresztnev ime"
    " isim imya ten имя імя 名 名字 이름"
)
_OTHER_WORDS = (
    "middlename secondname patronymic nomdenaissance primerapellido segundoapellido otchestvo"
    " отчество 名前"
)
_SURE_WORDS = "firstname givenname givennames forename forenames vorname vornamen prenom prenoms 名"
_SURNAMES, _GIVEN_NAMES = frozenset(_SURNAME_WORDS.split()), frozenset(_GIVEN_NAME_WORDS.split())
_OTHER_PARTS = frozenset(_OTHER_WORDS.split())
_SURE_PARTS = _SURNAMES | frozenset(_SURE_WORDS.split())
"""Of these nobody means a whole name, as some do by 名字 or nome."""
_PARTS = _SURNAMES | _GIVEN_NAMES | _OTHER_PARTS
_LONG = re.compile(
    "surname|familyname|lastname|firstname|givenname|forename|middlename|vorname|nachname"
    "|familienname|prenom|apellido|nazwisko|cognome|sobrenome|фамилия|姓氏"
)
_HAN_SCRIPT = "(?:中文|汉字|漢字|英文|外文|拼音|汉语拼音|漢語拼音|护照|護照|中|英)的?"
_SCRIPT_BEHIND = "(?:中文|汉字|漢字|英文|外文|拼音|汉语拼音|漢語拼音)"
_HAN_SURNAME = re.compile(f"{_HAN_SCRIPT}姓氏?|姓氏?{_SCRIPT_BEHIND}")
_HAN_GIVEN = re.compile(f"{_HAN_SCRIPT}名字?|名{_SCRIPT_BEHIND}")
_HAN_PART = re.compile(f"{_HAN_SURNAME.pattern}|{_HAN_GIVEN.pattern}")
_WHOLE = re.compile("姓名|全名|fullname|completename|拼音$|pinyin$|latinname|namelatin")
_NAMES_ALONE = frozenset(("中文名", "英文名", "英文名字", "外文名", "拼音名", "护照英文名"))
"""Headings of whole names, but beside a surname of the same kind of the rest."""


def name_parts(headings: Sequence[str], columns: Mapping[str, Sequence[int]]) -> frozenset[int]:
    """Return the places of the headings that name a part of a name, none where no list is split.

    columns: column name → the places of the headings that name it; those of names are parts
    themselves beside a part, unless they say that they are whole.
    """
    names = {place for column in ("name", "name_latin") for place in columns.get(column, ())}
    parts = {
        place
        for place, heading in enumerate(headings)
        if heading.strip() and _is_part(heading, may_be_whole=place in names)
    }
    if not parts:
        return frozenset()
    return frozenset(parts | {place for place in names if not _is_whole(headings[place])})


def parts_of_one_name(headings: Sequence[str], parts: frozenset[int]) -> tuple[int, int] | None:
    """Return the places of a surname and of a given name, where the parts are these two alone.

    parts: of name_parts, whole names among them left out.
    """
    pairs = [(place, _role(headings[place])) for place in sorted(parts)]
    found = {role: place for place, role in pairs}
    if len(pairs) != len(found) or set(found) != {"surname", "given_name"}:
        return None
    return found["surname"], found["given_name"]


def is_surely_part(heading: str) -> bool:
    """Whether a heading names a part of a name, whoever says that whole names stand below it."""
    return not _forms(heading).isdisjoint(_SURE_PARTS)


def is_any_part(heading: str) -> bool:
    """Whether a heading names a surname or a given name, in a word that may be a whole name too."""
    return _role(heading) != ""


def _role(heading: str) -> str:
    """Return which part of a name a heading names: surname, given_name, or "" for any other."""
    forms = _forms(heading)
    is_surname = bool(forms & _SURNAMES) or any(map(_HAN_SURNAME.fullmatch, forms))
    is_given = bool(forms & _GIVEN_NAMES) or any(map(_HAN_GIVEN.fullmatch, forms))
    if is_surname == is_given:
        return ""
    return "surname" if is_surname else "given_name"


def _forms(heading: str) -> set[str]:
    """Return a heading as it is compared: without accents; each script apart."""
    plain = "".join(c for c in normalize("NFKD", heading) if not combining(c)).replace("ł", "l")
    texts = (
        plain,
        re.sub(r"[(\[{][^)\]}]*[)\]}]", " ", plain),
        "".join(c if c.isascii() else " " for c in plain),
        _LATIN.sub(" ", plain),
    )
    return {heading_form(text) for text in texts} - {""}


def _is_part(heading: str, *, may_be_whole: bool) -> bool:
    forms = _forms(heading)
    if any(map(_HAN_PART.fullmatch, forms)) and not may_be_whole:
        return True  # 姓（拼音）
    if any(map(_WHOLE.search, forms)):
        return False
    if may_be_whole:  # 中文名 alone, and what the list of names calls a name
        return any(form in _PARTS for form in forms)
    return any(form in _PARTS or _LONG.search(form) or _HAN_PART.fullmatch(form) for form in forms)


def _is_whole(heading: str) -> bool:
    forms = _forms(heading)
    return (
        any(map(_WHOLE.search, forms))
        or (not any(form.isascii() for form in forms) and not forms & _NAMES_ALONE)
        or bool(forms & {"chinesename", "nameinchinese"})
    )
