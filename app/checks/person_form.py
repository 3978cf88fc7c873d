"""The fields of one person, or of a household of up to six, parsed from a form and judged.

The first person's fields are ``id_type``, ``id_number``, ``name`` and ``name_latin``; those of
further ones carry their place: ``name_2``. A row without number and names is left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.document_kinds import find_id_type
from exposure_index.identity.number_doubts import NUMBER_DOUBTS, number_doubt
from exposure_index.identity.parsing import (
    MAX_FIELD_CHARACTERS,
    FieldFault,
    field_faults,
    parse_identity,
)
from exposure_index.identity.whole_name import (
    WHOLE_NAME_DOUBTS,
    in_neither_script,
    whole_name_doubt,
)

FIELDS = ("id_type", "id_number", "name", "name_latin", "whole_name")
NAMES = ("name", "name_latin")
KIND_REASONS = frozenset({"length", "han_name_needed", "latin_name_needed"}) | NUMBER_DOUBTS
"""Faults that may come of a kind that was found wrongly: then it can be chosen."""
RESIDENT_NUMBER = re.compile("[0-9]{17}[0-9Xx]")
_FIELD_OF_ANOTHER = re.compile(rf"(?:{'|'.join(FIELDS)})_(0|[1-9][0-9]{{0,3}})", re.ASCII)


class TooManyPeople(Exception):
    """The form holds people beyond those that one form may ask about."""


@dataclass(frozen=True, slots=True)
class PersonForm:
    """The fields of one person, as they were sent; place: of the row, from 1.

    id_type: "" where the kind of document is to be found from the number; whole_name: the names of
    which somebody said that they are whole, however they look, as ``names_asked``.
    """

    id_type: str = ""
    id_number: str = ""
    name: str = ""
    name_latin: str = ""
    place: int = 1
    whole_name: str = ""

    @classmethod
    def from_fields(cls, form: Mapping[str, str], suffix: str = "") -> "PersonForm":
        """Return the fields whose names end in ``suffix``; absent ones as ""."""
        id_type, id_number, name, name_latin, whole_name = (
            form.get(field + suffix, "") for field in FIELDS
        )
        return cls(id_type, id_number, name, name_latin, whole_name=whole_name)

    @property
    def blank(self) -> bool:
        """Whether the row is empty, whichever kind of document was chosen."""
        return not (self.id_number.strip() or self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that were given, as they were sent."""
        return tuple(name for name in (self.name, self.name_latin) if name.strip())

    @property
    def names_asked(self) -> str:
        """Both fields of names in one text: a consent to these does not count for others."""
        return _names_asked(self.name, self.name_latin)

    @property
    def kind(self) -> str:
        """The kind of document that was chosen, else the one found; "" where it is unclear."""
        return self.id_type or find_id_type(self.id_number)

    def identity(self) -> IdentityClaim:
        """Return whom the form asks about. Raises InvalidIdentity."""
        return parse_identity(self.kind, self.id_number, self.name, self.name_latin)

    def faults(self) -> Mapping[str, FieldFault]:
        """Return every field that cannot be used and why, in the order of the form."""
        return field_faults(self.kind, self.id_number, self.name, self.name_latin)

    def faults_or_doubts(self) -> Mapping[str, FieldFault]:
        """Return the faults; where there are none, the names about which the form asks once.

        A number that may not be the document's is a fault, under the kind "other" none. Unless a
        kind was chosen, so is a name in neither script: permits bear none, and some passports have
        the form of one.
        """
        faults = self._faults_with_number_doubt()
        if not (self.id_type or faults) and in_neither_script(self.names):
            field = next(name for name in NAMES if getattr(self, name).strip())
            faults[field] = FieldFault("latin_name_needed")
        if faults or self.whole_name == self.names_asked:
            return faults
        doubts = ((name, whole_name_doubt(getattr(self, name))) for name in NAMES)
        return {name: FieldFault(doubt) for name, doubt in doubts if doubt}

    def _faults_with_number_doubt(self) -> dict[str, FieldFault]:
        faults = dict(self.faults())
        reason = faults["id_number"].reason if "id_number" in faults else None
        if reason not in (None, "length", "check_digit"):  # one too long is not searched
            return faults
        doubt = number_doubt(self.id_number, self.id_type)
        if doubt is None:
            return faults
        if not self.id_type:  # nor is the kind that was found of such a number
            faults = {name: one for name, one in faults.items() if one.reason not in KIND_REASONS}
        return {**faults, "id_number": FieldFault(doubt)}

    def number_groups(self) -> tuple[str, ...]:
        """Return the number as one compares it: region, birthday and rest of a resident's."""
        if self.kind == "resident" and RESIDENT_NUMBER.fullmatch(self.id_number):
            return self.id_number[:6], self.id_number[6:14], self.id_number[14:]
        return (self.id_number,)

    def short_number(self) -> str:
        """Return a resident's number by its ends; one without check digit whole.

        A slip in what is left out was refused by the check digit.
        """
        region, *_, rest = groups if len(groups := self.number_groups()) > 1 else ("", "")
        return f"{region[:4]}…{rest}" if rest else self.id_number

    def printable(self) -> "PersonForm":
        """Return the fields as a page may repeat them: no control characters, not endless."""
        name, name_latin = _printable(self.name), _printable(self.name_latin)
        is_whole = self.whole_name == self.names_asked
        return replace(
            self,
            id_number=_printable(self.id_number),
            name=name,
            name_latin=name_latin,
            whole_name=_names_asked(name, name_latin) if is_whole else "",
        )

    @property
    def suffix(self) -> str:
        """What follows the name of each field of this person in the form."""
        return "" if self.place == 1 else f"_{self.place}"

    def field_name(self, name: str) -> str:
        """Return the name that a field of this person has in the form."""
        return name + self.suffix


def parse_people(form: Mapping[str, str], people_max: int) -> tuple[PersonForm, ...]:
    """Return the rows of a form in their order, blank ones too; at least one.

    Raises TooManyPeople, so that nobody on the form is left without an answer.
    """
    places = {int(match[1]) for match in map(_FIELD_OF_ANOTHER.fullmatch, form) if match}
    if places and not 1 < min(places) <= max(places) <= people_max:
        raise TooManyPeople
    return number_rows(
        PersonForm.from_fields(form, suffix) for suffix in ("", *(f"_{n}" for n in sorted(places)))
    )


def without_blanks(rows: Iterable[PersonForm]) -> tuple[PersonForm, ...]:
    """Return the rows of somebody, numbered anew; the first row where all are blank."""
    rows = tuple(rows)
    return number_rows([row for row in rows if not row.blank] or rows[:1])


def with_blank_row(rows: Iterable[PersonForm]) -> tuple[PersonForm, ...]:
    """Return the rows with a blank one added."""
    return number_rows([*rows, PersonForm()])


def kind_may_differ(faults: Mapping[str, FieldFault]) -> bool:
    """Whether the kind of document must be chosen, or may be why a field is at fault."""
    return "id_type" in faults or any(fault.reason in KIND_REASONS for fault in faults.values())


def names_doubted(faults: Mapping[str, FieldFault]) -> bool:
    """Whether a name is usable and only looks as if it were not whole."""
    return any(fault.reason in WHOLE_NAME_DOUBTS for fault in faults.values())


def number_rows(rows: Iterable[PersonForm]) -> tuple[PersonForm, ...]:
    """Return the rows with their places, from 1."""
    return tuple(
        row if row.place == place else replace(row, place=place)
        for place, row in enumerate(rows, start=1)
    )


def _names_asked(name: str, name_latin: str) -> str:
    return f"{name}|{name_latin}"


def _printable(text: str) -> str:
    if not text.isprintable():  # nearly all are
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
    return text[:MAX_FIELD_CHARACTERS]
