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
_PARTS_OF_NAMES = (
    "surname surnames familyname lastname firstname givenname givennames forename forenames"
    " middlename secondname patronymic vorname vornamen nachname familienname zuname prenom prenoms"
    " nomdefamille nomdenaissance apellido apellidos primerapellido segundoapellido nombre nombres"
    " imie imiona nazwisko cognome nome nomes sobrenome apelido apelidos prenume numedefamilie"
    " voornaam achternaam fornavn etternavn efternavn fornamn efternamn etunimi sukunimi jmeno"
    " prijmeni priezvisko keresztnev vezeteknev ime prezime priimek isim soyad soyadi imya"
    " familiya otchestvo ho ten имя фамилия отчество імя прізвище 姓 名 姓氏 名字 名前 氏 성 이름"
)
_PARTS = frozenset(_PARTS_OF_NAMES.split())
_LONG = re.compile(
    "surname|familyname|lastname|firstname|givenname|forename|middlename|vorname|nachname"
    "|familienname|prenom|apellido|nazwisko|cognome|sobrenome|фамилия|姓氏"
)
_HAN_PART = re.compile(
    "(?:中文|汉字|漢字|英文|外文|拼音|汉语拼音|漢語拼音|护照|護照|中|英)的?(?:姓氏?|名字?)"
)
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
